//! The Type 1 status of people, from coded entries.

use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;
use std::path::Path;

use optout::Date;
use optout::record::columns::TableError;
use optout::record::list::pseudonym;
use optout::record::type1::table::{
    Ends, Practices, Registrations, Rows, Table, read as read_entries, read_practices,
    read_registrations,
};
use optout::record::type1::{EntryState, History, Ignored, Implausible};
use optout::record::{Key, List, NhsNumber};
use optout::release::audit::{Recorded, Source, SourceRows, Type1Counts};

use super::plan::{
    ColumnName, FlagTable, NamedBy, PracticesFile, PracticesRead, RegistrationsTable, Type1Table,
};
use super::sources::{self, Sources, nobody};
use crate::error::Error;

/// Stops where a statement that everybody is registered does not hold on these days.
pub(super) fn are_registered(
    table: &Type1Table,
    days: impl IntoIterator<Item = Date>,
) -> Result<(), Error> {
    let Some(all) = table.all_registered() else { return Ok(()) };
    days.into_iter().try_for_each(|day| all.check(day)).map_err(|error| {
        Error::new(format!("{}: {error}", table.entries.display())).hint(
            "export the registrations anew and say so with `all-registered-on`; or name the column of their last day (`until`)",
        )
    })
}

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

/// The files that were read.
struct Files {
    entries: (Rows, Recorded),
    registrations: Option<(Rows, Recorded)>,
    practices: Option<(u64, Recorded)>,
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
    let shown = folder.join(&table.entries).display().to_string();
    let mut history = History::new(on);
    let practices = match &table.practices_read {
        PracticesRead::Named(practices) => {
            for practice in practices {
                history.practice_read(practice);
            }
            None
        }
        PracticesRead::In(file) => Some(practices_in(file, folder, &mut history)?),
    };
    let layout = layout(table)?;
    let (rows, file) = sources::read(&folder.join(&table.entries), |reader| {
        read_entries(reader, &layout, &mut history, &mut key).map_err(unread(&shown))
    })?;
    if rows.all == 0 && !table.may_be_empty {
        return Err(Error::new(format!("{shown}: there are no entries")).hint(
            "check the file; say `may-be-empty = true` when the practices have none of anybody",
        ));
    }
    let registrations = match &table.registrations {
        Some(of) => Some(registered(table, of, by, folder, &mut history, key)?),
        None => None,
    };
    let doubts = history.plausible(&table.accepted()).map_err(|error| {
        let hint = hint(&error);
        Error::new(format!("{shown}: {error}")).hint(hint)
    })?;
    into.warnings.extend(doubts.iter().map(|doubt| format!("{shown}: {doubt}")));
    let report = history.report();
    if report.unconfirmed_withdrawals > 0 {
        into.warnings.push(format!(
            "withdrawals of Type 1 opt-outs by the SNOMED CT code 827261000000102: {}; its meaning is not confirmed (grade C), so look it up in TRUD",
            report.unconfirmed_withdrawals
        ));
    }
    if table.registrations.is_none() {
        into.warnings.push(format!(
            "{shown}: without `registrations` nobody is known to be registered with a practice that was read, so nobody is known to have no Type 1 opt-out"
        ));
    }
    let list = List::of_history(&history, nobody(by));
    let files = Files { entries: (rows, file), registrations, practices };
    into.recorded.extend(recorded(&history, &list, files));
    Ok(list)
}

/// Reads which practices were read in full.
fn practices_in<K: Eq + Hash>(
    table: &PracticesFile,
    folder: &Path,
    history: &mut History<K>,
) -> Result<(u64, Recorded), Error> {
    let path = folder.join(&table.file);
    let shown = path.display().to_string();
    let dialect = table.dialect().map_err(Error::new)?;
    let (rows, file) = sources::read(&path, |reader| {
        read_practices(reader, &dialect, &table.column.column(), history)
            .map_err(|error| Error::new(format!("{shown}: {error}")))
    })?;
    if rows == 0 {
        return Err(Error::new(format!("{shown}: there are no practices in it"))
            .hint("without practices that were read nobody is known to have no Type 1 opt-out"));
    }
    Ok((rows, file))
}

