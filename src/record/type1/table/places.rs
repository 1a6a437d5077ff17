//! The columns of a table of entries by their places, and what a row says in them.

use std::io::Read;
use std::vec::Vec;

use super::{Codes, Practices, Table, is_like_type1};
use crate::Date;
use crate::record::columns::{Row, Sheet, TableError, TableFault};
use crate::record::type1::elsewhere::{Elsewhere, may_hold};
use crate::record::type1::readable::is_nothing;
use crate::record::type1::{CodeError, CodeSystem, Entry, EntryState, Recognised, recognise};

pub(super) struct Places {
    pub(super) patient: usize,
    codes: Vec<(usize, CodeSystem)>,
    /// The code whose system a column says, and that column.
    by_system: Option<(usize, usize)>,
    date: usize,
    practice: Option<usize>,
    flags: Vec<usize>,
}

/// A code, its system, and what it says.
#[derive(Clone, Copy)]
struct Coded<'a> {
    said: Recognised,
    system: CodeSystem,
    code: &'a [u8],
}

/// What a row says.
pub(super) struct Reading<'a> {
    /// The entry and what its code says; none where its system is not known here.
    pub(super) entry: Option<(Recognised, Entry<'a>)>,
    /// Whether it stands and has a Type 1 code in a field that is not read for it.
    pub(super) elsewhere: bool,
}

impl Places {
    pub(super) fn find<R: Read>(table: &Table, sheet: &mut Sheet<R>) -> Result<Self, TableError> {
        let (codes, by_system) = match &table.codes {
            Codes::Columns(columns) => {
                let place = |(column, system)| Ok((sheet.place(column)?, system));
                let columns = columns.iter().map(|(column, system)| (column, *system));
                (columns.map(place).collect::<Result<_, TableError>>()?, None)
            }
            Codes::BySystem { code, system, .. } => {
                (Vec::new(), Some((sheet.place(code)?, sheet.place(system)?)))
            }
        };
        Ok(Self {
            patient: sheet.person(&table.patient)?,
            codes,
            by_system,
            date: sheet.place(&table.date)?,
            practice: match &table.practices {
                Practices::Always(_) | Practices::Unnamed => None,
                Practices::Column(column) => Some(sheet.place(column)?),
            },
            flags: table
                .flags
                .iter()
                .map(|(flag, _)| sheet.place(&flag.column))
                .collect::<Result<_, _>>()?,
        })
    }

    pub(super) fn read<'a>(
        &self,
        table: &'a Table,
        row: Row<'a>,
    ) -> Result<Reading<'a>, TableError> {
        let code = self.code(table, row)?;
        let said = code.map(|coded| coded.said);
        let is_type1 = matches!(said, Some(Recognised::Dissent | Recognised::Withdrawal));
        let elsewhere = self.is_elsewhere(row, said);
        let state =
            if is_type1 || elsewhere { self.state(table, row)? } else { EntryState::Current };
        let entry = match code {
            None => None,
            Some(Coded { said, system, code }) => Some((
                said,
                Entry {
                    system,
                    code,
                    date: if is_type1 { self.date(table, row)? } else { None },
                    state,
                    practice: self.practice(table, row)?,
                },
            )),
        };
        Ok(Reading { entry, elsewhere: elsewhere && state == EntryState::Current })
    }

    /// The code of a row and what it says; none where its system is not known here.
    fn code<'a>(&self, table: &Table, row: Row<'a>) -> Result<Option<Coded<'a>>, TableError> {
        let read = |system, code| {
            let fault = |error: CodeError| row.fault(TableFault::Code(error));
            recognise(system, code).map_err(fault).map(|said| Coded { said, system, code })
        };
        if let Some((code, system)) = self.by_system {
            let code = row.field(code)?;
            return match system_of(table, row.field(system)?) {
                Some(system) => read(system, code).map(Some),
                // Its meaning in every system, so that no dissent is lost to a value not declared.
                None if is_like_type1(code) => Err(row.fault(TableFault::System)),
                // Where there is no code, its system says nothing.
                None if is_nothing(code) => read(CodeSystem::Snomed, code).map(Some),
                None => Ok(None),
            };
        }
        let mut best: Option<Coded<'_>> = None;
        for (place, system) in &self.codes {
            let coded = read(*system, row.field(*place)?)?;
            if best.is_none_or(|best| best.weight() < coded.weight()) {
                best = Some(coded);
            }
        }
        Ok(best)
    }

    /// Whether a field that is not read for codes has a Type 1 code which the row does not say.
    fn is_elsewhere(&self, row: Row<'_>, said: Option<Recognised>) -> bool {
        if said == Some(Recognised::Dissent) || !may_hold(row.whole()) {
            return false;
        }
        let is_code = |place: usize| {
            let mut codes = self.codes.iter().map(|(code, _)| *code);
            codes.any(|code| code == place) || self.by_system.is_some_and(|(code, _)| code == place)
        };
        let others = row.fields().enumerate().filter(|(place, _)| !is_code(*place));
        let found = others.fold(Elsewhere::default(), |found, (_, field)| found.or(field));
        if said == Some(Recognised::Withdrawal) { found.dissent } else { found.any }
    }

    pub(super) fn practice<'a>(
        &self,
        table: &'a Table,
        row: Row<'a>,
    ) -> Result<Option<&'a str>, TableError> {
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
        for ((flag, marked), place) in table.flags.iter().zip(&self.flags) {
            if flag.is_set(row, *place)? {
                state = *marked;
            }
        }
        Ok(state)
    }
}

/// The system that a value stands for.
fn system_of(table: &Table, given: &[u8]) -> Option<CodeSystem> {
    match &table.codes {
        Codes::Columns(_) => None,
        Codes::BySystem { values, .. } => {
            let mut values = values.iter();
            values.find(|(value, _)| value.as_bytes() == given).map(|(_, system)| *system)
        }
    }
}

impl Coded<'_> {
    /// Which code of a row stands for it: a dissent, then a withdrawal, then what was filled and cannot
    /// be read, then what says most.
    fn weight(self) -> u8 {
        match self.said {
            Recognised::Dissent => 6,
            Recognised::Withdrawal => 5,
            Recognised::Unreadable if !is_nothing(self.code) => 4,
            Recognised::Other(_) => 3,
            Recognised::Local => 2,
            Recognised::Unrelated => 1,
            Recognised::Unreadable => 0,
        }
    }
}
