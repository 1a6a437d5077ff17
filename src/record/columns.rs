//! Tables of CSV: named columns, and errors that name the line and never the patient.

use std::io::Read;
use std::vec::Vec;

use super::NhsNumberError;
use super::list::NotAPseudonym;
use super::type1::CodeError;
use crate::tables::key::Key;
use crate::tables::{self, sheet};

pub use crate::tables::{Column, Dialect, Fault, Header};

/// Why a table could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// It is no table, or not the one that was described.
    #[error(transparent)]
    Table(tables::TableError),
    /// A first row that names no columns, because there is a Type 1 code in it.
    #[error("there is a Type 1 code in the first row, which should name the columns")]
    CodeInHeader,
    /// A row is wrong; nothing of the table may be used.
    #[error("line {line}: {fault}")]
    Row {
        /// The line of the file on which it shows, counted from 1.
        line: u64,
        /// What is wrong with it.
        fault: TableFault,
    },
}

impl From<tables::TableError> for TableError {
    fn from(error: tables::TableError) -> Self {
        if let tables::TableError::Row { line, fault } = error {
            return Self::Row { line, fault: TableFault::Form(fault) };
        }
        Self::Table(error)
    }
}

/// What is wrong with a row. It never holds a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableFault {
    /// What every reader refuses.
    #[error(transparent)]
    Form(#[from] Fault),
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

/// A table being read.
pub(super) struct Sheet<R>(sheet::Sheet<R>);

impl<R: Read> Sheet<R> {
    /// `key` is how people are named in it.
    pub(super) fn open(reader: R, dialect: &Dialect, key: Key) -> Result<Self, TableError> {
        Ok(Self(sheet::Sheet::open(reader, dialect, key)?))
    }

    /// The place of a column, from 0. Asked for before the first row is read.
    pub(super) fn place(&self, column: &Column) -> Result<usize, TableError> {
        Ok(self.0.place(column)?)
    }

    /// The same of the column that names people: the header names it and nobody. A row of several
    /// lines, one of which reads as another person's, is then refused.
    pub(super) fn person(&mut self, column: &Column) -> Result<usize, TableError> {
        Ok(self.0.person(column)?)
    }

    /// What the header says; nothing where there is none.
    pub(super) fn names(&self) -> &[Vec<u8>] {
        self.0.names()
    }

    /// The next row, where there is one. Blank lines count for nothing.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>, TableError> {
        Ok(self.0.next()?.map(Row))
    }
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a>(sheet::Row<'a>);

impl<'a> Row<'a> {
    /// A field, without the ASCII spaces around it. It holds no line break.
    pub(super) fn field(self, place: usize) -> Result<&'a [u8], TableError> {
        self.0.field(place).map_err(|fault| self.fault(TableFault::Form(fault)))
    }

    /// The record as it stands in the file, quotes and all, without its line end.
    pub(super) fn whole(self) -> &'a [u8] {
        self.0.whole()
    }

    /// What each field says.
    pub(super) fn fields(self) -> impl Iterator<Item = &'a [u8]> {
        self.0.fields()
    }

    /// The fields that hold line ends.
    pub(super) fn texts(self) -> impl Iterator<Item = &'a [u8]> {
        self.0.texts()
    }

    pub(super) const fn fault(self, fault: TableFault) -> TableError {
        TableError::Row { line: self.0.line(), fault }
    }
}
