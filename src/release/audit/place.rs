//! Where the files of a record are, and who else can change them.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::vec::Vec;

use super::finding::Finding;
use crate::record::shown::masked;

/// How many files are compared with one whose path is masked.
const COULD_BE: usize = 16;

/// The files that a masked path could be.
pub(super) fn unmasked(from: &Path, file: &str) -> Vec<PathBuf> {
    let mut found = std::vec![from.to_path_buf()];
    for part in Path::new(file).components() {
        let Some(name) = part.as_os_str().to_str() else { return Vec::new() };
        if !name.contains('#') || !matches!(part, Component::Normal(_)) {
            for path in &mut found {
                path.push(name);
            }
            continue;
        }
        let here = |folder: &PathBuf| {
            let read = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            let names = fs::read_dir(read).into_iter().flatten().flatten();
            let like = names.filter(|entry| {
                entry.file_name().to_str().is_some_and(|entry| masked(entry) == name)
            });
            like.map(|entry| folder.join(entry.file_name())).collect::<Vec<_>>()
        };
        found = found.iter().flat_map(here).take(COULD_BE).collect();
    }
    found
}

/// What lets a file or folder be changed elsewhere or by others.
#[cfg(unix)]
pub(super) fn exposed(path: &Path) -> Vec<Finding> {
    use std::format;
    use std::os::unix::fs::MetadataExt;

    let mut found = Vec::new();
    let Ok(itself) = path.symlink_metadata() else { return found };
    let file = || format!("{}", path.display());
    if itself.is_symlink() {
        let how = "it is a link, and what it leads to stands elsewhere".into();
        found.push(Finding::Differs { file: file(), how });
    }
    let Ok(metadata) = path.metadata() else { return found };
    let mode = metadata.mode() & 0o7777;
    if mode & 0o002 != 0 {
        let how = format!("others may write to it (mode {mode:o})");
        found.push(Finding::Differs { file: file(), how });
    } else if mode & 0o020 != 0 {
        let what = format!("its group may write to it (mode {mode:o})");
        found.push(Finding::Caution { file: file(), what });
    }
    if metadata.is_file() && metadata.nlink() > 1 {
        let what = "it has another name elsewhere (a hard link), by which it can be changed".into();
        found.push(Finding::Caution { file: file(), what });
    }
    found
}

/// Other systems have other rights.
#[cfg(not(unix))]
pub(super) fn exposed(path: &Path) -> Vec<Finding> {
    let link = path.symlink_metadata().is_ok_and(|itself| itself.is_symlink());
    let how = std::string::String::from("it is a link, and what it leads to stands elsewhere");
    let file = std::format!("{}", path.display());
    link.then_some(Finding::Differs { file, how }).into_iter().collect()
}
