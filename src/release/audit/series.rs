//! A folder of audit records, each holding the digest of the one before.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::string::String;
use std::vec::Vec;

use super::Link;
use crate::record::Digest;

/// A series, locked until it is dropped: one run at a time adds to it.
#[derive(Debug)]
pub struct Series {
    dir: PathBuf,
    _lock: File,
    next: Link,
}

/// Why a series cannot be added to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SeriesError {
    /// The system refused.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A record is missing.
    #[error("{}: record {number} is missing; `optout audit verify` says more", path.display())]
    Missing {
        /// The folder.
        path: PathBuf,
        /// The number that is missing.
        number: u64,
    },
}

impl Series {
    /// Opens a folder of records, which is made if need be, and waits until no other run holds it.
    ///
    /// # Errors
    /// Whatever the system says; a record that is missing.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, SeriesError> {
        let dir = dir.into();
        let io = |path: &Path| {
            let path = path.to_path_buf();
            move |error| SeriesError::Io { path, error }
        };
        fs::create_dir_all(&dir).map_err(io(&dir))?;
        let path = dir.join(".lock");
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(io(&path))?;
        lock.lock().map_err(io(&path))?;
        let numbers = numbers(&dir).map_err(io(&dir))?;
        let last = numbers.last().copied().unwrap_or(0);
        if let Some(number) = (1..=last).find(|number| numbers.binary_search(number).is_err()) {
            return Err(SeriesError::Missing { path: dir, number });
        }
        let previous = if last == 0 {
            None
        } else {
            let path = dir.join(name(last));
            Some(Digest::of(&fs::read(&path).map_err(io(&path))?))
        };
        Ok(Self { dir, _lock: lock, next: Link { number: last + 1, previous } })
    }

    /// The place of the next record.
    #[must_use]
    pub const fn next(&self) -> Link {
        self.next
    }

    /// Adds the next record, and flushes it to disk.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn append(self, json: &[u8]) -> Result<(), SeriesError> {
        let path = self.dir.join(name(self.next.number));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options
            .open(&path)
            .and_then(|mut file| file.write_all(json).and_then(|()| file.sync_all()))
            .map_err(|error| SeriesError::Io { path, error })
    }
}

pub(super) fn name(number: u64) -> String {
    std::format!("{number:06}.json")
}

/// The numbers of the records in a folder, ascending.
pub(super) fn numbers(dir: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(dir)? {
        let file = entry?.file_name();
        let stem = file.to_str().and_then(|name| name.strip_suffix(".json"));
        if let Some(number) = stem.and_then(|stem| stem.parse().ok()) {
            numbers.push(number);
        }
    }
    numbers.sort_unstable();
    Ok(numbers)
}
