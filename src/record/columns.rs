//! Tables of CSV: named columns, and errors that name the line and never the patient.

use std::io::{self, Read};
use std::string::String;
use std::vec::Vec;

use super::blocks::{Blocks, after_blank, field_end, strict_value};
use super::joined::{has_swallowed, is_of_several};
use super::list::NotAPseudonym;
use super::type1::CodeError;
use super::{NhsNumber, NhsNumberError};

/// Which column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// By its name in the header, letter for letter.
    Named(String),
    /// By its place, counted from 1.
    Place(usize),
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between two fields: a comma, or a tab.
    pub delimiter: u8,
    /// Whether the first row names the columns.
    pub header: bool,
}

impl Dialect {
    /// Commas and a header.
    pub const CSV: Self = Self { delimiter: b',', header: true };
    /// Commas and no header: a list, as `number` or `number,`.
    pub const LIST: Self = Self { delimiter: b',', header: false };
    /// Tabs and a header.
    pub const TSV: Self = Self { delimiter: b'\t', header: true };
}

/// Why a table could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The file could not be read.
    #[error("the table could not be read: {0}")]
    Io(#[from] io::Error),
    /// A column that the header does not have, or a name where there is no header.
    #[error("there is no column {name:?}")]
    NoColumn {
        /// The name that the caller gave.
        name: String,
    },
    /// A name that two columns have.
    #[error("two columns are called {name:?}")]
    TwoColumns {
        /// The name that the caller gave.
        name: String,
    },
    /// A place of 0; places are counted from 1.
    #[error("columns are counted from 1")]
    PlaceZero,
    /// A file that is not delimited text in UTF-8.
    #[error("this is {what}, not delimited text")]
    NotText {
        /// What it looks like.
        what: &'static str,
    },
    /// A first row that names no columns, because there is an NHS number in it.
    #[error("there is an NHS number in the first row, which should name the columns")]
    NumberInHeader,
    /// A first row that names no columns, because there is a Type 1 code in it.
    #[error("there is a Type 1 code in the first row, which should name the columns")]
    CodeInHeader,
    /// A first row that does not name the column at this place.
    #[error("the first row should name the columns, and column {place} has no name")]
    Unnamed {
        /// The place of the column, counted from 1.
        place: usize,
    },
    /// A row is wrong; nothing of the table may be used.
    #[error("line {line}: {fault}")]
    Row {
        /// The line of the file on which the row begins, counted from 1.
        line: u64,
        /// What is wrong with it.
        fault: TableFault,
    },
}

impl TableError {
    /// The same with the lines counted from further up.
    pub(super) fn after(mut self, lines: u64) -> Self {
        if let Self::Row { line, .. } = &mut self {
            *line += lines;
        }
        self
    }
}

/// What is wrong with a row. It never holds a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableFault {
    /// It has more or fewer fields than the first row, be that a header or not.
    #[error("more or fewer fields than the first row")]
    UnequalLength,
    /// It has no such column.
    #[error("a column is missing")]
    MissingField,
    /// A line break in a field that cannot have one: an unpaired quote has joined two rows.
    #[error("a line break in a key, code, date or practice: look for an unpaired quote before it")]
    LineBreak,
    /// A quoted field that begins in a line and ends in another, both of which read as rows.
    #[error(
        "a quoted field has joined several rows: mend the stray quote, or take the line break out of the text"
    )]
    Swallowed,
    /// A row without an end.
    #[error("a quote that opens here or later is never closed")]
    Unclosed,
    /// A quoted field that goes on after its closing quote.
    #[error("text follows a closing quote: look for an unpaired quote here or before")]
    AfterQuote,
    /// A carriage return without a line feed, outside quotes.
    #[error("a carriage return without a line feed: readers disagree where the row ends")]
    LoneReturn,
    /// An opt-out without a patient that can be known: to pass over it would lose the opt-out.
    #[error("an opt-out of a patient who cannot be known: the key is empty or invalid")]
    Unkeyed,
    /// A trace of a patient who cannot be known, who may have been at a practice that nobody read.
    #[error(
        "a patient who cannot be known, perhaps of a practice that is not read: the key is invalid"
    )]
    UnknownPatient,
    /// A row of a list without an NHS number that can be read.
    #[error(transparent)]
    Number(#[from] NhsNumberError),
    /// A row of a list of pseudonyms without one.
    #[error(transparent)]
    Pseudonym(#[from] NotAPseudonym),
    /// A code that cannot be taken at its word.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// A Type 1 code in a system that the caller did not name.
    #[error("a Type 1 code in a code system that was not declared")]
    System,
    /// A date of a Type 1 entry in another form than the declared one, or of no day.
    #[error("a date in another form than the declared one")]
    Date,
    /// A value of a flag that was declared neither as set nor as clear.
    #[error("a value of a flag that was declared neither as set nor as clear")]
    Flag,
}

/// Whether a field of a header holds an NHS number, whatever separates its digits, so that it is the
/// first row of data.
pub(crate) fn holds_a_number(field: &[u8]) -> bool {
    let field = field.trim_ascii();
    let whole = match field.iter().position(|byte| *byte == b'.').map(|at| field.split_at(at)) {
        Some((whole, [_, zeros @ ..])) if zeros.iter().all(|byte| *byte == b'0') => whole,
        _ => field,
    };
    let digits: Vec<u8> = whole.iter().copied().filter(u8::is_ascii_digit).collect();
    NhsNumber::parse(&digits).is_ok()
}

/// A byte order mark.
pub(super) const MARK: &[u8] = "\u{feff}".as_bytes();

/// What a file is that begins like no text in UTF-8.
pub(super) fn not_text(first: &[u8]) -> Option<&'static str> {
    Some(match first {
        [0x1F, 0x8B, ..] => "a gzip file",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "a Zstandard file",
        [b'P', b'K', 3, 4, ..] => "a ZIP file or a spreadsheet",
        [b'P', b'A', b'R', b'1', ..] => "a Parquet file",
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "text in UTF-16",
        _ => return None,
    })
}

