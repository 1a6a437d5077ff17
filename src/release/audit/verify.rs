//! Whether what a record says of its files is still so.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::string::{String, ToString};
use std::vec::Vec;

use super::finding::Finding;
use super::regular::{self, NotRead};
use super::series::{Listing, is_record, list, name};
use super::{Record, Recorded, VERSION, form, place};
use crate::record::Digest;
use crate::record::shown::{masked, misread};
use crate::release::leftovers::made_by;

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

/// Reads a record, and gives its bytes too. A record is at most 64 MiB.
///
/// # Errors
/// What is no regular file, cannot be read, is too long, or is no record of this version.
pub fn read(path: &Path) -> Result<(Record, Vec<u8>), VerifyError> {
    let bytes = regular::read(path).map_err(|error| cannot(path, error))?;
    let record = parse(path, &bytes)?;
    Ok((record, bytes))
}

fn cannot(path: &Path, error: NotRead) -> VerifyError {
    let path = path.to_path_buf();
    match error {
        NotRead::System(error) => VerifyError::Io { path, error },
        NotRead::Other(_) | NotRead::TooLong => {
            VerifyError::NotARecord { path, error: error.to_string() }
        }
    }
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Record, VerifyError> {
    let not = |error: String| VerifyError::NotARecord { path: path.to_path_buf(), error };
    let record: Record = serde_json::from_slice(bytes).map_err(|error| not(misread(&error)))?;
    if record.format != "optout-audit" || record.version != VERSION {
        return Err(not(String::from("it is of another form or version")));
    }
    Ok(record)
}

/// What of a record speaks against it by itself.
fn by_itself(record: &Record, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    if form::digest(bytes) != Some(record.own) {
        found.push(String::from("its contents are not those of its own digest"));
    }
    // What it says of itself is shown, and anybody may have written it.
    found.extend(record.contradictions().iter().map(|how| masked(how)));
    found
}

/// Judges a release's record by itself, and recomputes every digest in it: of the outputs beside it, and
/// of the inputs where they were, seen from the folder `from` (the current one where it is empty).
///
/// # Errors
/// A record that cannot be read, or is none. A file that differs is a finding.
pub fn verify(path: &Path, from: &Path) -> Result<Vec<Finding>, VerifyError> {
    let (record, bytes) = read(path)?;
    let beside = path.parent().unwrap_or(Path::new(""));
    let own = shown(path);
    let mut findings: Vec<_> = by_itself(&record, &bytes)
        .into_iter()
        .map(|how| Finding::Differs { file: own.clone(), how })
        .collect();
    let inputs = record
        .request
        .iter()
        .chain(record.sources.iter().map(|source| &source.file))
        .chain(record.tables.iter().map(|table| &table.input));
    for input in inputs {
        findings.push(compare_input(input, from));
    }
    let outputs = || record.tables.iter().filter_map(|table| table.output.as_ref());
    for output in outputs() {
        let path = beside.join(&output.file);
        findings.push(compare(&Recorded { file: shown(&path), ..output.clone() }, &path, true));
        findings.extend(place::exposed(&path));
    }
    let io = |error| VerifyError::Io { path: beside.to_path_buf(), error };
    let folder = if beside == Path::new("") { Path::new(".") } else { beside };
    // A record that was taken out of its folder has no neighbours to answer for.
    if path.file_name().is_some_and(|file| file == "audit.json") {
        findings.extend(place::exposed(path));
        findings.extend(place::exposed(folder));
        for entry in fs::read_dir(folder).map_err(io)? {
            let name = entry.map_err(io)?.file_name();
            let named = || outputs().any(|output| name.to_str() == Some(&output.file));
            if path.file_name() != Some(&name) && !named() {
                findings.push(Finding::Unexpected { file: shown(&beside.join(name)) });
            }
        }
    }
    if let Some(why) = record.not_judged_anew() {
        findings.push(Finding::NotChecked { file: own, why });
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
        return Ok(Finding::Differs { file: shown(path), how });
    };
    let kept = dir.join(name(link.number));
    let file = shown(&kept);
    Ok(match regular::read(&kept) {
        Ok(kept) if kept == bytes => Finding::Same { file },
        Ok(_) => {
            let how = std::format!("it is not the record of {}", masked(&shown(path)));
            Finding::Differs { file, how }
        }
        Err(error) if error.is_missing() => Finding::Missing { file },
        Err(error) => Finding::Differs { file, how: error.to_string() },
    })
}

/// Whether the newest record of a series has this digest.
///
/// # Errors
/// A folder that cannot be read, or holds no record.
pub fn verify_last(dir: &Path, expected: Digest) -> Result<Finding, VerifyError> {
    let Listing { numbers, .. } = listed(dir)?;
    let Some(last) = numbers.last() else {
        return Err(VerifyError::NoRecord { path: dir.to_path_buf() });
    };
    let last = name(*last);
    let file = std::format!("{last}, the last");
    Ok(match regular::read(&dir.join(&last)) {
        Ok(bytes) if Digest::of(&bytes) == expected => Finding::Same { file },
        Ok(_) => {
            let how = String::from("its digest is not the one that was noted");
            Finding::Differs { file, how }
        }
        Err(error) => Finding::Differs { file, how: error.to_string() },
    })
}

fn listed(dir: &Path) -> Result<Listing, VerifyError> {
    list(dir).map_err(|error| VerifyError::Io { path: dir.to_path_buf(), error })
}

/// Follows the chain of a series from its first record to its last, and names what else stands there.
///
/// # Errors
/// A folder that cannot be read, or holds neither a record nor anything in the place of one. A break in
/// the chain is a finding.
pub fn verify_series(dir: &Path) -> Result<Vec<Finding>, VerifyError> {
    let Listing { numbers, strangers } = listed(dir)?;
    // A folder of other things is no series.
    if numbers.is_empty() && !strangers.iter().any(|name| is_record(name)) {
        return Err(VerifyError::NoRecord { path: dir.to_path_buf() });
    }
    let mut findings = Vec::new();
    let mut before = Before::Nothing;
    let mut expected = 1_u64;
    for number in numbers {
        if number > expected {
            let (first, last) = (name(expected), name(number - 1));
            let several = std::format!("{first} to {last}");
            findings.push(Finding::Missing { file: if first == last { first } else { several } });
            before = Before::Unreadable;
        }
        expected = number.saturating_add(1);
        let file = name(number);
        let path = dir.join(&file);
        let bytes = match regular::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                findings.push(Finding::Differs { file, how: error.to_string() });
                before = Before::Unreadable;
                continue;
            }
        };
        let how = match parse(&path, &bytes) {
            Err(error) => std::vec![error.to_string()],
            Ok(record) => out_of_place(&record, number, before)
                .into_iter()
                .chain(by_itself(&record, &bytes))
                .collect(),
        };
        if how.is_empty() {
            findings.push(Finding::Same { file: file.clone() });
        }
        findings.extend(how.into_iter().map(|how| Finding::Differs { file: file.clone(), how }));
        before = Before::Record(Digest::of(&bytes));
    }
    findings.extend(strangers.into_iter().map(|file| {
        if made_by(file.as_ref()).is_none() {
            return Finding::Unexpected { file };
        }
        let what = String::from("a run that was killed left it behind; remove it");
        Finding::Caution { file, what }
    }));
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

