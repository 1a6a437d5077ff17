//! What a record says, held against the rest of it.

mod judged;

use std::collections::BTreeMap;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::{Mode, Record, Rows, Software};
use crate::extract::Outcome;
use crate::record::type1::Ignored;
use crate::record::{ListOf, Others};

/// The kinds of source that are no lists.
const SOURCES: [&str; 4] = ["register", "type1-entries", "registrations", "practices-read"];

/// What in a record contradicts the rest of it.
pub(super) fn contradictions(record: &Record) -> Vec<String> {
    let mut found = Vec::new();
    sums(record, &mut found);
    words(record, &mut found);
    outcome(record, &mut found);
    judged::settings(record, &mut found);
    if not_judged_anew(record).is_none() {
        judged::anew(record, &mut found);
    }
    found
}

/// Why the ruling is not judged anew, where it is not.
pub(super) fn not_judged_anew(record: &Record) -> Option<String> {
    let this = Software::this();
    (record.software != this).then(|| {
        let Software { name, version, policy_edition } = &record.software;
        format!(
            "its ruling, evidence and checks: it was written by {name} {version}, edition {policy_edition} of the policy, and this is {} {}, edition {}",
            this.name, this.version, this.policy_edition
        )
    })
}

fn sums(record: &Record, found: &mut Vec<String>) {
    let mut sum = Rows { rows: 0, kept: 0, withheld: BTreeMap::new(), without_identifier: 0 };
    for table in &record.tables {
        let Rows { rows, kept, withheld, without_identifier } = &table.rows;
        sum.rows = sum.rows.saturating_add(*rows);
        sum.kept = sum.kept.saturating_add(*kept);
        sum.without_identifier = sum.without_identifier.saturating_add(*without_identifier);
        for (reason, rows) in withheld {
            let all = sum.withheld.entry(reason.clone()).or_default();
            *all = all.saturating_add(*rows);
        }
        if !adds_up(&table.rows) {
            found.push(format!("the rows of {} do not add up", table.input.file));
        }
    }
    if !adds_up(&record.total) || sum != record.total {
        found.push("its total is not that of its tables".to_string());
    }
    for other in &record.compared {
        if !adds_up(&other.total) || (record.exit == 0 && other.total.rows != record.total.rows) {
            found.push(format!("the rows of the route {} do not add up", other.flow));
        }
    }
    for source in record.sources.iter().filter(|source| source.opted_out > source.people) {
        found.push(format!("more people of {} chose than there are", source.file.file));
    }
}

fn adds_up(rows: &Rows) -> bool {
    let withheld = rows.withheld.values().fold(0_u64, |all, rows| all.saturating_add(*rows));
    rows.kept.checked_add(withheld) == Some(rows.rows) && rows.without_identifier <= rows.rows
}

fn words(record: &Record, found: &mut Vec<String>) {
    let tables = record.tables.iter().map(|table| &table.rows);
    let others = record.compared.iter().map(|other| &other.total);
    let reasons = tables.chain([&record.total]).chain(others).flat_map(|rows| &rows.withheld);
    let unknown =
        |reason: &str| !Outcome::from_code(reason).is_ok_and(|outcome| outcome != Outcome::Kept);
    if reasons.into_iter().any(|(reason, rows)| *rows == 0 || unknown(reason)) {
        found.push("it gives a reason that is none, or that withheld no row".to_string());
    }
    for source in &record.sources {
        let kind = source.kind.as_str();
        if !SOURCES.contains(&kind) && ListOf::from_code(kind).is_err() {
            found.push("it names a kind of source that there is not".to_string());
        }
        let others = source.others.as_deref().is_none_or(|word| Others::from_code(word).is_ok());
        let mut ignored = source.ignored.keys();
        if !others || ignored.any(|why| Ignored::from_code(why).is_err()) {
            found.push(format!("it says of {} what there are no words for", source.file.file));
        }
    }
}

/// What was done, and what came of it.
fn outcome(record: &Record, found: &mut Vec<String>) {
    let outputs = record.tables.iter().filter(|table| table.output.is_some()).count();
    let mut wrong = |is: bool, what: &str| {
        if is {
            found.push(what.to_string());
        }
    };
    match (record.exit, &record.error) {
        (0, None) => {
            let expected = match record.mode {
                Mode::Release => record.tables.len(),
                Mode::DryRun | Mode::Replay => 0,
            };
            wrong(outputs != expected, "its outputs are not those of its mode");
            wrong(record.tables.is_empty(), "it names no table, and an exit status of 0");
        }
        (2, Some(_)) => {
            wrong(!record.tables.is_empty(), "it names an error, and tables that were decided");
        }
        _ => wrong(true, "its exit status and its error contradict each other"),
    }
    // The same form throughout, so that the order of texts is that of times.
    let apart = record.started.len() == record.finished.len() && record.started > record.finished;
    wrong(apart, "it ended before it began");
}
