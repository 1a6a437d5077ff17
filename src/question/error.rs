//! What is wrong with a question, said without repeating what could be a person's.

use std::fmt;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::judge::MAX_LINE;
use crate::AssessError;
use crate::flow::FlowError;
use crate::vocabulary::{Given, nearest};

/// A line that cannot be judged. It is never a verdict.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// The line is longer than [`MAX_LINE`].
    #[error("the line is longer than {MAX_LINE} bytes")]
    TooLong,
    /// The line is not UTF-8 text.
    #[error("column {column}: not UTF-8 text")]
    NotUtf8 {
        /// The first byte that is not, counted from 1.
        column: usize,
    },
    /// The line is not a question.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The flow is not in the catalogue, or not on that day.
    #[error(transparent)]
    Flow(#[from] FlowError),
    /// The disclosure cannot be judged.
    #[error(transparent)]
    Assess(#[from] AssessError),
}

/// Text that is not a question: not JSON, or JSON of another shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    message: String,
    column: usize,
}

impl JsonError {
    pub(super) fn new(text: &str, error: &serde_json::Error) -> Self {
        // A line may be several lines to the parser, which then counts columns from the last.
        let before = text.split_inclusive('\n').take(error.line().saturating_sub(1));
        let column = before.map(str::len).sum::<usize>() + error.column().max(1);
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = message.strip_suffix(&place).unwrap_or(&message);
        Self { message: plain(message), column }
    }

    /// Where the parser stopped, in bytes from the start of the line, counted from 1.
    #[must_use]
    pub const fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.message)
    }
}

impl core::error::Error for JsonError {}

/// The parser's message in the words of JSON. Its own repeats the value that it did not expect,
/// which could be anything about a patient, so that only the kind of the value is kept.
fn plain(message: &str) -> String {
    let wrong = message.strip_prefix("invalid type: ").or(message.strip_prefix("invalid value: "));
    if let Some((found, expected)) = wrong.and_then(|rest| rest.rsplit_once(", expected ")) {
        let found = kind(found);
        return match expected.split_once(": ") {
            Some((field, expected)) => format!("{field}: expected {expected}, found {found}"),
            None => format!("expected {expected}, found {found}"),
        };
    }
    if let Some((key, accepted)) =
        message.strip_prefix("unknown field ").and_then(|rest| rest.rsplit_once(", expected "))
    {
        return unknown_key(key, accepted);
    }
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("missing key {key}");
    }
    if let Some(key) = message.strip_prefix("duplicate field ") {
        return format!("key {key} is given twice");
    }
    message.to_string()
}

/// What serde found, without its value.
fn kind(found: &str) -> &'static str {
    let kinds = [
        ("boolean", "true or false"),
        ("integer", "a number"),
        ("floating point", "a number"),
        ("number", "a number"),
        ("a number", "a number"),
        ("text", "a string"),
        ("string", "a string"),
        ("null", "`null`"),
        ("sequence", "a list"),
        ("map", "an object"),
    ];
    kinds
        .iter()
        .find(|(name, _)| found.starts_with(name))
        .map_or("something else", |(_, kind)| kind)
}

fn unknown_key(key: &str, accepted: &str) -> String {
    let key = key.trim_matches('`');
    let accepted: Vec<_> = accepted.split('`').skip(1).step_by(2).collect();
    let meant = nearest(key, &accepted)
        .map_or_else(String::new, |nearest| format!(", did you mean `{nearest}`?"));
    format!("unknown key {}{meant} (accepted: {})", Given::text(key), accepted.join(", "))
}
