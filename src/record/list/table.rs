//! Lists as a column of a table of CSV.

use std::io::Read;

use super::{MemberError, Members};
use crate::record::columns::{Column, Dialect, Sheet, TableError, TableFault};
use crate::record::form;

impl Members {
    /// Adds everybody in a column of a table, read to its end. Says how many rows there were.
    ///
    /// # Errors
    /// The first row that cannot be read or has no key, and a column that is not there.
    pub fn add_table(
        &mut self,
        reader: impl Read,
        dialect: &Dialect,
        column: &Column,
    ) -> Result<u64, TableError> {
        let key = if self.are_numbers() { form::NUMBERS } else { form::KEYS };
        let mut sheet = Sheet::open(reader, dialect, key)?;
        let place = sheet.person(column)?;
        let mut rows = 0;
        while let Some(row) = sheet.next()? {
            rows += 1;
            self.add(row.field(place)?).map_err(|error| {
                row.fault(match error {
                    MemberError::Number(error) => TableFault::Number(error),
                    MemberError::Pseudonym(error) => TableFault::Pseudonym(error),
                })
            })?;
        }
        Ok(rows)
    }
}
