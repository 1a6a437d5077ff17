//! The request: whom to ask about.

use std::io::{self, Write};
use std::path::PathBuf;
use std::string::String;
use std::sync::mpsc;
use std::thread;

use super::control::ControlError;
use crate::record::number_set::Piece;
use crate::record::{Digest, Looks, NhsNumber, NhsNumberError, NumberSet, thousands};

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
    /// What those and the placeholders look like.
    pub looks: Looks,
}

impl Counts {
    /// Counts a field that is not a number.
    pub(super) fn leave_out(&mut self, field: &[u8], error: NhsNumberError) {
        if error != NhsNumberError::Empty {
            self.looks.note(field);
        }
        *match error {
            NhsNumberError::Empty => &mut self.empty,
            NhsNumberError::Placeholder => &mut self.placeholders,
            NhsNumberError::Length
            | NhsNumberError::NotADigit
            | NhsNumberError::Separators
            | NhsNumberError::CheckDigit => &mut self.invalid,
        } += 1;
    }

    /// All fields.
    #[must_use]
    pub const fn all(self) -> u64 {
        self.valid() + self.empty + self.placeholders + self.invalid
    }

    /// Fields with a number.
    #[must_use]
    pub const fn valid(self) -> u64 {
        self.distinct + self.repeated
    }
}

/// Fields of a table that do not look like a column of people. A request of them would ask about few
/// or nobody, and what a release could not be asked about would be withheld.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotPeople {
    /// More of them than the caller accepts are something else.
    #[error(
        "{} of {} fields are no NHS numbers ({:.1} %, and {limit} % is accepted): {looks}",
        thousands(*invalid), thousands(*fields), share(*invalid, *fields)
    )]
    Invalid {
        /// Invalid fields and placeholders.
        invalid: u64,
        /// All fields.
        fields: u64,
        /// What the caller accepts, in per cent.
        limit: f64,
        /// What they look like, by counts.
        looks: String,
        /// What is likely wrong, and what to do.
        likely: &'static str,
    },
    /// More of them than the caller accepts are empty.
    #[error(
        "{} of {} fields are empty ({:.1} %, and {limit} % is accepted)",
        thousands(*empty), thousands(*fields), share(*empty, *fields)
    )]
    Empty {
        /// Empty fields.
        empty: u64,
        /// All fields.
        fields: u64,
        /// What the caller accepts, in per cent.
        limit: f64,
    },
}

impl Counts {
    /// Whether so many of a table's fields name people that it is no mistake, by the largest shares of
    /// invalid and of empty ones, in per cent: what [`Extract`](crate::extract::Extract) accepts is 5
    /// and 50.
    ///
    /// # Errors
    /// More of either.
    pub fn name_people(&self, invalid_at_most: f64, empty_at_most: f64) -> Result<(), NotPeople> {
        let (fields, invalid, empty) = (self.all(), self.invalid + self.placeholders, self.empty);
        if share(invalid, fields) > invalid_at_most {
            let (looks, limit) = (self.looks.told_of(fields), invalid_at_most);
            let likely = self.looks.advice().unwrap_or_default();
            return Err(NotPeople::Invalid { invalid, fields, limit, looks, likely });
        }
        if share(empty, fields) > empty_at_most {
            return Err(NotPeople::Empty { empty, fields, limit: empty_at_most });
        }
        Ok(())
    }
}

/// A share in per cent; 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "a share for people")]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}

impl core::ops::Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            distinct: self.distinct + other.distinct,
            repeated: self.repeated + other.repeated,
            empty: self.empty + other.empty,
            placeholders: self.placeholders + other.placeholders,
            invalid: self.invalid + other.invalid,
            looks: self.looks + other.looks,
        }
    }
}

impl core::ops::Sub for Counts {
    type Output = Self;

    /// What came after `before`, which is of the same request.
    fn sub(self, before: Self) -> Self {
        Self {
            distinct: self.distinct.saturating_sub(before.distinct),
            repeated: self.repeated.saturating_sub(before.repeated),
            empty: self.empty.saturating_sub(before.empty),
            placeholders: self.placeholders.saturating_sub(before.placeholders),
            invalid: self.invalid.saturating_sub(before.invalid),
            looks: self.looks - before.looks,
        }
    }
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
    /// A local id with which no answer comes.
    #[error(transparent)]
    LocalId(#[from] ControlError),
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
        match number {
            Ok(number) if self.numbers.insert(number) => self.counts.distinct += 1,
            Ok(_) => self.counts.repeated += 1,
            Err(error) => self.counts.leave_out(field, error),
        }
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

    /// Adds numbers, and says how many were new. They are for the caller to [count](Self::count).
    #[cfg(feature = "csv")]
    pub(super) fn merge(&mut self, numbers: NumberSet) -> u64 {
        let before = self.numbers.len();
        self.numbers.merge(numbers);
        self.numbers.len() - before
    }

    #[cfg(feature = "csv")]
    pub(super) fn count(&mut self, counts: Counts) {
        self.counts = self.counts + counts;
    }

    /// Writes the rows of the `.dat`, `NNNNNNNNNN,` each, in ascending order, without a header; and
    /// gives the digest of what was written.
    ///
    /// # Errors
    /// Whatever the writer reports.
    pub fn write_dat(&self, out: impl Write, ending: LineEnding) -> io::Result<Digest> {
        self.write_digested(out, ending).map(|[request, _]| request)
    }

    /// Writes the rows, and gives their digest and that of the numbers. Two threads make the rows,
    /// piece by piece in turn, and this one writes them.
    pub(super) fn write_digested(
        &self,
        mut out: impl Write,
        ending: LineEnding,
    ) -> io::Result<[Digest; 2]> {
        let mut hashers = [blake3::Hasher::new(), blake3::Hasher::new()];
        let pieces = self.numbers.pieces();
        thread::scope(|scope| {
            let makers = [0, 1].map(|first| {
                let (give, take) = mpsc::sync_channel(PIECES_WAITING);
                scope.spawn(move || {
                    for number in (first..pieces).step_by(2) {
                        let piece = match ending {
                            LineEnding::Lf => self.numbers.piece(number, *b",\n"),
                            LineEnding::Crlf => self.numbers.piece(number, *b",\r\n"),
                        };
                        // Fails only when the writer has stopped.
                        if give.send(piece).is_err() {
                            return;
                        }
                    }
                });
                take
            });
            for maker in makers.iter().cycle().take(pieces) {
                let failed = |_| io::Error::other("the rows could not be made");
                let Piece { rows, first_nines } = maker.recv().map_err(failed)?;
                for (hasher, bytes) in hashers.iter_mut().zip([&rows, &first_nines]) {
                    hasher.update(bytes);
                }
                out.write_all(&rows)?;
            }
            Ok::<_, io::Error>(())
        })?;
        out.flush()?;
        Ok(hashers.map(|hasher| hasher.finalize().into()))
    }
}

/// Pieces of each maker that may wait to be written.
const PIECES_WAITING: usize = 4;
