//! What the columns of a table hold that should name people: how often nothing, and how often
//! something else. A wrong column would otherwise release nothing, and look like a release.

use std::string::{String, ToString};
use std::sync::{Mutex, PoisonError};
use std::vec::Vec;

use super::Column;
use super::error::ExtractError;
use super::outcome::{Counts, Outcome};
use super::summary::per_cent;
use crate::record::Looks;

/// The largest shares, in per cent, that are no mistake.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limits {
    /// Of rows in which a field that should name a person names none.
    pub(super) invalid: f64,
    /// Of empty fields in one column.
    pub(super) empty: f64,
    /// Of rows without an NHS number, where such rows are asserted to be right.
    pub(super) unnamed: Option<f64>,
}

impl Limits {
    pub(super) const USUAL: Self = Self { invalid: 5.0, empty: 50.0, unnamed: None };
}

/// What a column, or a block's part of it, holds beside names of people.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Nameless {
    pub(super) empty: u64,
    pub(super) looks: Looks,
}

/// What the columns of one table hold beside names of people.
#[derive(Debug, Default)]
pub(super) struct Census(Mutex<Vec<Nameless>>);

impl Census {
    /// Adds a block's part, column by column.
    pub(super) fn add(&self, block: &[Nameless]) {
        if block.iter().all(|part| part.empty == 0 && part.looks.all() == 0) {
            return;
        }
        let mut columns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if columns.len() < block.len() {
            columns.resize_with(block.len(), Nameless::default);
        }
        for (column, part) in columns.iter_mut().zip(block) {
            column.empty += part.empty;
            column.looks = column.looks + part.looks;
        }
    }

    /// Stops a table whose columns do not name people. `asserted` says that an empty field is.
    pub(super) fn check(
        self,
        table: &str,
        columns: &[Column],
        counts: &Counts,
        limits: Limits,
        of: Named,
    ) -> Result<(), ExtractError> {
        let held = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let rows = counts.rows();
        let named = || columns.iter().map(called).zip(&held);
        let table = || String::from(table);
        // Of a row's outcomes these two come first, so that they count the rows.
        let invalid =
            counts.of(Outcome::IdentifierInvalid) + counts.of(Outcome::IdentifierPlaceholder);
        if per_cent(invalid, rows) > limits.invalid {
            let Some((column, worst)) = named().max_by_key(|(_, held)| held.looks.all()) else {
                return Ok(());
            };
            let likely = worst.looks.advice().unwrap_or_default();
            let (looks, limit) = (worst.looks.told_of(rows), limits.invalid);
            return Err(ExtractError::TooManyInvalid {
                table: table(),
                column,
                of,
                invalid,
                rows,
                limit,
                looks,
                likely,
            });
        }
        if let Some(limit) = limits.unnamed {
            let without = counts.without_identifier();
            if per_cent(without, rows) > limit {
                let table = table();
                return Err(ExtractError::TooManyUnnamed { table, without, rows, limit });
            }
        } else if let Some((column, worst)) = named().max_by_key(|(_, held)| held.empty)
            && per_cent(worst.empty, rows) > limits.empty
        {
            let (empty, limit) = (worst.empty, limits.empty);
            return Err(ExtractError::TooManyEmpty {
                table: table(),
                column,
                of,
                empty,
                rows,
                limit,
            });
        }
        let most = limits.invalid.max(limits.unnamed.unwrap_or(limits.empty));
        let nobody = |(_, held): &(String, &Nameless)| held.empty + held.looks.all() >= rows;
        if most < 100.0
            && rows > 0
            && let Some((column, held)) = named().find(nobody)
        {
            let (empty, looks) = (held.empty, held.looks.told_of(rows));
            let likely = held.looks.advice().unwrap_or_default();
            return Err(ExtractError::NobodyNamed {
                table: table(),
                column,
                of,
                rows,
                empty,
                looks,
                likely,
            });
        }
        Ok(())
    }
}

/// How people are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// By NHS number.
    ByNumber,
    /// By a key.
    ByKey,
}

impl core::fmt::Display for Named {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::ByNumber => "NHS number",
            Self::ByKey => "key",
        })
    }
}

fn called(column: &Column) -> String {
    match column {
        Column::Named(name) => std::format!("`{name}`"),
        Column::Place(place) => place.to_string(),
    }
}
