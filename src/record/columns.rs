//! Tables of CSV: named columns, and errors that name the line and never the patient.

use std::io::{self, Read};
use std::string::String;
use std::vec::Vec;

use super::NhsNumberError;
use super::type1::CodeError;

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
    /// Whether the first row names the columns. Rows of a table without may differ in length.
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
    /// It has more or fewer fields than the header.
    #[error("more or fewer fields than the header")]
    UnequalLength,
    /// It has no such column.
    #[error("a column is missing")]
    MissingField,
    /// A line break in a field that cannot have one: an unpaired quote has joined two rows.
    #[error("a line break in a key, code, date or practice: look for an unpaired quote before it")]
    LineBreak,
    /// A row without an end.
    #[error("a quote that opens here or later is never closed")]
    Unclosed,
    /// An opt-out without a patient that can be known: to pass over it would lose the opt-out.
    #[error("an opt-out of a patient who cannot be known: the key is empty or invalid")]
    Unkeyed,
    /// A row of a list without an NHS number that can be read.
    #[error(transparent)]
    Number(#[from] NhsNumberError),
    /// A row of a list of pseudonyms without one that can be used.
    #[error("the pseudonym is empty or has a line break in it")]
    NotAPseudonym,
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

/// A table being read.
pub(super) struct Sheet<R> {
    reader: csv::Reader<R>,
    row: csv::ByteRecord,
    names: Vec<Vec<u8>>,
}

impl<R: Read> Sheet<R> {
    pub(super) fn open(reader: R, dialect: Dialect) -> Result<Self, TableError> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(dialect.delimiter)
            // Lines are counted rightly by their line feeds alone; `field` drops the carriage return.
            .terminator(csv::Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .from_reader(reader);
        let mut row = csv::ByteRecord::new();
        let mut names = Vec::new();
        if dialect.header {
            reader.read_byte_record(&mut row).map_err(unreadable)?;
            names.extend(row.iter().map(|name| without_return(name).to_vec()));
        }
        Ok(Self { reader, row, names })
    }

    /// The place of a column, from 0.
    pub(super) fn place(&self, column: &Column) -> Result<usize, TableError> {
        match column {
            Column::Place(place) => place.checked_sub(1).ok_or(TableError::PlaceZero),
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

    /// The next row, where there is one. Blank lines count for nothing.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>, TableError> {
        loop {
            if !self.reader.read_byte_record(&mut self.row).map_err(unreadable)? {
                return Ok(None);
            }
            let blank = self.row.len() == 1 && self.row.get(0) == Some(b"\r");
            if !blank {
                break;
            }
        }
        let line = self.row.position().map_or(0, csv::Position::line);
        let row = Row { fields: &self.row, line };
        if !self.names.is_empty() && self.row.len() != self.names.len() {
            return Err(row.fault(TableFault::UnequalLength));
        }
        Ok(Some(row))
    }
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    fields: &'a csv::ByteRecord,
    line: u64,
}

impl<'a> Row<'a> {
    /// A field, without the ASCII spaces around it.
    pub(super) fn field(self, place: usize) -> Result<&'a [u8], TableError> {
        let field = self.fields.get(place).ok_or_else(|| self.fault(TableFault::MissingField))?;
        let last = place + 1 == self.fields.len();
        let field = if last { without_return(field) } else { field };
        if field.contains(&b'\n') || field.contains(&b'\r') {
            return Err(self.fault(TableFault::LineBreak));
        }
        Ok(super::nhs_number::trim_spaces(field))
    }

    pub(super) const fn fault(self, fault: TableFault) -> TableError {
        TableError::Row { line: self.line, fault }
    }
}

/// The last field of a line that ends with CRLF, without the carriage return.
fn without_return(field: &[u8]) -> &[u8] {
    field.strip_suffix(b"\r").unwrap_or(field)
}

fn unreadable(error: csv::Error) -> TableError {
    let line = error.position().map_or(0, csv::Position::line);
    // With rows of any length, as bytes, there is no other kind.
    if let csv::ErrorKind::Io(error) = error.into_kind() {
        return error.into();
    }
    TableError::Row { line, fault: TableFault::UnequalLength }
}
