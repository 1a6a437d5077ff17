//! Why an extract stopped. No message holds a patient's data.

use std::io;
use std::string::{String, ToString};

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
