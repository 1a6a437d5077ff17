//! A folder of audit records, each holding the digest of the one before.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::string::{String, ToString};
use std::thread;
use std::time::Duration;
use std::vec::Vec;

use super::{Finding, Link, regular, verify_series};
use crate::record::{Digest, Existing, write_whole};

/// The file that a run locks while it adds a record.
const LOCK: &str = ".lock";

/// A series, locked until it is dropped: one run at a time adds to it.
#[derive(Debug)]
pub struct Series {
    dir: PathBuf,
    _lock: File,
    next: Link,
    strangers: Vec<String>,
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
        let path = dir.join(LOCK);
        if path.metadata().is_ok_and(|lock| !lock.is_file()) {
            let error = io::Error::new(io::ErrorKind::InvalidInput, "this is no regular file");
            return Err(io(&path)(error));
        }
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
        let Listing { numbers, strangers } = list(&dir).map_err(io(&dir))?;
        let last = numbers.last().copied();
        let broken = |what: String| SeriesError::Broken { path: dir.clone(), what };
        if last.is_some() || strangers.iter().any(|name| is_record(name)) {
            let findings = verify_series(&dir).map_err(|error| broken(error.to_string()))?;
            let stops = |finding: &Finding| match finding {
                // What is not called as a record takes no record's place.
                Finding::Unexpected { file } => is_record(file),
                Finding::Same { .. }
                | Finding::NotHere { .. }
                | Finding::NotChecked { .. }
                | Finding::Caution { .. }
                | Finding::Missing { .. }
                | Finding::Differs { .. } => finding.is_fault(),
            };
            if let Some(fault) = findings.iter().find(|finding| stops(finding)) {
                return Err(broken(fault.to_string()));
            }
        }
        let previous = match last {
            Some(last) => {
                let path = dir.join(name(last));
                let bytes = regular::read(&path).map_err(|error| broken(error.to_string()))?;
                Some(Digest::of(&bytes))
            }
            None => None,
        };
        let number = last.unwrap_or(0).saturating_add(1);
        Ok(Self { dir, _lock: lock, next: Link { number, previous }, strangers })
    }

    /// What stands in its folder and is no record of it.
    #[must_use]
    pub fn strangers(&self) -> &[String] {
        &self.strangers
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
        self.next = Link { number: self.next.number.saturating_add(1), previous: Some(digest) };
        Ok(digest)
    }
}

pub(super) fn name(number: u64) -> String {
    std::format!("{number:06}.json")
}

/// What stands in the folder of a series.
pub(super) struct Listing {
    /// The numbers of its records, ascending.
    pub(super) numbers: Vec<u64>,
    /// Every other name but that of the lock.
    pub(super) strangers: Vec<String>,
}

/// Lists the folder, in time that grows with what stands in it and not with a number in a name.
pub(super) fn list(dir: &Path) -> io::Result<Listing> {
    let (mut numbers, mut strangers) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(dir)? {
        let file = entry?.file_name();
        let number = file.to_str().and_then(number);
        match number {
            Some(number) => numbers.push(number),
            None if file == LOCK => {}
            None => strangers.push(file.to_string_lossy().into_owned()),
        }
    }
    numbers.sort_unstable();
    strangers.sort_unstable();
    Ok(Listing { numbers, strangers })
}

/// The number of a record that is called as this library calls it.
fn number(file: &str) -> Option<u64> {
    let number = file.strip_suffix(".json")?.parse().ok().filter(|number| *number > 0)?;
    (name(number) == file).then_some(number)
}

/// Whether a stranger is called as if it were a record.
pub(super) fn is_record(file: &str) -> bool {
    let ends = |end| Path::new(file).extension().is_some_and(|of| of.eq_ignore_ascii_case(end));
    ends("json") && !file.starts_with('.')
}
