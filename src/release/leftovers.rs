//! What killed runs left behind.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::vec::Vec;

/// The files and folders beneath a folder that are still under the temporary name of a run that does no
/// longer work: `.NAME.PID-N.partial` of a release, `.NAME.PID-N.part` of a single file. They can be
/// removed.
///
/// # Errors
/// A folder that cannot be read.
pub fn leftovers(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if made_by(&name).is_some_and(|process| !is_at_work(process)) {
            found.push(folder.join(name));
        }
    }
    found.sort();
    Ok(found)
}

/// The number of the process whose temporary name this is.
pub(crate) fn made_by(name: &OsStr) -> Option<u32> {
    let name = name.to_str()?.strip_prefix('.')?;
    let name = name.strip_suffix(".old").unwrap_or(name);
    let stem = name.strip_suffix(".partial").or_else(|| name.strip_suffix(".part"))?;
    let (name, made) = stem.rsplit_once('.')?;
    let (process, attempt) = made.split_once('-')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if name.is_empty() || !digits(attempt) || !digits(process) {
        None
    } else {
        process.parse().ok()
    }
}

/// Whether a process is this one, or another of the same program.
#[cfg(target_os = "linux")]
fn is_at_work(process: u32) -> bool {
    let program = |of: &str| fs::read_link(std::format!("/proc/{of}/exe")).ok();
    process == std::process::id()
        || program(&std::format!("{process}")).is_some_and(|other| {
            program("self").is_some_and(|own| own.file_name() == other.file_name())
        })
}

/// Nothing tells of other processes.
#[cfg(not(target_os = "linux"))]
fn is_at_work(process: u32) -> bool {
    process == std::process::id()
}

#[cfg(test)]
mod tests {
    use super::made_by;

    #[test]
    fn temporary_names_are_known() {
        for (name, process) in [
            (".out.12-0.partial", Some(12)),
            (".a.b.csv.7-3.part", Some(7)),
            (".out.12-0.partial.old", Some(12)),
            ("out.12-0.partial", None),
            (".out.partial", None),
            (".12-0.part", None),
            (".out.x-0.part", None),
            (".out.12-.part", None),
        ] {
            assert_eq!(made_by(name.as_ref()), process, "{name}");
        }
    }
}
