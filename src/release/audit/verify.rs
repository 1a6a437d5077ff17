//! Whether what a record says of its files is still so.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::string::String;
use std::vec::Vec;

use super::series::{name, numbers};
use super::{Record, Recorded, VERSION};
use crate::record::Digest;

/// What was found of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It is what the record says.
    Same {
        /// The file.
        file: String,
    },
    /// An input that is no longer where it was: not checked.
    NotHere {
        /// The file.
        file: String,
    },
    /// An output or a record that is missing.
    Missing {
        /// The file.
        file: String,
    },
    /// It differs from what the record says.
    Differs {
        /// The file.
        file: String,
        /// In what.
        how: String,
    },
}

impl Finding {
    /// Whether it speaks against the record.
    #[must_use]
    pub const fn is_fault(&self) -> bool {
        matches!(self, Self::Missing { .. } | Self::Differs { .. })
    }
}

/// Why a record cannot be verified.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// It cannot be read.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// It is not an audit record of a version that this library knows.
    #[error("{}: this is not an audit record of version {VERSION}: {error}", path.display())]
    NotARecord {
        /// The file.
        path: PathBuf,
        /// Where it departs from the form.
        error: String,
    },
}

fn read(path: &Path) -> Result<(Record, Vec<u8>), VerifyError> {
    let bytes =
        fs::read(path).map_err(|error| VerifyError::Io { path: path.to_path_buf(), error })?;
    let not = |error: String| VerifyError::NotARecord { path: path.to_path_buf(), error };
    let record: Record =
        serde_json::from_slice(&bytes).map_err(|error| not(std::format!("{error}")))?;
    if record.format != "optout-audit" || record.version != VERSION {
        return Err(not(std::format!("{} {}", record.format, record.version)));
    }
    Ok((record, bytes))
}

/// Recomputes every digest of a record: the outputs beside it, and the inputs where they were.
///
/// # Errors
/// A record that cannot be read, or is none. A file that differs is a finding.
pub fn verify(path: &Path) -> Result<Vec<Finding>, VerifyError> {
    let (record, _) = read(path)?;
    let beside = path.parent().unwrap_or(Path::new(""));
    let mut findings = Vec::new();
    let inputs = record
        .request
        .iter()
        .chain(record.sources.iter().map(|source| &source.file))
        .chain(record.tables.iter().map(|table| &table.input));
    for input in inputs {
        findings.push(compare(input, Path::new(&input.file), false)?);
    }
    for output in record.tables.iter().filter_map(|table| table.output.as_ref()) {
        let path = beside.join(&output.file);
        let shown = std::format!("{}", path.display());
        findings.push(compare(&Recorded { file: shown, ..output.clone() }, &path, true)?);
    }
    Ok(findings)
}

/// Follows the chain of a series from its first record to its last.
///
/// # Errors
/// A record that cannot be read, or is none. A break in the chain is a finding.
pub fn verify_series(dir: &Path) -> Result<Vec<Finding>, VerifyError> {
    let numbers =
        numbers(dir).map_err(|error| VerifyError::Io { path: dir.to_path_buf(), error })?;
    let mut findings = Vec::new();
    let mut previous = None;
    for number in 1..=numbers.last().copied().unwrap_or(0) {
        let file = name(number);
        if numbers.binary_search(&number).is_err() {
            findings.push(Finding::Missing { file });
            // Whatever the next one says of it cannot be checked.
            previous = Some(None);
            continue;
        }
        let (record, bytes) = read(&dir.join(&file))?;
        let link = record.chain;
        let numbered = link.is_some_and(|link| link.number == number);
        let follows = match previous {
            None => link.is_some_and(|link| link.previous.is_none()),
            Some(None) => true,
            Some(digest) => link.is_some_and(|link| link.previous == digest),
        };
        findings.push(if numbered && follows {
            Finding::Same { file }
        } else if numbered {
            let how = String::from("it does not follow from the record before it");
            Finding::Differs { file, how }
        } else {
            Finding::Differs { file, how: String::from("it holds another number") }
        });
        previous = Some(Some(Digest::of(&bytes)));
    }
    Ok(findings)
}

fn compare(recorded: &Recorded, path: &Path, output: bool) -> Result<Finding, VerifyError> {
    let file = recorded.file.clone();
    let digest = match File::open(path).and_then(Digest::of_reader) {
        Ok(digest) => digest,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(if output { Finding::Missing { file } } else { Finding::NotHere { file } });
        }
        Err(error) => return Err(VerifyError::Io { path: path.to_path_buf(), error }),
    };
    let (bytes, digest) = digest;
    Ok(if bytes != recorded.bytes {
        let how = std::format!("it holds {bytes} bytes, the record says {}", recorded.bytes);
        Finding::Differs { file, how }
    } else if digest != recorded.digest {
        Finding::Differs { file, how: String::from("its contents are others") }
    } else {
        Finding::Same { file }
    })
}
