//! Who else can change what a record answers for.

use std::path::Path;
use std::vec::Vec;

use super::finding::Finding;

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