/// A table being read. What readers disagree about is refused: by one reader's rules a stray quote
/// would take rows with it, and the choices in them.
pub(super) struct Sheet<R> {
    blocks: Blocks<R>,
    delimiter: u8,
    block: Vec<u8>,
    /// The place in the block at which the last row begins.
    began: usize,
    /// The place in the block at which the next row begins, and its line.
    at: usize,
    line: u64,
    row: Fields,
    /// Fields in each row: as many as in the first.
    width: Option<usize>,
    names: Vec<Vec<u8>>,
    /// The header as it stands in the file.
    header: Vec<u8>,
    /// The column that names people.
    person: Option<usize>,
}

/// What the fields of a row say, one behind the other, and where each ends.
#[derive(Default)]
struct Fields {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl<R: Read> Sheet<R> {
    pub(super) fn open(reader: R, dialect: Dialect) -> Result<Self, TableError> {
        let mut sheet = Self {
            blocks: Blocks::new(reader, dialect.delimiter),
            delimiter: dialect.delimiter,
            block: Vec::new(),
            began: 0,
            at: 0,
            line: 1,
            row: Fields::default(),
            width: None,
            names: Vec::new(),
            header: Vec::new(),
            person: None,
        };
        sheet.refill()?;
        if dialect.header
            && let Some(row) = sheet.next()?
        {
            let names = (0..row.len()).map(|place| row.fields.get(place).to_vec());
            sheet.names = names.collect();
            if sheet.names.iter().any(|name| holds_a_number(name)) {
                return Err(TableError::NumberInHeader);
            }
            sheet.header = sheet.block.get(sheet.began..sheet.at).unwrap_or_default().to_vec();
        }
        Ok(sheet)
    }

    /// The place of a column, from 0.
    pub(super) fn place(&self, column: &Column) -> Result<usize, TableError> {
        match column {
            Column::Place(place) => {
                let at = place.checked_sub(1).ok_or(TableError::PlaceZero)?;
                match self.names.get(at) {
                    Some(name) if name.trim_ascii().is_empty() => {
                        Err(TableError::Unnamed { place: *place })
                    }
                    _ => Ok(at),
                }
            }
            Column::Named(name) => {
                let mut places =
                    (0..).zip(&self.names).filter(|(_, other)| *other == name.as_bytes());
                match (places.next(), places.next()) {
                    (Some((place, _)), None) => Ok(place),
                    (Some(_), Some(_)) => Err(TableError::TwoColumns { name: name.clone() }),
                    (None, _) => Err(TableError::NoColumn { name: name.clone() }),
                }
            }
        }
    }

    /// The same of the column that names people. A row of several lines, one of which has the form of
    /// an NHS number there, is then refused; so is a header that has swallowed a row.
    pub(super) fn person(&mut self, column: &Column) -> Result<usize, TableError> {
        let place = self.place(column)?;
        if has_swallowed(&self.header, self.delimiter, self.names.len(), place) {
            let lines = memchr::memchr_iter(b'\n', &self.header).count() as u64;
            return Err(TableError::Row { line: self.line - lines, fault: TableFault::Swallowed });
        }
        self.person = Some(place);
        Ok(place)
    }

