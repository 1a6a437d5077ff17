//! The ruling, the evidence and the checks of a record, judged anew; and its settings.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::Value;

use super::super::{Mode, Record, Source};
use crate::disclosure::{Bases, Conditions, Disclosure};
use crate::explain::Explanation;
use crate::extract::Outcome;
use crate::record::register::Freshness;
use crate::record::{ListOf, MaxAge, shown};
use crate::release::refers_to_nothing;
use crate::release::terms::{Terms, freshness};
use crate::{Date, Patient, Ruling, assess, flow};

/// What does not follow from the disclosure as this build decides it.
pub(super) fn anew(record: &Record, found: &mut Vec<String>) {
    let disclosure = serde_json::from_value::<Disclosure>(record.disclosure.clone());
    let Some(ruling) = disclosure.ok().and_then(|disclosure| assess(&disclosure).ok()) else {
        found.push("its disclosure cannot be judged".to_string());
        return;
    };
    let explained = serde_json::to_value(Explanation::of(&ruling));
    if !explained.is_ok_and(|explained| explained == record.ruling) {
        found.push("its ruling is not that of its disclosure".to_string());
    }
    let on = ruling.disclosure().on;
    if let Some(id) = &record.flow
        && !flow::find(id, on).is_ok_and(|flow| flow.disclosure(on) == *ruling.disclosure())
    {
        found.push("its disclosure is not that of its flow".to_string());
    }
    reasons(record, &ruling, found);
    if record.exit == 0 {
        terms(record, &ruling, found);
    }
}

/// Reasons that this ruling gives to nobody.
fn reasons(record: &Record, ruling: &Ruling, found: &mut Vec<String>) {
    let given: Vec<_> = (0..=u8::MAX)
        .map(|byte| ruling.decide(Patient::from_byte(byte)))
        .filter(|decision| !decision.is_allowed())
        .map(|decision| decision.reason().code())
        .collect();
    let of_field =
        [Outcome::IdentifierInvalid, Outcome::IdentifierPlaceholder, Outcome::IdentifierEmpty];
    let possible = |reason: &str| {
        given.contains(&reason) || of_field.iter().any(|outcome| outcome.code() == reason)
    };
    if !record.total.withheld.keys().all(|reason| possible(reason)) {
        found.push("its ruling withholds nobody for one of its reasons".to_string());
    }
}

/// What would have stopped the run.
fn terms(record: &Record, ruling: &Ruling, found: &mut Vec<String>) {
    let replay = record.mode == Mode::Replay;
    // A run that began at midnight may have taken the next day for today.
    let late = record.started.get(10..16) == Some("T23:59");
    let days: Vec<Date> = std::iter::once(&record.started)
        .chain(late.then_some(&record.finished))
        .filter_map(|time| time.get(..10)?.parse().ok())
        .collect();
    let refusals = |today: Date| {
        let terms = Terms { ruling, evidence: &record.evidence, today, replay };
        terms.check().err().unwrap_or_default()
    };
    let holds = days.iter().any(|today| refusals(*today).is_empty());
    if !holds {
        let all = days.first().map(|today| refusals(*today)).unwrap_or_default();
        found.extend(all.iter().map(ToString::to_string));
        if days.is_empty() {
            found.push("it does not say when it was".to_string());
        }
    }
    let known = || Bases::NEED_EVIDENCE.codes().chain(Conditions::NEED_EVIDENCE.codes());
    for evidence in &record.evidence {
        if refers_to_nothing(&evidence.reference) || !known().any(|code| code == evidence.assertion)
        {
            found.push(format!("its evidence for {} refers to nothing", evidence.assertion));
        }
    }
    let on = ruling.disclosure().on;
    let is_old = |source: &Source| {
        let check = source.checked.zip(source.max_age_days);
        check.is_some_and(|(checked, days)| {
            !matches!(freshness(checked, on, MaxAge::days(days)), Freshness::Fresh { .. })
        })
    };
    // To a register that is too old everybody is unknown, and another may answer.
    let is_register = |source: &Source| source.kind == "register";
    let answered = record.sources.iter().any(|source| is_register(source) && !is_old(source));
    for source in &record.sources {
        if is_old(source) && !(is_register(source) && answered) {
            found.push(format!("{} was too old, or checked later", source.file.file));
        }
    }
}

