//! Coded histories as a table of CSV, one entry a row, as an analyst exports them.

use core::hash::Hash;
use std::io::Read;
use std::string::String;
use std::vec::Vec;

mod flag;
mod places;
mod practices;
mod registrations;

pub use flag::Flag;
pub use practices::read_practices;
pub use registrations::{Ends, Registrations, read_registrations};

use places::{Places, Reading};

pub use super::date_format::DateFormat;
use super::{CodeSystem, Effect, EntryState, History, Recognised, recognise};
use crate::record::columns::{Column, Dialect, Fault, Sheet, TableError, TableFault};
use crate::record::form;

/// Where the codes of an entry are, and of what system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Codes {
    /// In these columns, each of one system. Of several that are filled all are read, and a dissent
    /// prevails.
    Columns(Vec<(Column, CodeSystem)>),
    /// In one column, whose system another says.
    BySystem {
        /// The codes.
        code: Column,
        /// The systems.
        system: Column,
        /// What each value of theirs means, letter for letter. A row with another value is of no system
        /// known here; a Type 1 code in such a row is an error.
        values: Vec<(String, CodeSystem)>,
    },
}

/// Where the practice of an entry is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Practices {
    /// Every entry is in the records of this practice.
    Always(String),
    /// A column says it.
    Column(Column),
    /// Nothing says it, so that nobody can be known to have no Type 1 opt-out.
    Unnamed,
}

/// Where a table says what. Nothing is guessed from the name of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// How the table is written.
    pub dialect: Dialect,
    /// The patient's key.
    pub patient: Column,
    /// The codes.
    pub codes: Codes,
    /// The day of the entry.
    pub date: Column,
    /// How the day is written.
    pub dates: DateFormat,
    /// Values of the date that stand for none, such as `NULL`. An empty field always does.
    pub undated: Vec<String>,
    /// The practice.
    pub practices: Practices,
    /// The columns that mark entries which do not stand, and what a marked entry is.
    pub flags: Vec<(Flag, EntryState)>,
}

/// How many rows there were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Rows {
    /// All.
    pub all: u64,
    /// Those without a patient that can be known, none of which is a dissent. Where there is a key
    /// which cannot be read, each of them is of a practice that was read.
    pub unkeyed: u64,
    /// Those with a code of a system that is not known here.
    pub other_systems: u64,
}

/// Reads a table to its end into a history. `key` makes a patient's key of a field, such as
/// `|field| NhsNumber::parse(field).ok()`; spaces around the field are gone by then.
///
/// Dates are read only where the code is a Type 1 code, and flags also where one is in another field.
/// A row that is no dissent and has a Type 1 code in another field, whole or as a word, leaves its
/// patient unknown ([`History::elsewhere`]); of a row that is a withdrawal, only a dissent that is a
/// whole field does.
///
/// The practices that were read must be stated before ([`History::practice_read`]). An entry whose
/// key is there and cannot be read may be the only trace of a patient at another practice, who would
/// then seem to have no Type 1 opt-out; at a practice that was read it could at most be a withdrawal.
/// Whether the history can be what it is said to be is for [`History::plausible`] to say, once all of
/// it and the registrations were read.
///
/// # Errors
/// The first row that cannot be read; that is a dissent of a patient who cannot be known, or has a Type 1
/// code elsewhere; that has a key which cannot be read, and no practice that was read; or that holds
/// another entry in a text of several lines. And a column that is not there. The history must not be
/// used then.
pub fn read<K: Clone + Eq + Hash>(
    reader: impl Read,
    table: &Table,
    history: &mut History<K>,
    mut key: impl FnMut(&[u8]) -> Option<K>,
) -> Result<Rows, TableError> {
    let mut sheet = Sheet::open(reader, &table.dialect, form::ANY)?;
    let places = Places::find(table, &mut sheet)?;
    if sheet.names().iter().any(|name| is_like_type1(name)) {
        return Err(TableError::CodeInHeader);
    }
    let mut rows = Rows::default();
    while let Some(row) = sheet.next()? {
        rows.all += 1;
        if row.texts().any(|text| hides_an_entry(text, table.dialect.delimiter)) {
            return Err(row.fault(TableFault::Form(Fault::Joined)));
        }
        let given = row.field(places.patient)?;
        let patient = key(given);
        let Reading { entry, elsewhere } = places.read(table, row)?;
        let practice = places.practice(table, row)?;
        rows.other_systems += u64::from(entry.is_none());
        let said = entry.as_ref().map(|(said, _)| *said);
        let Some(patient) = patient else {
            let effect = entry.map(|(said, entry)| entry.effect_of(said, history.on()));
            if elsewhere || effect == Some(Effect::Dissent) {
                return Err(row.fault(TableFault::Unkeyed));
            }
            if !given.is_empty() && !practice.is_some_and(|at| history.is_read(at)) {
                return Err(row.fault(TableFault::UnknownPatient));
            }
            history.passed(practice, said);
            rows.unkeyed += 1;
            continue;
        };
        if elsewhere {
            history.elsewhere(patient.clone());
        }
        match entry {
            Some((said, entry)) => {
                history.take(patient, &entry, said);
            }
            None => history.seen(patient, practice),
        }
    }
    Ok(rows)
}

/// Whether a text of several lines has a Type 1 code where a field would be. Stray quotes have then
/// joined rows, and the patient of one, who need not be readable, would be lost with its dissent.
fn hides_an_entry(text: &[u8], delimiter: u8) -> bool {
    let mut fields = text.split(|byte| *byte == b'\n' || *byte == delimiter);
    fields.any(|mut field| {
        while let [b'"' | b' ' | b'\r', rest @ ..] | [rest @ .., b'"' | b' ' | b'\r'] = field {
            field = rest;
        }
        let is_type1 = |said| matches!(said, Ok(Recognised::Dissent | Recognised::Withdrawal));
        CodeSystem::ALL.iter().any(|system| is_type1(recognise(*system, field)))
    })
}

/// Whether it is a Type 1 code of any system, or too like one to be passed over.
fn is_like_type1(code: &[u8]) -> bool {
    // Of whichever system, because a Type 1 code of another is an error.
    !matches!(
        recognise(CodeSystem::ReadV2, code),
        Ok(Recognised::Other(_)
            | Recognised::Local
            | Recognised::Unreadable
            | Recognised::Unrelated)
    )
}
