//! A table of registrations: who is, or was, registered where, and until when.

use core::hash::Hash;
use std::io::Read;
use std::string::String;
use std::vec::Vec;

use super::{DateFormat, Flag, Rows};
use crate::Date;
use crate::record::columns::{Column, Dialect, Row, Sheet, TableError, TableFault};
use crate::record::form;
use crate::record::list::is_word_for_none;
use crate::record::type1::{History, Registration};

/// Where a table of registrations says what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registrations {
    /// How the table is written.
    pub dialect: Dialect,
    /// The patient's key.
    pub patient: Column,
    /// The practice.
    pub practice: Column,
    /// When registrations end.
    pub ends: Ends,
}

/// When registrations end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ends {
    /// A column says the last day.
    Column {
        /// The last day, inclusive. Nothing, a word for none, and a day to come are no end.
        until: Column,
        /// How the day is written.
        dates: DateFormat,
        /// Values that stand for none, as those of the entries' dates.
        open: Vec<String>,
        /// Where the data say that it ended by death.
        died: Option<Flag>,
    },
    /// None has ended on the day of the disclosure, by what the caller says
    /// ([`AllRegistered`](crate::record::type1::AllRegistered)).
    None,
}

/// The last day of a registration without an end, in whatever form the others are.
const NO_END: Date = Date::ymd(9999, 12, 31);

/// Reads a table of registrations, a patient and a practice a row, into a history. A row whose
/// patient is empty is passed over and counted.
///
/// # Errors
/// The first row that cannot be read, or whose patient cannot be known, who may have been at a
/// practice that nobody read; and a column that is not there.
pub fn read_registrations<K: Eq + Hash>(
    reader: impl Read,
    table: &Registrations,
    history: &mut History<K>,
    mut key: impl FnMut(&[u8]) -> Option<K>,
) -> Result<Rows, TableError> {
    let mut sheet = Sheet::open(reader, &table.dialect, form::ANY)?;
    let [patient, practice] = [sheet.person(&table.patient)?, sheet.place(&table.practice)?];
    let until = match &table.ends {
        Ends::Column { until, .. } => Some(sheet.place(until)?),
        Ends::None => None,
    };
    let died = match &table.ends {
        Ends::Column { died: Some(flag), .. } => Some((flag, sheet.place(&flag.column)?)),
        Ends::Column { died: None, .. } | Ends::None => None,
    };
    let mut rows = Rows::default();
    while let Some(row) = sheet.next()? {
        rows.all += 1;
        // A name that is not text is that of a practice which nobody can have read.
        let name = str::from_utf8(row.field(practice)?).unwrap_or_default();
        let until = until.map(|place| table.ends.last_day(row, place)).transpose()?.flatten();
        let died = died.map(|(flag, place)| flag.is_set(row, place)).transpose()?;
        let patient = row.field(patient)?;
        match key(patient) {
            Some(patient) => {
                let died = died.unwrap_or(false);
                history.registered(patient, &Registration { practice: name, until, died });
            }
            None if patient.is_empty() => rows.unkeyed += 1,
            None => return Err(row.fault(TableFault::UnknownPatient)),
        }
    }
    Ok(rows)
}

impl Ends {
    fn last_day(&self, row: Row<'_>, place: usize) -> Result<Option<Date>, TableError> {
        let Self::Column { dates, open, .. } = self else { return Ok(None) };
        let field = row.field(place)?;
        let is_open = field.is_empty()
            || is_word_for_none(field)
            || open.iter().any(|value| value.as_bytes() == field)
            || DateFormat::Iso.read(field) == Some(NO_END);
        if is_open {
            return Ok(None);
        }
        dates.read(field).map(Some).ok_or_else(|| row.fault(TableFault::Date))
    }
}
