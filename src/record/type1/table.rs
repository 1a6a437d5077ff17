//! Coded histories as a table of CSV, one entry a row, as an analyst exports them.

use core::hash::Hash;
use std::io::Read;
use std::string::String;
use std::vec::Vec;

pub use super::date_format::DateFormat;
use super::{CodeError, CodeSystem, Effect, Entry, EntryState, History, Recognised, recognise};
use crate::Date;
use crate::record::columns::{Column, Dialect, Row, Sheet, TableError, TableFault};

/// Where the code system of an entry is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Systems {
    /// Every code is of this system.
    Always(CodeSystem),
    /// A column says it, with these values, letter for letter. A row with another value is of no
    /// system known here; a Type 1 code in such a row is an error.
    Column(Column, Vec<(String, CodeSystem)>),
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

/// A column that marks entries which do not stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The column.
    pub column: Column,
    /// The values that mark an entry, letter for letter, such as `true`.
    pub set: Vec<String>,
    /// The values that do not, such as `false` or nothing. Any other value is an error.
    pub clear: Vec<String>,
    /// What a marked entry is.
    pub state: EntryState,
}

/// Where a table says what. Nothing is guessed from the name of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// How the table is written.
    pub dialect: Dialect,
    /// The patient's key.
    pub patient: Column,
    /// The code.
    pub code: Column,
    /// The system of the code.
    pub systems: Systems,
    /// The day of the entry.
    pub date: Column,
    /// How the day is written.
    pub dates: DateFormat,
    /// Values of the date that stand for none, such as `NULL`. An empty field always does.
    pub undated: Vec<String>,
    /// The practice.
    pub practices: Practices,
    /// The columns that mark entries as deleted or entered in error.
    pub flags: Vec<Flag>,
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
/// Dates and flags are read only where the code is a Type 1 code.
///
/// The practices that were read must be stated before ([`History::practice_read`]). An entry whose
/// key is there and cannot be read may be the only trace of a patient at another practice, who would
/// then seem to have no Type 1 opt-out; at a practice that was read it could at most be a withdrawal.
///
/// # Errors
/// The first row that cannot be read; that is a dissent of a patient who cannot be known; that has a key
/// which cannot be read, and no practice that was read; or that holds another entry in a text of several
/// lines. And a column that is not there. The history must not be used then.
pub fn read<K: Eq + Hash>(
    reader: impl Read,
    table: &Table,
    history: &mut History<K>,
    mut key: impl FnMut(&[u8]) -> Option<K>,
) -> Result<Rows, TableError> {
    let mut sheet = Sheet::open(reader, table.dialect)?;
    let places = Places::find(table, &mut sheet)?;
    let is_code =
        |name: &Vec<u8>| CodeSystem::ALL.iter().any(|system| is_like_type1(*system, name));
    if sheet.names().iter().any(is_code) {
        return Err(TableError::CodeInHeader);
    }
    let mut rows = Rows::default();
    while let Some(row) = sheet.next()? {
        rows.all += 1;
        if row.texts().any(|text| hides_an_entry(text, table.dialect.delimiter)) {
            return Err(row.fault(TableFault::Swallowed));
        }
        let given = row.field(places.patient)?;
        let patient = key(given);
        let entry = places.entry(table, row)?;
        let practice = places.practice(table, row)?;
        rows.other_systems += u64::from(entry.is_none());
        let fault = |error| row.fault(TableFault::Code(error));
        match (patient, entry) {
            (Some(patient), Some(entry)) => {
                history.entry(patient, &entry).map_err(fault)?;
            }
            (Some(patient), None) => history.seen(patient, practice),
            (None, Some(entry)) if history.effect(&entry).map_err(fault)? == Effect::Dissent => {
                return Err(row.fault(TableFault::Unkeyed));
            }
            (None, _) if !given.is_empty() && !practice.is_some_and(|at| history.is_read(at)) => {
                return Err(row.fault(TableFault::UnknownPatient));
            }
            (None, _) => rows.unkeyed += 1,
        }
    }
    Ok(rows)
}

/// Reads a table of registrations, a patient and a practice a row, into a history. A row whose
/// patient is empty is passed over and counted.
///
/// # Errors
/// The first row that cannot be read, or whose patient cannot be known, who may have been at a
/// practice that nobody read; and a column that is not there.
pub fn read_registrations<K: Eq + Hash>(
    reader: impl Read,
    dialect: Dialect,
    [patient, practice]: [&Column; 2],
    history: &mut History<K>,
    mut key: impl FnMut(&[u8]) -> Option<K>,
) -> Result<Rows, TableError> {
    let mut sheet = Sheet::open(reader, dialect)?;
    let [patient, practice] = [sheet.person(patient)?, sheet.place(practice)?];
    let mut rows = Rows::default();
    while let Some(row) = sheet.next()? {
        rows.all += 1;
        // A name that is not text is that of a practice which nobody can have read.
        let name = str::from_utf8(row.field(practice)?).unwrap_or_default();
        let patient = row.field(patient)?;
        match key(patient) {
            Some(patient) => history.registered(patient, name),
            None if patient.is_empty() => rows.unkeyed += 1,
            None => return Err(row.fault(TableFault::UnknownPatient)),
        }
    }
    Ok(rows)
}