/// Reads who is, or was, registered where.
fn registered<K: Clone + Eq + Hash>(
    table: &Type1Table,
    of: &RegistrationsTable,
    by: NamedBy,
    folder: &Path,
    history: &mut History<K>,
    mut key: impl FnMut(&[u8]) -> Option<K>,
) -> Result<(Rows, Recorded), Error> {
    let path = folder.join(&of.file);
    let shown = path.display().to_string();
    let layout = Registrations {
        dialect: of.dialect().map_err(Error::new)?,
        patient: of.patient.column(),
        practice: of.practice.column(),
        ends: match &of.until {
            Some(until) => Ends::Column {
                until: until.column(),
                dates: table.dates.format(),
                open: table.undated.clone(),
                died: of.died.as_ref().map(FlagTable::flag),
            },
            None => Ends::None,
        },
    };
    let of_entries: HashSet<_> = match by {
        NamedBy::NhsNumber => HashSet::new(),
        NamedBy::Key => history.statuses().map(|(key, _)| key.clone()).collect(),
    };
    let mut met = of_entries.is_empty() || table.may_match_nobody;
    let read = sources::read(&path, |reader| {
        let key = |field: &[u8]| {
            let key = key(field);
            // One key of both is enough: it shows that their keys are of one form.
            met |= key.as_ref().is_some_and(|key| of_entries.contains(key));
            key
        };
        read_registrations(reader, &layout, history, key).map_err(unread(&shown))
    })?;
    if !met {
        return Err(Error::new(format!("{shown}: nobody who has an entry is registered")).hint(
            "compare the keys of both files: the column, capitals, a prefix; say `may-match-nobody = true` in [type1] when they are of one form and nobody is meant to match",
        ));
    }
    Ok(read)
}

/// What the record says of the files.
fn recorded<K: Eq + Hash>(history: &History<K>, list: &List, files: Files) -> Vec<Source> {
    let report = history.report();
    let source = |kind: &str, file, rows| Source {
        kind: kind.to_owned(),
        file,
        people: list.people(),
        opted_out: list.chose(),
        rows: Some(rows),
        matched: None,
        ignored: BTreeMap::new(),
        type1: None,
        others: None,
        checked: None,
        max_age_days: None,
    };
    let ignored = Ignored::ALL
        .iter()
        .map(|why| (why.code().to_owned(), report.ignored(*why)))
        .filter(|(_, entries)| *entries > 0);
    let (rows, file) = files.entries;
    let entries = Source {
        ignored: ignored.collect(),
        type1: Some(Type1Counts::new(&report, &history.people())),
        ..source("type1-entries", file, rows.into())
    };
    let registrations = files
        .registrations
        .map(|(rows, file)| source("registrations", file, SourceRows::from(rows)));
    let practices = files.practices.map(|(rows, file)| Source {
        people: 0,
        opted_out: 0,
        ..source("practices-read", file, SourceRows { rows, unkeyed: 0, other_systems: 0 })
    });
    [entries].into_iter().chain(registrations).chain(practices).collect()
}

fn unread(shown: &str) -> impl Fn(TableError) -> Error {
    move |error| {
        Error::new(format!("{shown}: {error}")).hint(
            "a Type 1 opt-out that is passed over would be lost, so nothing is released until every row can be read",
        )
    }
}

/// What to do about a history that cannot be what it is said to be.
fn hint(why: &Implausible) -> &'static str {
    match why {
        Implausible::Elsewhere { .. } => {
            "name the columns that hold the codes (`code = [\"read_2\", \"read_3\"]`), each with its `system`; no setting passes over this"
        }
        Implausible::Unreadable { .. } => {
            "look at `code`, `system` and the export; `unreadable-codes-at-most` accepts more, up to 50 per cent"
        }
        Implausible::UnreadableAt { .. } => {
            "look at the codes of these practices; leave them out of the entries and of `practices-read` until they can be read"
        }
        Implausible::NoType1 => {
            "look at `code`, `system` and the export; where each of the practices has none, name them all in `no-type1-at`"
        }
        Implausible::NoType1At { .. } => {
            "look at what these practices sent; where one truly has none, name it in `no-type1-at`"
        }
        Implausible::NothingOfRead { .. } => {
            "compare `practices-read` with the column of practices: capitals, spaces, another kind of code"
        }
        Implausible::NotRead { .. } | _ => {
            "`no-type1-at` names practices of `practices-read`, letter for letter"
        }
    }
}

/// Where the table says what.
fn layout(table: &Type1Table) -> Result<Table, Error> {
    let deleted = table.deleted.iter().map(|flag| (flag.flag(), EntryState::Deleted));
    let wrong = table.entered_in_error.iter().map(|flag| (flag.flag(), EntryState::EnteredInError));
    Ok(Table {
        dialect: table.dialect().map_err(Error::new)?,
        patient: table.patient.column(),
        codes: table.codes().map_err(Error::new)?,
        date: table.date.column(),
        dates: table.dates.format(),
        undated: table.undated.clone(),
        practices: Practices::Column(ColumnName::column(&table.practice)),
        flags: deleted.chain(wrong).collect(),
    })
}
