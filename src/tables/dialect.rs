//! How a table is written, and which of its columns are meant.

use std::string::String;
use std::vec::Vec;

use super::fault::Fault;
use super::quoted::First;

/// Which column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// By its name in the header, letter for letter.
    Named(String),
    /// By its place, counted from 1. Nothing then shows whether the first row is a header, so that is
    /// stated as text, or there is none.
    Place(usize),
}

/// What the first row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Header {
    /// The names of the columns, among them those that are asked for.
    Present,
    /// A row as any other.
    Absent,
    /// These names, letter for letter.
    Stated(Vec<String>),
}

/// How a table of delimited text is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between two fields: a comma, a tab.
    pub delimiter: u8,
    /// What the first row is.
    pub header: Header,
    /// Whether a quoted field may hold lines that read as rows of their own. Without this they stop
    /// the run: a stray quote in one row and another in a later row make one row of all between, whose
    /// people nobody would judge.
    pub line_breaks: bool,
}

impl Dialect {
    /// Commas and a header.
    pub const CSV: Self = Self { delimiter: b',', header: Header::Present, line_breaks: false };
    /// Commas and no header: a list, as `number` or `number,`.
    pub const LIST: Self = Self { delimiter: b',', header: Header::Absent, line_breaks: false };
    /// Tabs and a header.
    pub const TSV: Self = Self { delimiter: b'\t', header: Header::Present, line_breaks: false };

    /// The same form without a header.
    #[must_use]
    pub fn without_header(self) -> Self {
        Self { header: Header::Absent, ..self }
    }

    /// The same form with this header.
    #[must_use]
    pub fn with_header<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        Self { header: Header::Stated(names.into_iter().map(Into::into).collect()), ..self }
    }

    /// The same form with the header of this line, as it stands in a table.
    ///
    /// # Errors
    /// A line that is no row.
    pub fn with_header_line(self, line: &str) -> Result<Self, Fault> {
        let mut first = First::new(self.delimiter);
        let record = first.find(line.as_bytes(), true).map_err(|found| found.fault)?;
        let fields = record.map(|record| record.fields).unwrap_or_default();
        let names: Vec<_> =
            fields.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect();
        Ok(self.with_header(names))
    }

    /// The same form, of text whose quoted fields may hold lines that read as rows.
    #[must_use]
    pub fn with_line_breaks(self) -> Self {
        Self { line_breaks: true, ..self }
    }
}