fn shown(path: &Path) -> String {
    std::format!("{}", path.display())
}

/// An input is looked for where it was; where an NHS number in its path is masked, among the files that
/// could be it.
fn compare_input(input: &Recorded, from: &Path) -> Finding {
    let found = compare(input, &from.join(&input.file), false);
    if !matches!(found, Finding::NotHere { .. }) || !input.file.contains('#') {
        return found;
    }
    place::unmasked(from, &input.file)
        .into_iter()
        .map(|path| compare(input, &path, false))
        .find(|found| matches!(found, Finding::Same { .. }))
        .unwrap_or(Finding::NotChecked {
            file: input.file.clone(),
            why: String::from("an NHS number in its path is masked, and no file like it is found"),
        })
}

fn compare(recorded: &Recorded, path: &Path, output: bool) -> Finding {
    let file = recorded.file.clone();
    let read = regular::open(path).and_then(|file| Ok(Digest::of_reader(file)?));
    match read {
        Ok((bytes, _)) if bytes != recorded.bytes => {
            let how = std::format!("it holds {bytes} bytes, the record says {}", recorded.bytes);
            Finding::Differs { file, how }
        }
        Ok((_, digest)) if digest != recorded.digest => {
            Finding::Differs { file, how: String::from("its contents are others") }
        }
        Ok(_) => Finding::Same { file },
        Err(error) if error.is_missing() && output => Finding::Missing { file },
        Err(error) if error.is_missing() => Finding::NotHere { file },
        Err(error) => Finding::Differs { file, how: error.to_string() },
    }
}
