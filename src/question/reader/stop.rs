//! Why reading stopped.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::string::String;

use serde::de::{Error, Expected, StdError, Unexpected};

/// Why reading stopped: in words, or for want of memory, which has none.
#[derive(Debug)]
pub(in crate::question) struct Stop(pub(super) Option<Cow<'static, str>>);

impl Stop {
    pub(super) const NO_MEMORY: Self = Self(None);

    /// The words; `None` where there was no memory, be it for the words.
    pub(in crate::question) fn words(self) -> Option<Cow<'static, str>> {
        self.0
    }

    pub(in crate::question) const fn is_no_memory(&self) -> bool {
        self.0.is_none()
    }

    fn of(words: fmt::Arguments<'_>) -> Self {
        let mut text = Growing(String::new());
        Self(text.write_fmt(words).is_ok().then_some(Cow::Owned(text.0)))
    }
}

/// A text that grows as long as there is memory.
struct Growing(String);

impl fmt::Write for Growing {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.try_reserve(text.len()).map_err(|_| fmt::Error)?;
        self.0.push_str(text);
        Ok(())
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without words, so that what would repeat them has none either.
        f.write_str(self.0.as_deref().ok_or(fmt::Error)?)
    }
}

impl StdError for Stop {}

/// In the words of JSON. What was found is said without its value, which could be anything about a
/// patient.
impl Error for Stop {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::of(format_args!("{message}"))
    }

    /// What is expected begins with the field, where it names one.
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let Self(Some(expected)) = Self::of(format_args!("{expected}")) else {
            return Self::NO_MEMORY;
        };
        let found = kind(found);
        match expected.split_once(": ") {
            Some((field, expected)) => {
                Self::of(format_args!("{field}: expected {expected}, found {found}"))
            }
            None => Self::of(format_args!("expected {expected}, found {found}")),
        }
    }

    fn missing_field(key: &'static str) -> Self {
        Self::of(format_args!("missing key `{key}`"))
    }

    fn duplicate_field(key: &'static str) -> Self {
        Self::of(format_args!("key `{key}` is given twice"))
    }
}

/// What was found, without its value.
fn kind(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Str(_) | Unexpected::Other("string") => "a string",
        Unexpected::Unsigned(_)
        | Unexpected::Signed(_)
        | Unexpected::Float(_)
        | Unexpected::Other("number") => "a number",
        Unexpected::Bool(_) => "true or false",
        Unexpected::Unit => "`null`",
        Unexpected::Seq => "a list",
        Unexpected::Map => "an object",
        Unexpected::Char(_)
        | Unexpected::Bytes(_)
        | Unexpected::Option
        | Unexpected::NewtypeStruct
        | Unexpected::Enum
        | Unexpected::UnitVariant
        | Unexpected::NewtypeVariant
        | Unexpected::TupleVariant
        | Unexpected::StructVariant
        | Unexpected::Other(_) => "another kind of value",
    }
}
