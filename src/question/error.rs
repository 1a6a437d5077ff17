//! What is wrong with a question, said without repeating what could be a person's.

use std::borrow::Cow;
use std::fmt;

use super::judge::MAX_LINE;
use super::reader::Stop;
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
    /// There is not enough memory to read the line.
    #[error("there is not enough memory to read the line")]
    NoMemory,
}

impl QuestionError {
    pub(super) fn of(stop: Stop, column: usize) -> Self {
        stop.words().map_or(Self::NoMemory, |message| Self::Json(JsonError { message, column }))
    }
}

/// Text that is not a question: not JSON, or JSON of another shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    message: Cow<'static, str>,
    column: usize,
}

impl JsonError {
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