/// What the settings say otherwise than the tables and the sources.
pub(super) fn settings(record: &Record, found: &mut Vec<String>) {
    if record.exit != 0 {
        return;
    }
    let Some(settings) = &record.settings else {
        // A host without a request file has none.
        if record.request.is_some() {
            found.push("it has a request and no settings".to_string());
        }
        return;
    };
    tables(record, rows(settings, "table"), found);
    let of_kind = |kind: &'static str| record.sources.iter().filter(move |of| of.kind == kind);
    let is_list = |of: &&Source| ListOf::from_code(&of.kind).is_ok();
    let lists: Vec<_> = record.sources.iter().filter(is_list).collect();
    let registers: Vec<_> = of_kind("register").collect();
    let same = agree(rows(settings, "list"), &lists, |list, source| {
        text(list, "of") == Some(&source.kind) && source_is(list, source)
    });
    // A register itself says when it was checked.
    let same_registers = agree(rows(settings, "register"), &registers, |register, source| {
        source_is(register, &Source { checked: None, ..source.clone() })
    });
    let of_type1 = rows(settings, "type1").len() == of_kind("type1-entries").count();
    if !same || !same_registers || !of_type1 {
        found.push("its sources are not those of its settings".to_string());
    }
}

fn agree(settings: &[Value], sources: &[&Source], same: impl Fn(&Value, &Source) -> bool) -> bool {
    let mut pairs = settings.iter().zip(sources);
    settings.len() == sources.len() && pairs.all(|(setting, source)| same(setting, source))
}

/// The tables of a kind, of which there may be one or several.
fn rows<'v>(settings: &'v Value, key: &str) -> &'v [Value] {
    match settings.get(key) {
        None => &[],
        Some(Value::Array(rows)) => rows,
        Some(one) => std::slice::from_ref(one),
    }
}

fn text<'v>(of: &'v Value, key: &str) -> Option<&'v str> {
    of.get(key).and_then(Value::as_str)
}

/// Whether a recorded path is that of a setting, seen from the folder of the request. Where an NHS
/// number was masked, nothing tells.
fn is_of(path: &str, setting: Option<&str>) -> bool {
    let setting = setting.map(shown::masked);
    path.contains('#') || setting.is_some_and(|setting| path.ends_with(&setting))
}

fn source_is(setting: &Value, source: &Source) -> bool {
    is_of(&source.file.file, text(setting, "file"))
        && text(setting, "others") == source.others.as_deref()
        && setting.get("max-age-days").and_then(Value::as_u64) == source.max_age_days.map(u64::from)
        && text(setting, "checked").map(ToString::to_string)
            == source.checked.map(|day| day.to_string())
}

fn tables(record: &Record, settings: &[Value], found: &mut Vec<String>) {
    let columns = |setting: &Value| -> Vec<String> {
        let column = |column: &Value| column.as_str().map_or(column.to_string(), String::from);
        match setting.get("person") {
            Some(Value::Array(columns)) => columns.iter().map(column).collect(),
            Some(one) => std::vec![column(one)],
            None => Vec::new(),
        }
    };
    let same = settings.len() == record.tables.len()
        && settings.iter().zip(&record.tables).all(|(setting, table)| {
            let file = text(setting, "file");
            let base = file.and_then(|file| file.rsplit('/').next());
            let output = text(setting, "output").or(base);
            is_of(&table.input.file, file)
                && table.output.as_ref().is_none_or(|of| Some(of.file.as_str()) == output)
                && columns(setting) == table.people
        });
    if !same {
        found.push("its tables are not those of its settings".to_string());
    }
}
