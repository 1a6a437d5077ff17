//! The request file: a disclosure in TOML, with what is on record for its assertions.

mod fault;
mod form;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use optout::question::{Parts, Subject};
use optout::record::shown::is_blank;
use optout::release::refers_to_nothing;
use optout::{Bases, Boundary, Conditions, Date, Identifiability, Origin, Purpose};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use toml::value::Datetime;

use crate::code::day;
use crate::error::Error;
use crate::filter::{
    DataTable, ListTable, PeopleTable, RegisterTable, Release, Type1Table, registers,
};
use crate::input::{self, SMALL};
use crate::screen;

/// What a request file says.
pub(crate) struct RequestFile {
    pub(crate) disclosure: Subject<'static>,
    pub(crate) evidence: Evidence,
    pub(crate) release: Release,
}

/// What is on record for each assertion that needs evidence, by its code.
pub(crate) type Evidence = BTreeMap<Assertion, OnRecord>;

impl RequestFile {
    /// Reads a request file, and gives its text too. An error names the line and the key that are wrong,
    /// and shows nothing else of the file.
    pub(crate) fn read(path: &Path) -> Result<(Self, String), Error> {
        let shown = screen::path(path);
        let instead = |what: &str| {
            Error::new(format!("{shown}: this is {what}, not a request file"))
                .hint("a request file says in TOML what is disclosed and why; it names the extract")
        };
        let bytes = input::small(path)?;
        if let Some(what) = form::of_bytes(&bytes) {
            return Err(instead(what));
        }
        if bytes.len() as u64 > SMALL {
            return Err(instead(&format!("a file of more than {} MiB", SMALL >> 20)));
        }
        let Ok(text) = String::from_utf8(bytes) else {
            return Err(instead("no text in UTF-8"));
        };
        match Self::parse(&text) {
            Ok(file) => Ok((file, text)),
            Err(fault) => match form::of_text(&text) {
                Some(what) if text.parse::<toml::Table>().is_err() => Err(instead(what)),
                Some(_) | None => Err(Error::new(format!("{shown}, {fault}"))),
            },
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let Tables {
            disclosure: Stated(disclosure),
            evidence,
            people,
            registers,
            type1,
            lists,
            data,
        } = toml::from_str(text).map_err(|error| fault::of(text, &error))?;
        if let Subject::Flow { flow, .. } = &disclosure
            && let Some(fault) = fault::of_flow(flow)
        {
            return Err(fault);
        }
        let release = Release { people, registers, type1, lists, tables: data };
        Ok(Self { disclosure, evidence, release })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    disclosure: Stated,
    #[serde(default)]
    evidence: Evidence,
    #[serde(default)]
    people: PeopleTable,
    #[serde(default, rename = "register", deserialize_with = "registers")]
    registers: Vec<RegisterTable>,
    type1: Option<Type1Table>,
    #[serde(default, rename = "list")]
    lists: Vec<ListTable>,
    #[serde(default, rename = "table")]
    data: Vec<DataTable>,
}

struct Stated(Subject<'static>);

impl<'de> Deserialize<'de> for Stated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Table;
        impl<'de> Visitor<'de> for Table {
            type Value = DisclosureTable;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of all seven keys of a disclosure, or of `flow` and `on`")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                DisclosureTable::deserialize(MapAccessDeserializer::new(map))
            }
        }
        let table = deserializer.deserialize_map(Table)?;
        table.parts().subject().map(Self).map_err(D::Error::custom)
    }
}

/// The keys of the JSON, with dates as TOML writes them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DisclosureTable {
    flow: Option<String>,
    origin: Option<Origin>,
    boundary: Option<Boundary>,
    identifiability: Option<Identifiability>,
    purpose: Option<Purpose>,
    bases: Option<Bases>,
    conditions: Option<Conditions>,
    on: Option<Day>,
}

impl DisclosureTable {
    fn parts(self) -> Parts<'static> {
        Parts {
            flow: self.flow.map(Cow::Owned),
            origin: self.origin,
            boundary: self.boundary,
            identifiability: self.identifiability,
            purpose: self.purpose,
            bases: self.bases,
            conditions: self.conditions,
            on: self.on.map(|Day(day)| day),
        }
    }
}

/// The code of a basis or condition that needs evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Assertion(&'static str);

impl Assertion {
    pub(crate) const fn code(self) -> &'static str {
        self.0
    }
}

impl<'de> Deserialize<'de> for Assertion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = String::deserialize(deserializer)?;
        let accepted = || Bases::NEED_EVIDENCE.codes().chain(Conditions::NEED_EVIDENCE.codes());
        accepted().find(|code| *code == given).map(Self).ok_or_else(|| {
            let accepted: Vec<_> = accepted().collect();
            let mean = fault::nearest(&given, &accepted);
            let mean = mean.map(|code| format!(", did you mean `{code}`?")).unwrap_or_default();
            D::Error::custom(format_args!(
                "evidence: this is not an assertion that needs evidence{mean} (accepted: {})",
                accepted.join(", ")
            ))
        })
    }
}

/// What is on record for an assertion.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "OnRecordTable")]
pub(crate) struct OnRecord {
    /// What identifies it, such as the number of the support.
    pub(crate) reference: String,
    /// The first day on which it holds.
    pub(crate) from: Date,
    /// The last day on which it holds; `None`: no end is stated.
    pub(crate) until: Option<Date>,
}

impl OnRecord {
    pub(crate) fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OnRecordTable {
    reference: String,
    from: Day,
    until: Option<Day>,
}

impl TryFrom<OnRecordTable> for OnRecord {
    type Error = &'static str;

    fn try_from(table: OnRecordTable) -> Result<Self, Self::Error> {
        let OnRecordTable { reference, from: Day(from), until } = table;
        let until = until.map(|Day(until)| until);
        if is_blank(&reference) {
            return Err("`reference` is empty");
        }
        if refers_to_nothing(&reference) {
            return Err(
                "`reference` refers to nothing: give what identifies the approval, such as its number",
            );
        }
        if until.is_some_and(|until| until < from) {
            return Err("`until` is before `from`");
        }
        Ok(Self { reference, from, until })
    }
}

/// A date of TOML, or the same as text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day(pub(crate) Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateOrText;
        impl<'de> Visitor<'de> for DateOrText {
            type Value = Date;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as 2026-06-01")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Date, E> {
                day(text).map_err(E::custom)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Date, A::Error> {
                let datetime = Datetime::deserialize(MapAccessDeserializer::new(map))?;
                day(&datetime.to_string()).map_err(A::Error::custom)
            }
        }
        deserializer.deserialize_any(DateOrText).map(Self)
    }
}
