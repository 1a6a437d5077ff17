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
    /// A file beside the outputs that the record does not name.
    Unexpected {
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
        !matches!(self, Self::Same { .. } | Self::NotHere { .. })
    }
}

impl core::fmt::Display for Finding {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Same { file } => write!(f, "same         {file}"),
            Self::NotHere { file } => write!(f, "not checked  {file}: it is not where it was"),
            Self::Missing { file } => write!(f, "missing      {file}"),
            Self::Unexpected { file } => {
                write!(f, "unexpected   {file}: the record does not name it")
            }
            Self::Differs { file, how } => write!(f, "differs      {file}: {how}"),
        }
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
    /// A folder without a record.
    #[error("{}: there is no audit record here", path.display())]
    NoRecord {
        /// The folder.
        path: PathBuf,
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

/// Reads a record, and gives its bytes too.
///
/// # Errors
/// A file that cannot be read, or is no record of this version.
pub fn read(path: &Path) -> Result<(Record, Vec<u8>), VerifyError> {
    let bytes =
        fs::read(path).map_err(|error| VerifyError::Io { path: path.to_path_buf(), error })?;
    let record = parse(path, &bytes)?;
    Ok((record, bytes))
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Record, VerifyError> {
    let not = |error: String| VerifyError::NotARecord { path: path.to_path_buf(), error };
    let record: Record =
        serde_json::from_slice(bytes).map_err(|error| not(std::format!("{error}")))?;
    if record.format != "optout-audit" || record.version != VERSION {
        return Err(not(std::format!("{} {}", record.format, record.version)));
    }
    Ok(record)
}

/// Recomputes every digest of a release's record: the outputs beside it, and the inputs where they
/// were, seen from the folder `from` (the current one where it is empty).
///
/// # Errors
/// A record that cannot be read, or is none. A file that differs is a finding.
pub fn verify(path: &Path, from: &Path) -> Result<Vec<Finding>, VerifyError> {
    let (record, _) = read(path)?;
    let beside = path.parent().unwrap_or(Path::new(""));
    let shown = |path: &Path| std::format!("{}", path.display());
    let mut findings = contradictions(&shown(path), &record);
    let inputs = record
        .request
        .iter()
        .chain(record.sources.iter().map(|source| &source.file))
        .chain(record.tables.iter().map(|table| &table.input));
    for input in inputs {
        findings.push(compare(input, &from.join(&input.file), false));
    }
    let outputs = || record.tables.iter().filter_map(|table| table.output.as_ref());
    for output in outputs() {
        let path = beside.join(&output.file);
        findings.push(compare(&Recorded { file: shown(&path), ..output.clone() }, &path, true));
    }
    let io = |error| VerifyError::Io { path: beside.to_path_buf(), error };
    let folder = if beside == Path::new("") { Path::new(".") } else { beside };
    for entry in fs::read_dir(folder).map_err(io)? {
        let name = entry.map_err(io)?.file_name();
        let known = path.file_name() == Some(&name)
            || outputs().any(|output| name.to_str() == Some(&output.file));
        // A record that was taken out of its folder has no neighbours to answer for.
        if !known && path.file_name().is_some_and(|file| file == "audit.json") {
            findings.push(Finding::Unexpected { file: shown(&beside.join(name)) });
        }
    }
    Ok(findings)
}

/// Whether a release's record is, byte for byte, the one that its series holds.
///
/// # Errors
/// A record that cannot be read, or is none.
pub fn verify_in_series(path: &Path, dir: &Path) -> Result<Finding, VerifyError> {
    let (record, bytes) = read(path)?;
    let Some(link) = record.chain else {
        let how = String::from("it is part of no series");
        return Ok(Finding::Differs { file: std::format!("{}", path.display()), how });
    };
    let kept = dir.join(name(link.number));
    let file = std::format!("{}", kept.display());
    Ok(match fs::read(&kept) {
        Ok(kept) if kept == bytes => Finding::Same { file },
        Ok(_) => {
            let how = std::format!("it is not the record of {}", path.display());
            Finding::Differs { file, how }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Finding::Missing { file },
        Err(error) => Finding::Differs { file, how: std::format!("{error}") },
    })
}

/// Follows the chain of a series from its first record to its last.
///
/// # Errors
/// A folder that cannot be read, or holds no record. A break in the chain is a finding.
pub fn verify_series(dir: &Path) -> Result<Vec<Finding>, VerifyError> {
    let numbers =
        numbers(dir).map_err(|error| VerifyError::Io { path: dir.to_path_buf(), error })?;
    let Some(last) = numbers.last().copied() else {
        return Err(VerifyError::NoRecord { path: dir.to_path_buf() });
    };
    let mut findings = Vec::new();
    let mut before = Before::Nothing;
    for number in 1..=last {
        let file = name(number);
        let path = dir.join(&file);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                findings.push(if error.kind() == io::ErrorKind::NotFound {
                    Finding::Missing { file }
                } else {
                    Finding::Differs { file, how: std::format!("{error}") }
                });
                before = Before::Unreadable;
                continue;
            }
        };
        let how = match parse(&path, &bytes) {
            Err(error) => Some(std::format!("{error}")),
            Ok(record) => out_of_place(&record, number, before)
                .or_else(|| record.contradictions().into_iter().next()),
        };
        findings.push(match how {
            None => Finding::Same { file },
            Some(how) => Finding::Differs { file, how },
        });
        before = Before::Record(Digest::of(&bytes));
    }
    Ok(findings)
}

/// What stands before a record of a series.
#[derive(Clone, Copy)]
enum Before {
    Nothing,
    /// Whatever the record says of it cannot be checked.
    Unreadable,
    Record(Digest),
}

/// Why a record does not stand where it is.
fn out_of_place(record: &Record, number: u64, before: Before) -> Option<String> {
    let Some(link) = record.chain.filter(|link| link.number == number) else {
        return Some(String::from("it holds another number"));
    };
    let follows = match before {
        Before::Nothing => link.previous.is_none(),
        Before::Unreadable => true,
        Before::Record(digest) => link.previous == Some(digest),
    };
    (!follows).then(|| String::from("it does not follow from the record before it"))
}

fn contradictions(file: &str, record: &Record) -> Vec<Finding> {
    let found = record.contradictions().into_iter();
    found.map(|how| Finding::Differs { file: file.into(), how }).collect()
}

fn compare(recorded: &Recorded, path: &Path, output: bool) -> Finding {
    let file = recorded.file.clone();
    match File::open(path).and_then(Digest::of_reader) {
        Ok((bytes, _)) if bytes != recorded.bytes => {
            let how = std::format!("it holds {bytes} bytes, the record says {}", recorded.bytes);
            Finding::Differs { file, how }
        }
        Ok((_, digest)) if digest != recorded.digest => {
            Finding::Differs { file, how: String::from("its contents are others") }
        }
        Ok(_) => Finding::Same { file },
        Err(error) if error.kind() == io::ErrorKind::NotFound && output => {
            Finding::Missing { file }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Finding::NotHere { file },
        Err(error) => Finding::Differs { file, how: std::format!("{error}") },
    }
}
