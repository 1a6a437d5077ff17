//! A column that marks rows.

use std::string::String;
use std::vec::Vec;

use crate::record::columns::{Column, Row, TableError, TableFault};

/// A column that marks rows, such as entries that were deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The column.
    pub column: Column,
    /// The values that mark a row, letter for letter, such as `true`.
    pub set: Vec<String>,
    /// The values that do not, such as `false` or nothing. Any other value is an error.
    pub clear: Vec<String>,
}

impl Flag {
    /// Whether a row is marked, by the place of the column.
    pub(super) fn is_set(&self, row: Row<'_>, place: usize) -> Result<bool, TableError> {
        let field = row.field(place)?;
        let is = |values: &[String]| values.iter().any(|value| value.as_bytes() == field);
        match (is(&self.set), is(&self.clear)) {
            (true, _) => Ok(true),
            (false, true) => Ok(false),
            (false, false) => Err(row.fault(TableFault::Flag)),
        }
    }
}