    /// What the header says.
    pub(super) fn names(&self) -> &[Vec<u8>] {
        &self.names
    }

    /// The next row, where there is one. Blank lines count for nothing.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>, TableError> {
        loop {
            if self.at >= self.block.len() && !self.refill()? {
                return Ok(None);
            }
            let rest = self.block.get(self.at..).unwrap_or_default();
            let Some(after) = after_blank(rest) else { break };
            self.at = self.block.len() - after.len();
            self.line += 1;
        }
        let rest = self.block.get(self.at..).unwrap_or_default();
        let line = self.line;
        let length = self
            .row
            .split(rest, self.delimiter)
            .map_err(|fault| TableError::Row { line, fault })?;
        let read = rest.get(..length).unwrap_or_default();
        let lines = memchr::memchr_iter(b'\n', read).count() as u64;
        self.line += lines;
        self.began = self.at;
        self.at += length;
        let row = Row { fields: &self.row, whole: read, line };
        if *self.width.get_or_insert(row.len()) != row.len() {
            return Err(row.fault(TableFault::UnequalLength));
        }
        if lines > 0 && is_of_several(read, self.delimiter, row.len(), self.person) {
            return Err(row.fault(TableFault::Swallowed));
        }
        Ok(Some(row))
    }

    /// Takes the next block; whether there was one.
    fn refill(&mut self) -> Result<bool, TableError> {
        // An error of a row that never ends counts lines from the start of the block.
        let next = self.blocks.next(&mut self.block).map_err(|error| error.after(self.line - 1))?;
        self.at = 0;
        let binary = || memchr::memchr(0, &self.block).map(|_| "binary data");
        let what = if next == Some(0) { not_text(&self.block) } else { None };
        if let Some(what) = what.or_else(binary) {
            return Err(TableError::NotText { what });
        }
        Ok(next.is_some())
    }
}

impl Fields {
    /// Takes the first row of `rows`, and says how long it is with its line end.
    fn split(&mut self, rows: &[u8], delimiter: u8) -> Result<usize, TableFault> {
        self.text.clear();
        self.ends.clear();
        let mut rest = rows;
        loop {
            let end = field_end(rest, delimiter);
            let last = end.is_none_or(|end| rest.get(end) == Some(&b'\n'));
            let field = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            self.text.extend_from_slice(&strict_value(field, last && end.is_some())?);
            self.ends.push(self.text.len());
            rest = end.and_then(|end| rest.get(end + 1..)).unwrap_or_default();
            if last {
                return Ok(rows.len() - rest.len());
            }
        }
    }

    fn get(&self, place: usize) -> &[u8] {
        let end = self.ends.get(place).copied().unwrap_or_default();
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.text.get(start.unwrap_or_default()..end).unwrap_or_default()
    }
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    fields: &'a Fields,
    whole: &'a [u8],
    line: u64,
}

impl<'a> Row<'a> {
    /// The record as it stands in the file, quotes and all.
    pub(super) const fn whole(self) -> &'a [u8] {
        self.whole
    }

    /// What each field says.
    pub(super) fn fields(self) -> impl Iterator<Item = &'a [u8]> {
        (0..self.len()).map(move |at| self.fields.get(at))
    }

    /// How many fields there are.
    const fn len(self) -> usize {
        self.fields.ends.len()
    }

    /// A field, without the ASCII spaces around it.
    pub(super) fn field(self, place: usize) -> Result<&'a [u8], TableError> {
        if place >= self.len() {
            return Err(self.fault(TableFault::MissingField));
        }
        let field = self.fields.get(place);
        if memchr::memchr2(b'\n', b'\r', field).is_some() {
            return Err(self.fault(TableFault::LineBreak));
        }
        Ok(super::nhs_number::trim_spaces(field))
    }

    /// The fields that hold line ends.
    pub(super) fn texts(self) -> impl Iterator<Item = &'a [u8]> {
        let broken = memchr::memchr(b'\n', &self.fields.text).is_some();
        let fields = (0..self.len()).filter(move |_| broken).map(move |at| self.fields.get(at));
        fields.filter(|field| memchr::memchr(b'\n', field).is_some())
    }

    pub(super) const fn fault(self, fault: TableFault) -> TableError {
        TableError::Row { line: self.line, fault }
    }
}
