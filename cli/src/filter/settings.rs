//! What a request file says beyond the disclosure and the evidence, for the audit record.

use std::path::Path;

use optout::record::NhsNumber;
use serde_json::Value;
use toml::Value as Given;

/// The tables of a request file that tell how a release was made; the disclosure and the evidence
/// have places of their own in the record.
const OWN: [&str; 2] = ["disclosure", "evidence"];

/// Those tables as they are given, keys as they are written and dates as text.
///
/// # Errors
/// An NHS number in one of them, in the evidence or in the path of the file: it would stand in the
/// record.
pub(super) fn of(text: &str, path: &Path) -> Result<Value, String> {
    if names_a_person(&path.to_string_lossy()) {
        return Err(
            "the path of the request file holds an NHS number, which would stand in the audit record"
                .to_owned(),
        );
    }
    let tables: toml::Table = toml::from_str(text).map_err(|error| error.to_string())?;
    let all = tables.into_iter().map(|(key, given)| (key, json(given)));
    let mut settings: serde_json::Map<_, _> = all.collect();
    let named = settings.iter().find(|(_, value)| holds_a_person(value));
    if let Some((table, _)) = named {
        return Err(format!(
            "`{table}` of the request file holds an NHS number, which would stand in the audit record"
        ));
    }
    settings.retain(|table, _| !OWN.contains(&table.as_str()));
    Ok(Value::Object(settings))
}

fn json(given: Given) -> Value {
    match given {
        Given::String(text) => text.into(),
        Given::Integer(number) => number.into(),
        Given::Float(number) => number.into(),
        Given::Boolean(is) => is.into(),
        Given::Datetime(date) => date.to_string().into(),
        Given::Array(values) => values.into_iter().map(json).collect(),
        Given::Table(table) => table.into_iter().map(|(key, value)| (key, json(value))).collect(),
    }
}

fn holds_a_person(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => false,
        Value::Number(number) => names_a_person(&number.to_string()),
        Value::String(text) => names_a_person(text),
        Value::Array(values) => values.iter().any(holds_a_person),
        Value::Object(table) => {
            table.iter().any(|(key, value)| names_a_person(key) || holds_a_person(value))
        }
    }
}

/// Whether a text holds an NHS number: ten digits by themselves, or in groups with anything that is no
/// letter between them.
pub(super) fn names_a_person(text: &str) -> bool {
    let is = |digits: &[u8]| NhsNumber::parse(digits).is_ok();
    text.split(|c: char| !c.is_ascii_digit()).any(|digits| is(digits.as_bytes()))
        || text.as_bytes().windows(12).any(|window| {
            let apart = |at| {
                window
                    .get(at)
                    .is_some_and(|byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric())
            };
            let digits = window.iter().enumerate().filter(|(at, _)| ![3, 7].contains(at));
            apart(3) && apart(7) && is(&digits.map(|(_, byte)| *byte).collect::<Vec<_>>())
        })
}
