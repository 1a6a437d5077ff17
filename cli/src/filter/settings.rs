//! What a request file says beyond the disclosure and the evidence, for the audit record.

use serde_json::Value;
use toml::Value as Given;

use optout::record::shown::names_a_person;

/// The tables of a request file that tell how a release was made; the disclosure and the evidence
/// have places of their own in the record.
const OWN: [&str; 2] = ["disclosure", "evidence"];

/// Those tables as they are given, keys as they are written and dates as text.
///
/// # Errors
/// An NHS number in one of them or in the evidence, by the name of the table: it would stand in the
/// record.
pub(super) fn of(text: &str) -> Result<Value, String> {
    let tables: toml::Table =
        toml::from_str(text).map_err(|_| "the request file is not TOML".to_owned())?;
    let all = tables.into_iter().map(|(key, given)| (key, json(given)));
    let mut settings: serde_json::Map<_, _> = all.collect();
    let named = settings.iter().find(|(_, value)| holds_a_person(value));
    if let Some((table, _)) = named {
        return Err(format!(
            "`{table}` of the request file holds an NHS number, which would stand in the audit record; write it otherwise"
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
