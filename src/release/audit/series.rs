//! A folder of audit records, each holding the digest of the one before.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::string::{String, ToString};
use std::thread;
use std::time::Duration;
use std::vec::Vec;

use super::{Finding, Link, verify_series};
use crate::record::{Digest, Existing, write_whole};

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
    /// A record is missing or does not follow from the one before it.
    #[error("{}: {what}; nothing can be added to a broken series: `optout audit verify` says more", path.display())]
    Broken {
        /// The folder.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The caller asked to stop.
    #[error("stopped while another run held the series")]
    Stopped,
}

impl Series {
    /// Opens a folder of records, which is made if need be, and waits until no other run holds it, or
    /// until `stop` says so. Every record in it is verified.
    ///
    /// # Errors
    /// Whatever the system says; a record that is missing or does not follow; being stopped.
    pub fn open(dir: impl Into<PathBuf>, stop: impl Fn() -> bool) -> Result<Self, SeriesError> {
        let dir = dir.into();
        let io = |path: &Path| {
            let path = path.to_path_buf();
            move |error| SeriesError::Io { path, error }
        };
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&dir).map_err(io(&dir))?;
        let path = dir.join(".lock");
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let lock = options.open(&path).map_err(io(&path))?;
        loop {
            match lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if stop() => return Err(SeriesError::Stopped),
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(50)),
                Err(TryLockError::Error(error)) => return Err(io(&path)(error)),
            }
        }
        let last = numbers(&dir).map_err(io(&dir))?.last().copied().unwrap_or(0);
        if last > 0 {
            let findings = verify_series(&dir).map_err(|error| SeriesError::Broken {
                path: dir.clone(),
                what: error.to_string(),
            })?;
            if let Some(fault) = findings.into_iter().find(Finding::is_fault) {
                let what = std::format!("{fault}");
                return Err(SeriesError::Broken { path: dir, what });
            }
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

    /// Adds the next record, whole or not at all and flushed to disk, and gives its digest.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn append(&mut self, json: &[u8]) -> Result<Digest, SeriesError> {
        let path = self.dir.join(name(self.next.number));
        write_whole(&path, Existing::Refuse, |file| file.write_all(json))
            .map_err(|error| SeriesError::Io { path, error })?;
        let digest = Digest::of(json);
        self.next = Link { number: self.next.number + 1, previous: Some(digest) };
        Ok(digest)
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