/// The columns of a table by their places.
struct Places {
    patient: usize,
    code: usize,
    system: Option<usize>,
    date: usize,
    practice: Option<usize>,
    flags: Vec<usize>,
}

impl Places {
    fn find<R: Read>(table: &Table, sheet: &mut Sheet<R>) -> Result<Self, TableError> {
        Ok(Self {
            patient: sheet.person(&table.patient)?,
            code: sheet.place(&table.code)?,
            system: match &table.systems {
                Systems::Always(_) => None,
                Systems::Column(column, _) => Some(sheet.place(column)?),
            },
            date: sheet.place(&table.date)?,
            practice: match &table.practices {
                Practices::Always(_) | Practices::Unnamed => None,
                Practices::Column(column) => Some(sheet.place(column)?),
            },
            flags: table
                .flags
                .iter()
                .map(|flag| sheet.place(&flag.column))
                .collect::<Result<_, _>>()?,
        })
    }

    /// The entry of a row; none where its system is not known here.
    fn entry<'a>(&self, table: &'a Table, row: Row<'a>) -> Result<Option<Entry<'a>>, TableError> {
        let code = row.field(self.code)?;
        let Some(system) = self.system(table, row)? else {
            // Its meaning in every system, so that no dissent is lost to a value not declared.
            let type1 = CodeSystem::ALL.iter().any(|system| is_like_type1(*system, code));
            return if type1 { Err(row.fault(TableFault::System)) } else { Ok(None) };
        };
        let mut entry = Entry::new(system, code);
        entry.practice = self.practice(table, row)?;
        if is_type1(system, code) {
            entry.date = self.date(table, row)?;
            entry.state = self.state(table, row)?;
        }
        Ok(Some(entry))
    }

    fn system(&self, table: &Table, row: Row<'_>) -> Result<Option<CodeSystem>, TableError> {
        match (&table.systems, self.system) {
            (Systems::Always(system), _) => Ok(Some(*system)),
            (Systems::Column(_, values), Some(place)) => {
                let given = row.field(place)?;
                let mut values = values.iter();
                let value = values.find(|(value, _)| value.as_bytes() == given);
                Ok(value.map(|(_, system)| *system))
            }
            (Systems::Column(..), None) => Ok(None),
        }
    }

    fn practice<'a>(&self, table: &'a Table, row: Row<'a>) -> Result<Option<&'a str>, TableError> {
        if let Practices::Always(practice) = &table.practices {
            return Ok(Some(practice));
        }
        let Some(place) = self.practice else { return Ok(None) };
        let practice = str::from_utf8(row.field(place)?).ok();
        Ok(practice.filter(|practice| !practice.is_empty()))
    }

    fn date(&self, table: &Table, row: Row<'_>) -> Result<Option<Date>, TableError> {
        let field = row.field(self.date)?;
        if field.is_empty() || table.undated.iter().any(|value| value.as_bytes() == field) {
            return Ok(None);
        }
        match table.dates.read(field) {
            Some(date) => Ok(Some(date)),
            None => Err(row.fault(TableFault::Date)),
        }
    }

    fn state(&self, table: &Table, row: Row<'_>) -> Result<EntryState, TableError> {
        let mut state = EntryState::Current;
        for (flag, place) in table.flags.iter().zip(&self.flags) {
            let field = row.field(*place)?;
            let is = |values: &[String]| values.iter().any(|value| value.as_bytes() == field);
            if is(&flag.set) {
                state = flag.state;
            } else if !is(&flag.clear) {
                return Err(row.fault(TableFault::Flag));
            }
        }
        Ok(state)
    }
}

fn is_type1(system: CodeSystem, code: &[u8]) -> bool {
    matches!(recognise(system, code), Ok(Recognised::Dissent | Recognised::Withdrawal))
}

/// Whether a text of several lines has a Type 1 code where a field would be. Stray quotes have then
/// joined rows, and the patient of one, who need not be readable, would be lost with its dissent.
fn hides_an_entry(text: &[u8], delimiter: u8) -> bool {
    let mut fields = text.split(|byte| *byte == b'\n' || *byte == delimiter);
    fields.any(|mut field| {
        while let [b'"' | b' ' | b'\r', rest @ ..] | [rest @ .., b'"' | b' ' | b'\r'] = field {
            field = rest;
        }
        CodeSystem::ALL.iter().any(|system| is_type1(*system, field))
    })
}

/// Whether it is a Type 1 code, or too like one to be passed over.
fn is_like_type1(system: CodeSystem, code: &[u8]) -> bool {
    match recognise(system, code) {
        Ok(recognised) => matches!(recognised, Recognised::Dissent | Recognised::Withdrawal),
        // In a system that is not SNOMED CT, `8E10` may be any code.
        Err(error) => error != CodeError::Rounded,
    }
}
