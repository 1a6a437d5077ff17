//! Why an extract stopped. No message holds a patient's data.

use std::io;
use std::string::{String, ToString};

use super::census::Named;
use super::summary::per_cent;
use crate::record::thousands;
use crate::tables::TableError;

/// Why an extract stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// A table could not be read.
    #[error("{table}: reading stopped after {bytes} bytes: {error}")]
    Read {
        /// The table.
        table: String,
        /// Bytes that were read before.
        bytes: u64,
        /// What the system said.
        error: io::Error,
    },
    /// What may leave could not be written.
    #[error("{table}: writing stopped after {bytes} bytes: {error}")]
    Write {
        /// The table.
        table: String,
        /// Bytes that were written before.
        bytes: u64,
        /// What the system said.
        error: io::Error,
    },
    /// The table is not what it was said to be.
    #[error("{table}, line {line}: {what}")]
    Malformed {
        /// The table.
        table: String,
        /// The line, from 1; in a table without lines, the row.
        line: u64,
        /// What is wrong and what to do.
        what: String,
    },
    /// The form of the table and what was said of it do not agree.
    #[error("{table}: {what}")]
    Form {
        /// The table.
        table: String,
        /// What is wrong and what to do.
        what: String,
    },
    /// More rows name nobody than the caller accepts.
    #[error(
        "{table}: {without} of {rows} rows hold no NHS number, more than the {limit} % accepted; look at the column before asserting `no-nhs-number`"
    )]
    TooManyUnnamed {
        /// The table.
        table: String,
        /// Rows without an NHS number.
        without: u64,
        /// All rows.
        rows: u64,
        /// The share that the caller accepts, in per cent.
        limit: f64,
    },
    /// More rows than the caller accepts hold something else where a person should be named.
    #[error(
        "{table}: {} of {} rows have no {of} where one should be ({:.1} %, and {limit} % is accepted); of column {column}, {looks}",
        thousands(*invalid), thousands(*rows), per_cent(*invalid, *rows)
    )]
    TooManyInvalid {
        /// The table.
        table: String,
        /// The column with the most such fields.
        column: String,
        /// What should be there.
        of: Named,
        /// Rows with such a field.
        invalid: u64,
        /// All rows.
        rows: u64,
        /// The share that the caller accepts, in per cent.
        limit: f64,
        /// What the fields of the column look like, by counts.
        looks: String,
        /// What is likely wrong, and what to do.
        likely: &'static str,
    },
    /// A column that names people is empty more often than the caller accepts.
    #[error(
        "{table}: column {column} should name people, and is empty in {} of {} rows ({:.1} %, and {limit} % is accepted)",
        thousands(*empty), thousands(*rows), per_cent(*empty, *rows)
    )]
    TooManyEmpty {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What should be there.
        of: Named,
        /// Rows in which it is empty.
        empty: u64,
        /// All rows.
        rows: u64,
        /// The share that the caller accepts, in per cent.
        limit: f64,
    },
    /// A column that should name people names nobody.
    #[error(
        "{table}: column {column} holds no {of} in any of {} rows: {} are empty{}{looks}",
        thousands(*rows), thousands(*empty), if looks.is_empty() { "" } else { "; " }
    )]
    NobodyNamed {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What should be there.
        of: Named,
        /// All rows.
        rows: u64,
        /// Rows in which it is empty.
        empty: u64,
        /// What the other fields look like, by counts.
        looks: String,
        /// What is likely wrong, and what to do; nothing where all fields are empty.
        likely: &'static str,
    },
    /// The caller asked to stop.
    #[error("stopped; nothing was released")]
    Stopped,
}

impl ExtractError {
    /// Why a table could not be opened or read, after so many bytes.
    pub(super) fn of(table: &str, error: TableError, bytes: u64) -> Self {
        let table = table.to_string();
        match error {
            TableError::Io(error) => Self::Read { table, bytes, error },
            TableError::Row { line, fault } => {
                Self::Malformed { table, line, what: fault.to_string() }
            }
            TableError::NotText { .. }
            | TableError::Empty
            | TableError::Delimiter
            | TableError::NoColumn { .. }
            | TableError::NoHeader { .. }
            | TableError::TwoColumns { .. }
            | TableError::NoPlace { .. }
            | TableError::Unstated { .. }
            | TableError::OtherHeader
            | TableError::NumberInHeader
            | TableError::PersonInHeader { .. }
            | TableError::KeyInHeader
            | TableError::Unnamed { .. } => Self::Form { table, what: error.to_string() },
        }
    }
}
