//! A file that is read more than once in a run, such as coded entries that are released too.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use optout::release::audit::Recorded;

use crate::error::Error;

/// Stops when a file that was read twice was not the same both times: what was decided by one of them
/// would not be what the other holds, and the record would name two digests of one file. A file with
/// two names is one.
pub(super) fn read_alike<'r>(read: impl Iterator<Item = &'r Recorded>) -> Result<(), Error> {
    let mut seen = HashMap::new();
    for file in read {
        let path = Path::new(&file.file);
        // As it was asked for, and what stands there now.
        let asked = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        for place in [Some(Place::Path(asked)), standing(path)].into_iter().flatten() {
            if seen.insert(place, file.digest).is_some_and(|before| before != file.digest) {
                return Err(Error::new(format!(
                    "{}: the file changed while it was in use: it was read twice, and not the same both times",
                    path.display()
                ))
                .hint("run again when nothing writes it; or give each use a copy of its own"));
            }
        }
    }
    Ok(())
}

#[derive(PartialEq, Eq, Hash)]
enum Place {
    Path(PathBuf),
    #[cfg(unix)]
    Inode(u64, u64),
}

#[cfg(unix)]
fn standing(path: &Path) -> Option<Place> {
    use std::os::unix::fs::MetadataExt;
    path.metadata().ok().map(|file| Place::Inode(file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn standing(path: &Path) -> Option<Place> {
    path.canonicalize().ok().map(Place::Path)
}

#[cfg(test)]
mod tests {
    use optout::extract::Stream;
    use optout::record::Digest;
    use optout::release::audit::Recorded;

    use super::read_alike;

    fn read(path: &std::path::Path, bytes: &[u8]) -> Recorded {
        let stream = Stream { bytes: bytes.len() as u64, digest: Digest::of(bytes) };
        Recorded::new(path.display().to_string(), stream)
    }

    #[test]
    fn a_file_must_be_the_same_each_time() {
        let dir = tempfile::tempdir().expect("a folder");
        let [one, other] = ["one", "other"].map(|name| dir.path().join(name));
        for path in [&one, &other] {
            std::fs::write(path, "b").expect("a file");
        }
        let alike = |read: &[Recorded]| read_alike(read.iter()).is_ok();
        assert!(alike(&[read(&one, b"a"), read(&other, b"b"), read(&one, b"a")]));
        assert!(!alike(&[read(&one, b"a"), read(&other, b"b"), read(&one, b"b")]));
        let roundabout = dir.path().join(".").join("one");
        assert!(!alike(&[read(&roundabout, b"a"), read(&one, b"b")]));
        // What is gone when the run ends is known by its path.
        let gone = dir.path().join("gone");
        assert!(!alike(&[read(&gone, b"a"), read(&gone, b"b")]));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_by_two_names_is_one() {
        let dir = tempfile::tempdir().expect("a folder");
        let [one, soft, hard] = ["one", "soft", "hard"].map(|name| dir.path().join(name));
        std::fs::write(&one, "b").expect("a file");
        std::os::unix::fs::symlink(&one, &soft).expect("a link");
        std::fs::hard_link(&one, &hard).expect("a link");
        for name in [&soft, &hard] {
            assert!(read_alike([read(&one, b"a"), read(name, b"b")].iter()).is_err());
            assert!(read_alike([read(&one, b"b"), read(name, b"b")].iter()).is_ok());
        }
    }
}
