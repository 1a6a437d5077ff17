//! The parts of a disclosure as they are given, in JSON, as flags or in a request file, and the one
//! rule on which of them must be there.

use std::borrow::{Cow, ToOwned};
use std::fmt;
use std::marker::PhantomData;
use std::string::String;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::Subject;
use crate::object::{coded, named, read_object, refuse};
use crate::{Bases, Boundary, Conditions, Date, Disclosure, Identifiability, Origin, Purpose};

/// The parts of a disclosure, each given or not: `flow` and `on`, or all but `flow`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The id of a flow of the catalogue.
    pub flow: Option<Cow<'a, str>>,
    /// Where the data were recorded.
    pub origin: Option<Origin>,
    /// Whose purpose is served.
    pub boundary: Option<Boundary>,
    /// What the purpose is run on.
    pub identifiability: Option<Identifiability>,
    /// What it is for.
    pub purpose: Option<Purpose>,
    /// What the controller relies on.
    pub bases: Option<Bases>,
    /// What the controller asserts.
    pub conditions: Option<Conditions>,
    /// The day of the disclosure.
    pub on: Option<Date>,
}

impl<'a> Parts<'a> {
    /// The disclosure that the parts state. Nothing is assumed for a part that is missing.
    ///
    /// # Errors
    /// A part is missing, or `flow` is given beside a part that it stands for.
    pub fn subject(self) -> Result<Subject<'a>, PartsError> {
        if let Self {
            flow: None,
            origin: Some(origin),
            boundary: Some(boundary),
            identifiability: Some(identifiability),
            purpose: Some(purpose),
            bases: Some(bases),
            conditions: Some(conditions),
            on: Some(on),
        } = self
        {
            return Ok(Subject::Disclosure(Disclosure {
                origin,
                boundary,
                identifiability,
                purpose,
                bases,
                conditions,
                on,
            }));
        }
        let terms = [
            ("origin", self.origin.is_some()),
            ("boundary", self.boundary.is_some()),
            ("identifiability", self.identifiability.is_some()),
            ("purpose", self.purpose.is_some()),
            ("bases", self.bases.is_some()),
            ("conditions", self.conditions.is_some()),
        ];
        let those = |given| {
            let mut names = PartNames::default();
            for (part, _) in terms.iter().filter(|(_, there)| *there == given) {
                names.push(part);
            }
            names
        };
        match (self.flow, self.on) {
            (Some(_), _) if terms.iter().any(|(_, given)| *given) => {
                Err(PartsError::BesideFlow(those(true)))
            }
            (Some(flow), Some(on)) => Ok(Subject::Flow { flow, on }),
            (Some(_), None) => Err(PartsError::FlowWithoutDate),
            (None, on) => {
                let mut missing = those(false);
                if on.is_none() {
                    missing.push("on");
                }
                Err(PartsError::Missing(missing))
            }
        }
    }
}

/// Parts that do not make a disclosure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartsError {
    /// These parts are missing.
    Missing(PartNames),
    /// A flow is named without the day of the disclosure.
    FlowWithoutDate,
    /// A flow is named, and these parts, which it stands for, are given as well.
    BesideFlow(PartNames),
}

impl fmt::Display for PartsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(parts) => {
                f.write_str("disclosure: missing ")?;
                parts.fmt(f)?;
                f.write_str(
                    "; state all seven keys (`bases` and `conditions` may be empty lists), or `flow` and `on`",
                )
            }
            Self::FlowWithoutDate => f.write_str(
                "disclosure: missing `on`, the day on which the terms of `flow` must hold",
            ),
            Self::BesideFlow(parts) => {
                f.write_str("disclosure: `flow` stands for all keys but `on`; leave out ")?;
                parts.fmt(f)
            }
        }
    }
}

impl core::error::Error for PartsError {}

/// The names of some parts, in the order of the parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartNames {
    names: [&'static str; 7],
    count: usize,
}

impl PartNames {
    fn push(&mut self, name: &'static str) {
        if let Some(place) = self.names.get_mut(self.count) {
            *place = name;
            self.count += 1;
        }
    }

    /// The names, as JSON spells them.
    #[must_use]
    pub fn as_slice(&self) -> &[&'static str] {
        self.names.get(..self.count).unwrap_or_default()
    }
}

impl fmt::Display for PartNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, part) in self.as_slice().iter().enumerate() {
            write!(f, "{}`{part}`", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// An unknown key is an error, and so is one that is given twice.
impl<'de: 'a, 'a> Deserialize<'de> for Parts<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<'a>(PhantomData<Parts<'a>>);
        impl<'de: 'a, 'a> Visitor<'de> for Fields<'a> {
            type Value = Parts<'a>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "disclosure: an object of all seven keys, or of the keys `flow` and `on`",
                )
            }
            refuse!(numbers and text);
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parts<'a>, A::Error> {
                read_object!(map of A, "disclosure" {
                    flow: "flow" named,
                    origin: "origin" coded,
                    boundary: "boundary" coded,
                    identifiability: "identifiability" coded,
                    purpose: "purpose" coded,
                    bases: "bases" coded,
                    conditions: "conditions" coded,
                    on: "on" named,
                });
                let flow = flow.map(|FlowId(id)| id);
                Ok(Parts {
                    flow,
                    origin,
                    boundary,
                    identifiability,
                    purpose,
                    bases,
                    conditions,
                    on,
                })
            }
        }
        deserializer.deserialize_any(Fields(PhantomData))
    }
}

/// Borrowed where the text can be.
struct FlowId<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for FlowId<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Id<'a>(PhantomData<FlowId<'a>>);
        impl<'de: 'a, 'a> Visitor<'de> for Id<'a> {
            type Value = FlowId<'a>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the id of a flow")
            }
            fn visit_borrowed_str<E: Error>(self, id: &'de str) -> Result<FlowId<'a>, E> {
                Ok(FlowId(Cow::Borrowed(id)))
            }
            fn visit_str<E: Error>(self, id: &str) -> Result<FlowId<'a>, E> {
                Ok(FlowId(Cow::Owned(id.to_owned())))
            }
            fn visit_string<E: Error>(self, id: String) -> Result<FlowId<'a>, E> {
                Ok(FlowId(Cow::Owned(id)))
            }
            refuse!(numbers);
        }
        deserializer.deserialize_any(Id(PhantomData))
    }
}
