//! Why an extract stopped. No message holds a patient's data.

use std::io;
use std::string::String;

use super::rows::Fault;

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

/// A fault in words.
pub(super) fn describe(fault: Fault, width: u32) -> String {
    match fault {
        Fault::Width { fields, .. } => std::format!(
            "the row has {fields} field{}, the first row has {width}; quote a field that holds the delimiter, or correct the export",
            if fields == 1 { "" } else { "s" }
        ),
        Fault::LoneReturn { .. } => String::from(
            "a carriage return stands without a line feed, so readers disagree where the row ends; quote the field or use one kind of line end",
        ),
        Fault::AfterQuote { .. } => String::from(
            "text follows the closing quote of a field; a quote inside a quoted field is written twice",
        ),
        Fault::Unclosed { .. } => String::from("the quote that opens here is never closed"),
        Fault::Swallowed { .. } => String::from(
            "a quoted field joins this line to others, yet it reads as a row of its own; mend the stray quote in it or before it, or say `line-breaks = true` for this table if its text is so",
        ),
        Fault::SwallowedByHeader { .. } => String::from(
            "a quoted name of the header joins this line to others, yet it reads as a row of its own; mend the stray quote, or take the line break out of the name",
        ),
    }
}
