//! The request: whom to ask about.

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::string::ToString;

use super::{Control, ControlField, Manifest};
use crate::Date;
use crate::record::file::write_whole;
use crate::record::{Digest, Existing, NhsNumber, NhsNumberError, NumberSet};

/// How the rows of a request end. Sources disagree on what the service wants; LF is the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineEnding {
    /// A line feed.
    #[default]
    Lf,
    /// A carriage return and a line feed.
    Crlf,
}

/// The distinct valid numbers to ask about. One invalid number can make the service reject a file
/// whole, so none gets in.
#[derive(Clone, Debug, Default)]
pub struct Request {
    numbers: NumberSet,
    counts: Counts,
}

/// How many fields were offered to a request, and what became of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Fields with a number that was not yet in the request.
    pub distinct: u64,
    /// Fields with a number that was.
    pub repeated: u64,
    /// Fields with nothing in them.
    pub empty: u64,
    /// Fields with one digit ten times over.
    pub placeholders: u64,
    /// Fields with anything else that is not an NHS number.
    pub invalid: u64,
}

/// Why the files of a request were not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// There is nobody to ask about; the service rejects an empty file.
    #[error("there is no valid NHS number to ask about")]
    NobodyToAsk,
    /// The control file has no local id.
    #[error("the control file has no local id, so no answer could be paired")]
    NoLocalId,
    /// A file could not be written.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system reports.
        error: io::Error,
    },
    /// The manifest could not be put into JSON.
    #[error("the manifest could not be written: {0}")]
    Manifest(#[from] serde_json::Error),
}

impl Request {
    /// Nobody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a field of an extract and adds its number. What is not a number is counted and left
    /// out: its status stays unknown.
    ///
    /// # Errors
    /// Why the field is not a number.
    pub fn add(&mut self, field: &[u8]) -> Result<NhsNumber, NhsNumberError> {
        let number = NhsNumber::parse(field);
        let counts = &mut self.counts;
        let count = match number {
            Ok(number) if self.numbers.insert(number) => &mut counts.distinct,
            Ok(_) => &mut counts.repeated,
            Err(NhsNumberError::Empty) => &mut counts.empty,
            Err(NhsNumberError::Placeholder) => &mut counts.placeholders,
            Err(
                NhsNumberError::Length
                | NhsNumberError::NotADigit
                | NhsNumberError::Separators
                | NhsNumberError::CheckDigit,
            ) => &mut counts.invalid,
        };
        *count += 1;
        number
    }

    /// The numbers to ask about.
    #[must_use]
    pub const fn numbers(&self) -> &NumberSet {
        &self.numbers
    }

    /// What became of the fields.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Writes the rows of the `.dat`, `NNNNNNNNNN,` each, in ascending order, without a header; and
    /// gives the digest of what was written.
    ///
    /// # Errors
    /// Whatever the writer reports.
    pub fn write_dat(&self, out: impl Write, ending: LineEnding) -> io::Result<Digest> {
        let mut out = Digesting { out, hasher: blake3::Hasher::new() };
        let end: &[u8] = match ending {
            LineEnding::Lf => b",\n",
            LineEnding::Crlf => b",\r\n",
        };
        self.numbers.write_rows(&mut out, end)?;
        out.flush()?;
        Ok(out.hasher.finalize().into())
    }

    /// Writes the request's files: `<stem>.dat`, `<stem>.manifest.json` and last `<stem>.ctl`, on
    /// which a MESH client sends. Each appears whole or not at all, mode 0600, and none is replaced.
    ///
    /// # Errors
    /// When there is nobody to ask, or a file exists or cannot be written. What was written before
    /// is removed.
    pub fn write_files(
        &self,
        stem: &Path,
        control: &Control,
        created: Date,
        ending: LineEnding,
    ) -> Result<Manifest, RequestError> {
        if self.numbers.is_empty() {
            return Err(RequestError::NobodyToAsk);
        }
        let local_id =
            control.get(ControlField::LocalId).ok_or(RequestError::NoLocalId)?.to_string();
        let [manifest_path, dat_path, ctl_path] =
            [".manifest.json", ".dat", ".ctl"].map(|suffix| with_suffix(stem, suffix));
        let mut written = Written(std::vec::Vec::new());

        let mut digest = Digest::default();
        written.add(dat_path, |file| {
            digest = self.write_dat(BufWriter::new(file), ending)?;
            Ok(())
        })?;
        let digests = [digest, self.numbers.digest()];
        let manifest = Manifest::new(local_id, created, self.numbers.len(), ending, digests);
        let json = manifest.to_json()?;
        written.add(manifest_path, |file| file.write_all(json.as_bytes()))?;
        let control = control.to_string();
        written.add(ctl_path, |file| file.write_all(control.as_bytes()))?;
        written.0.clear();
        Ok(manifest)
    }
}

/// Files to remove if the next cannot be written.
struct Written(std::vec::Vec<PathBuf>);

impl Written {
    fn add(
        &mut self,
        path: PathBuf,
        contents: impl FnOnce(&mut std::fs::File) -> io::Result<()>,
    ) -> Result<(), RequestError> {
        match write_whole(&path, Existing::Refuse, contents) {
            Ok(()) => {
                self.0.push(path);
                Ok(())
            }
            Err(error) => Err(RequestError::Io { path, error }),
        }
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        for path in &self.0 {
            // The error that led here is the one to report.
            let _ = std::fs::remove_file(path);
        }
    }
}

fn with_suffix(stem: &Path, suffix: &str) -> PathBuf {
    let mut path = OsString::from(stem);
    path.push(suffix);
    path.into()
}

struct Digesting<W> {
    out: W,
    hasher: blake3::Hasher,
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
