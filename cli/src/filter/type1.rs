//! The Type 1 status of people, from coded entries.

use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;
use std::path::Path;

use optout::Date;
use optout::record::list::pseudonym;
use optout::record::type1::table::{
    DateFormat, Flag, Practices, Rows, Systems, Table, read as read_entries, read_registrations,
};
use optout::record::type1::{EntryState, History, Ignored};
use optout::record::{Key, List, NhsNumber};
use optout::release::audit::Source;

use super::plan::{ColumnName, Dates, FlagTable, NamedBy, Type1Table};
use super::sources::{self, Sources, nobody};
use crate::error::Error;

/// Reads the entries, and the registrations where they are given.
pub(super) fn read(
    table: &Type1Table,
    by: NamedBy,
    folder: &Path,
    on: Date,
    into: &mut Sources,
) -> Result<List, Error> {
    match by {
        NamedBy::NhsNumber => {
            read_by(table, by, folder, on, into, |field| NhsNumber::parse(field).ok())
        }
        NamedBy::Key => read_by(table, by, folder, on, into, |field| {
            pseudonym(field).ok().map(Box::<[u8]>::from)
        }),
    }
}

fn read_by<K: Clone + Eq + Hash>(
    table: &Type1Table,
    by: NamedBy,
    folder: &Path,
    on: Date,
    into: &mut Sources,
    mut key: impl FnMut(&[u8]) -> Option<K>,
) -> Result<List, Error>
where
    for<'k> Key<'k>: From<&'k K>,
{
    let path = folder.join(&table.entries);
    let shown = path.display().to_string();
    let mut history = History::new(on);
    for practice in &table.practices_read {
        history.practice_read(practice);
    }
    let layout = layout(table)?;
    let (rows, entries) = sources::read(&path, |reader| {
        read_entries(reader, &layout, &mut history, &mut key)
            .map_err(|error| Error::new(format!("{shown}: {error}")).hint(HINT))
    })?;
    if rows.all == 0 && !table.may_be_empty {
        return Err(Error::new(format!("{shown}: there are no entries")).hint(
            "check the file; say `may-be-empty = true` when the practices have none of anybody",
        ));
    }
    let mut registrations = None;
    let may_match_nobody = table.may_match_nobody;
    if let Some(table) = &table.registrations {
        let path = folder.join(&table.file);
        let shown = path.display().to_string();
        let dialect = table.dialect().map_err(Error::new)?;
        let (patient, practice) = (table.patient.column(), table.practice.column());
        let columns = [&patient, &practice];
        let of_entries: HashSet<_> = match by {
            NamedBy::NhsNumber => HashSet::new(),
            NamedBy::Key => history.statuses().map(|(key, _)| key.clone()).collect(),
        };
        let mut met = of_entries.is_empty() || may_match_nobody;
        registrations = Some(sources::read(&path, |reader| {
            let key = |field: &[u8]| {
                let key = key(field);
                // One key of both is enough: it shows that their keys are of one form.
                met |= key.as_ref().is_some_and(|key| of_entries.contains(key));
                key
            };
            read_registrations(reader, dialect, columns, &mut history, key)
                .map_err(|error| Error::new(format!("{shown}: {error}")).hint(HINT))
        })?);
        if !met {
            return Err(Error::new(format!("{shown}: nobody who has an entry is registered")).hint(
                "compare the keys of both files: the column, capitals, a prefix; say `may-match-nobody = true` in [type1] when they are of one form and nobody is meant to match",
            ));
        }
    }
    let list = List::of_history(&history, nobody(by));
    let report = history.report();
    let ignored = Ignored::ALL
        .iter()
        .map(|why| (why.code().to_owned(), report.ignored(*why)))
        .filter(|(_, entries)| *entries > 0);
    let source = |kind: &str, file, rows: Rows| Source {
        kind: kind.to_owned(),
        file,
        people: list.people(),
        opted_out: list.chose(),
        rows: Some(rows.into()),
        matched: None,
        ignored: ignored.clone().collect(),
        others: None,
        checked: None,
        max_age_days: None,
    };
    if report.unconfirmed_withdrawals > 0 {
        into.warnings.push(format!(
            "withdrawals of Type 1 opt-outs by the SNOMED CT code 827261000000102: {}; its meaning is not confirmed (grade C), so look it up in TRUD",
            report.unconfirmed_withdrawals
        ));
    }
    into.recorded.push(source("type1-entries", entries, rows));
    into.recorded.extend(registrations.map(|(rows, file)| Source {
        ignored: BTreeMap::default(),
        ..source("registrations", file, rows)
    }));
    Ok(list)
}

const HINT: &str = "a Type 1 opt-out that is passed over would be lost, so nothing is released until every row can be read";

/// Where the table says what.
fn layout(table: &Type1Table) -> Result<Table, Error> {
    let file = table.entries.display();
    let systems = match (table.system, &table.system_column) {
        (Some(system), None) if table.systems.is_empty() => Systems::Always(system),
        (None, Some(column)) if !table.systems.is_empty() => {
            let systems = table.systems.iter().map(|(value, system)| (value.clone(), *system));
            Systems::Column(column.column(), systems.collect())
        }
        _ => {
            return Err(Error::new(format!("{file}: nothing says of what system the codes are"))
                .hint("`system = \"read-v2\"` for all of them; or `system-column` and, under [type1.systems], what each of its values is"));
        }
    };
    let flag = |flag: &FlagTable, state| Flag {
        column: flag.column.column(),
        set: flag.set.clone(),
        clear: flag.clear.clone(),
        state,
    };
    let deleted = table.deleted.iter().map(|table| flag(table, EntryState::Deleted));
    let wrong = table.entered_in_error.iter().map(|table| flag(table, EntryState::EnteredInError));
    Ok(Table {
        dialect: table.dialect().map_err(Error::new)?,
        patient: table.patient.column(),
        code: table.code.column(),
        systems,
        date: table.date.column(),
        dates: match table.dates {
            Dates::Iso => DateFormat::Iso,
            Dates::IsoBasic => DateFormat::IsoBasic,
            Dates::DayMonthYear => DateFormat::DayMonthYear,
            Dates::DayMonthName => DateFormat::DayMonthName,
        },
        undated: table.undated.clone(),
        practices: Practices::Column(ColumnName::column(&table.practice)),
        flags: deleted.chain(wrong).collect(),
    })
}
