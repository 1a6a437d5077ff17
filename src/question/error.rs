//! What is wrong with a question, said without repeating what could be a person's.

use std::fmt;
use std::format;
use std::string::{String, ToString};

use super::judge::MAX_LINE;
use crate::AssessError;
use crate::flow::FlowError;

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

/// The parser's message in the words of JSON.
///
/// The readers of questions refuse a value without repeating it, because it could be anything about a
/// patient. Should another reader repeat one, only its kind is kept here.
fn plain(message: &str) -> String {
    if let Some((field, wrong)) = message.split_once("invalid type: ")
        && let Some((found, expected)) = wrong.rsplit_once(", expected ")
    {
        let (field, expected) = match expected.split_once(": ") {
            Some((field, expected)) => (format!("{field}: "), expected),
            None => (field.to_string(), expected),
        };
        return format!("{field}expected {expected}, found {}", kind(found));
    }
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("missing key {key}");
    }
    if let Some(key) = message.strip_prefix("duplicate field ") {
        return format!("key {key} is given twice");
    }
    message.to_string()
}

/// What was found, without its value.
fn kind(found: &str) -> &'static str {
    let kinds = [
        ("string", "a string"),
        ("number", "a number"),
        ("boolean", "true or false"),
        ("null", "`null`"),
        ("sequence", "a list"),
        ("map", "an object"),
    ];
    let kind = kinds.iter().find(|(name, _)| found.starts_with(name));
    kind.map_or("another kind of value", |(_, kind)| kind)
}
