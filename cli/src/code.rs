//! Codes of the vocabulary as values of flags: completed, explained in `--help`, and refused with
//! what is accepted and the nearest code.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::marker::PhantomData;
use std::ops::BitOr;
use std::path::{Path, PathBuf};

use clap::builder::{
    PathBufValueParser, PossibleValue, StringValueParser, StyledStr, TypedValueParser,
};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use optout::flow;
use optout::record::shown::is_misleading;
use optout::{
    Bases, Boundary, Conditions, Date, Identifiability, National, Origin, Programme, Purpose,
    PurposeError, Type1, UnknownCode,
};

/// Says that a set is empty, where saying nothing could be an oversight.
pub(crate) const NONE: &str = "none";

/// A kind of code.
pub(crate) trait Code: Clone + Send + Sync + 'static {
    fn read(code: &str) -> Result<Self, Refused>;
    /// Every code with its meaning.
    fn table() -> Vec<(&'static str, &'static str)>;
}

/// A set of codes, each of them a set of one.
pub(crate) trait CodeSet: Code + Copy + PartialEq + BitOr<Output = Self> {
    const EMPTY: Self;
    /// The code of a set of one; that of nothing for the empty set.
    fn code(self) -> &'static str;
}

/// Why a code is not accepted, as far as it is more than not in the table.
#[derive(Default)]
pub(crate) struct Refused {
    nearest: Option<&'static str>,
    /// The codes that it may stand for, when it is one of HL7's that fits several.
    candidates: Vec<String>,
}

impl From<UnknownCode> for Refused {
    fn from(unknown: UnknownCode) -> Self {
        Self { nearest: unknown.nearest(), candidates: Vec::new() }
    }
}

macro_rules! codes {
    ($($name:ident)+) => {$(
        impl Code for $name {
            fn read(code: &str) -> Result<Self, Refused> {
                Self::from_code(code).map_err(Refused::from)
            }
            fn table() -> Vec<(&'static str, &'static str)> {
                Self::ALL.iter().map(|value| (value.code(), value.meaning())).collect()
            }
        }
    )+};
}
codes! { Origin Boundary Identifiability Type1 National Programme }

impl Code for Purpose {
    fn read(code: &str) -> Result<Self, Refused> {
        Self::parse(code).map_err(|error| match error {
            PurposeError::Unknown(unknown) => Refused::from(unknown),
            PurposeError::Ambiguous(ambiguous) => Refused {
                candidates: ambiguous.candidates().iter().map(ToString::to_string).collect(),
                ..Refused::default()
            },
            _ => Refused::default(),
        })
    }
    fn table() -> Vec<(&'static str, &'static str)> {
        Self::ALL.iter().map(|value| (value.code(), value.meaning())).collect()
    }
}

macro_rules! code_sets {
    ($($name:ident, $none:literal;)+) => {$(
        impl Code for $name {
            fn read(code: &str) -> Result<Self, Refused> {
                if code == NONE {
                    return Ok(Self::empty());
                }
                Self::from_code(code).map_err(Refused::from)
            }
            fn table() -> Vec<(&'static str, &'static str)> {
                let codes = Self::TABLE.iter().map(|(_, code, meaning)| (*code, *meaning));
                codes.chain([(NONE, $none)]).collect()
            }
        }

        impl CodeSet for $name {
            const EMPTY: Self = Self::empty();
            fn code(self) -> &'static str {
                self.codes().next().unwrap_or(NONE)
            }
        }
    )+};
}
code_sets! {
    Bases, "nothing is relied on";
    Conditions, "nothing is asserted";
}

/// Reads a code as the value of a flag.
pub(crate) struct Codes<T>(PhantomData<fn() -> T>);

impl<T> Codes<T> {
    pub(crate) const NEW: Self = Self(PhantomData);
}

impl<T> Clone for Codes<T> {
    fn clone(&self) -> Self {
        Self::NEW
    }
}

impl<T: Code> TypedValueParser for Codes<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        let value = value.to_string_lossy();
        T::read(&value).map_err(|refused| refuse(command, arg, &value, refused, &T::table()))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values = T::table().into_iter();
        Some(Box::new(values.map(|(code, meaning)| PossibleValue::new(code).help(meaning))))
    }
}

fn refuse(
    command: &Command,
    arg: Option<&Arg>,
    value: &str,
    refused: Refused,
    table: &[(&'static str, &'static str)],
) -> clap::Error {
    let Refused { nearest, candidates } = refused;
    let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
    let mut say = |kind, value| error.insert(kind, value);
    if let Some(arg) = arg {
        say(ContextKind::InvalidArg, ContextValue::String(arg.to_string()));
    }
    say(ContextKind::InvalidValue, ContextValue::String(masked(value)));
    if let Some(nearest) = nearest {
        say(ContextKind::SuggestedValue, ContextValue::String(nearest.to_owned()));
    }
    let accepted = if candidates.is_empty() {
        table.iter().map(|(code, _)| (*code).to_owned()).collect()
    } else {
        let tip = StyledStr::from("the HL7 code fits several purposes: say which is meant");
        say(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
        candidates
    };
    say(ContextKind::ValidValue, ContextValue::Strings(accepted));
    error
}

/// Text with each digit as `#` where there are six or more: an NHS number or a date of birth in the
/// wrong place must not reach a log.
fn masked(text: &str) -> String {
    if text.chars().filter(|c| c.is_numeric()).count() < 6 {
        return text.to_owned();
    }
    text.chars().map(|c| if c.is_numeric() { '#' } else { c }).collect()
}

/// Takes any id of a flow, and completes those of the catalogue. An unknown one is refused with the
/// day in view.
#[derive(Clone)]
pub(crate) struct FlowId;

impl TypedValueParser for FlowId {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let flows: BTreeMap<_, _> = flow::all().map(|flow| (flow.id, flow.name)).collect();
        let values = flows.into_iter();
        Some(Box::new(values.map(|(id, name)| PossibleValue::new(id).help(name))))
    }
}

/// Reads a day as the value of a flag.
pub(crate) fn day(text: &str) -> Result<Date, &'static str> {
    text.parse()
        .map_err(|_| "not a day of the calendar; write it as year-month-day, such as 2026-06-01")
}

/// Reads the place of something that is written: `-` would be a file or folder of that name, and not
/// standard output.
pub(crate) fn place() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| {
        if path == Path::new("-") {
            return Err("what is written here goes to no stream; name a place, such as ./released");
        }
        if path.file_name().is_some_and(|name| name.to_string_lossy().chars().any(is_misleading)) {
            return Err(
                "the name has a control character in it, or one that moves others; name it without",
            );
        }
        Ok(path)
    })
}
