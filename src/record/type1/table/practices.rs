//! A table of the practices that were read.

use core::hash::Hash;
use std::io::Read;

use crate::record::columns::{Column, Dialect, Sheet, TableError};
use crate::record::form;
use crate::record::type1::History;

/// Reads a table of practices whose records are among the entries in full, one a row, into a history
/// ([`History::practice_read`]). It says how many rows name one.
///
/// # Errors
/// The first row that cannot be read, and a column that is not there.
pub fn read_practices<K: Eq + Hash>(
    reader: impl Read,
    dialect: &Dialect,
    column: &Column,
    history: &mut History<K>,
) -> Result<u64, TableError> {
    let mut sheet = Sheet::open(reader, dialect, form::KEYS)?;
    let place = sheet.person(column)?;
    let mut practices = 0;
    while let Some(row) = sheet.next()? {
        // A name that is not text is that of a practice which nobody can have read.
        if let Some(name) = str::from_utf8(row.field(place)?).ok().filter(|name| !name.is_empty()) {
            history.practice_read(name);
            practices += 1;
        }
    }
    Ok(practices)
}
