//! The catalogue of published flows, effective-dated: who sends what to whom, on what terms.

mod audit;
mod care;
mod collection;
mod death;
mod legal;
mod payment;
mod planning;
mod platform;
mod public_health;
mod registry;
mod research;
mod shared_record;
mod source;
mod statistics;

use core::fmt;

use crate::clause::Grade;
use crate::disclosure::{Bases, Boundary, Conditions, Disclosure, Identifiability, Origin};
use crate::vocabulary::Given;
#[cfg(feature = "std")]
use crate::vocabulary::nearest;
use crate::{Date, Purpose, Source};

/// A published flow on the terms that held between two dates.
///
/// The catalogue supplies the disclosure, never the evidence: a controller who relies on it checks
/// the terms against their own agreement.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Flow {
    /// Stable kebab-case identifier. Several entries share an id when the terms changed.
    pub id: &'static str,
    /// The name by which the field knows it.
    pub name: &'static str,
    /// Who discloses.
    pub sender: &'static str,
    /// Who receives.
    pub recipient: &'static str,
    /// The terms of the disclosure.
    pub terms: Terms,
    /// The first day on which these terms hold.
    pub from: Date,
    /// The last day on which they hold, inclusive; `None`: still.
    pub until: Option<Date>,
    /// The sources, the strongest first.
    pub sources: &'static [Source],
    /// How well the terms are known.
    pub grade: Grade,
    /// What to know about it.
    pub note: &'static str,
    /// What of the entry is our reading, assumed or known only in general, where the rest of it was
    /// read: a sentence or two, each of which could be put to whoever runs the flow.
    pub ours: Option<&'static str>,
    /// Where sources disagree: what the other one says.
    pub conflict: Option<&'static str>,
}

/// A disclosure but for its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Terms {
    /// Where the data were recorded.
    pub origin: Origin,
    /// Whose purpose is served.
    pub boundary: Boundary,
    /// What the purpose is run on.
    pub identifiability: Identifiability,
    /// What it is for.
    pub purpose: Purpose,
    /// What the controller relies on.
    pub bases: Bases,
    /// What the controller asserts.
    pub conditions: Conditions,
}

/// The catalogue, a table for each part of the field.
const CATALOGUE: &[&[Flow]] = &[
    care::FLOWS,
    shared_record::FLOWS,
    collection::FLOWS,
    payment::FLOWS,
    platform::FLOWS,
    planning::FLOWS,
    audit::FLOWS,
    research::FLOWS,
    public_health::FLOWS,
    statistics::FLOWS,
    registry::FLOWS,
    death::FLOWS,
    legal::FLOWS,
];

/// How many entries there are.
#[expect(clippy::indexing_slicing, reason = "a constant: leaving the array stops the build")]
const ENTRIES: usize = {
    let (mut entries, mut table) = (0, 0);
    while table < CATALOGUE.len() {
        entries += CATALOGUE[table].len();
        table += 1;
    }
    entries
};

/// Every entry, by id; those of one id in the order of the catalogue. It is sorted by the compiler, so
/// that a look-up needs neither memory nor a first time.
#[expect(clippy::indexing_slicing, reason = "a constant: leaving the array stops the build")]
static BY_ID: [&Flow; ENTRIES] = {
    let mut sorted = [&CATALOGUE[0][0]; ENTRIES];
    let (mut length, mut table) = (0, 0);
    while table < CATALOGUE.len() {
        let mut entry = 0;
        while entry < CATALOGUE[table].len() {
            let flow = &CATALOGUE[table][entry];
            let mut place = length;
            while place > 0 && is_before(flow.id, sorted[place - 1].id) {
                sorted[place] = sorted[place - 1];
                place -= 1;
            }
            sorted[place] = flow;
            length += 1;
            entry += 1;
        }
        table += 1;
    }
    sorted
};

/// Whether a text comes before another, byte by byte.
#[expect(clippy::indexing_slicing, reason = "in constants alone: leaving the text stops the build")]
const fn is_before(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() {
        if one[at] != other[at] {
            return one[at] < other[at];
        }
        at += 1;
    }
    one.len() < other.len()
}

/// Every entry, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Flow> + Clone {
    CATALOGUE.iter().copied().flatten()
}

/// The entry of an id whose terms hold on a day.
///
/// # Errors
/// No flow has this id, or none of its terms hold on this day.
pub fn find(id: &str, on: Date) -> Result<&'static Flow, FlowError> {
    let entries = of_id(id);
    match (entries.iter().find(|flow| flow.covers(on)), entries.first()) {
        (Some(flow), _) => Ok(flow),
        (None, Some(Flow { id, .. })) => Err(FlowError::NotOnThisDay(NotOnThisDay { id, on })),
        (None, None) => Err(FlowError::Unknown(UnknownFlow { given: Given::text(id) })),
    }
}

/// The entries of an id, in the order of the catalogue.
fn of_id(id: &str) -> &'static [&'static Flow] {
    let from = BY_ID.partition_point(|flow| flow.id < id);
    let entries = BY_ID.get(from..).unwrap_or_default();
    let until = entries.iter().position(|flow| flow.id != id).unwrap_or(entries.len());
    entries.get(..until).unwrap_or_default()
}

impl Flow {
    /// Whether these terms hold on a day.
    #[must_use]
    pub fn covers(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }

    /// What a data controller should confirm before relying on the entry: the part of it that is
    /// ours, or all that is said of it where its grade is C or D; `None`: nothing.
    #[must_use]
    pub const fn to_confirm(&self) -> Option<&'static str> {
        match (self.ours, self.grade.is_our_reading()) {
            (Some(part), _) => Some(part),
            (None, true) => Some(self.note),
            (None, false) => None,
        }
    }

    /// The disclosure on a day, which may lie outside the dates of the terms: see [`find`].
    #[must_use]
    pub const fn disclosure(&self, on: Date) -> Disclosure {
        let Terms { origin, boundary, identifiability, purpose, bases, conditions } = self.terms;
        Disclosure { origin, boundary, identifiability, purpose, bases, conditions, on }
    }
}

/// A flow that the catalogue cannot give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FlowError {
    /// No flow has this id.
    #[error(transparent)]
    Unknown(UnknownFlow),
    /// The flow is known, but none of its terms hold on this day.
    #[error(transparent)]
    NotOnThisDay(NotOnThisDay),
}

/// No flow has this id.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct UnknownFlow {
    given: Given,
}

impl UnknownFlow {
    /// The id that looks most like what was given, where one is near enough to be what was meant.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn nearest(&self) -> Option<&'static str> {
        nearest(self.given.as_text()?, all().map(|flow| flow.id))
    }
}

impl fmt::Display for UnknownFlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "flow: no flow has the id {}", self.given)?;
        #[cfg(feature = "std")]
        if let Some(nearest) = self.nearest() {
            return write!(f, ", did you mean `{nearest}`?");
        }
        f.write_str("; `optout flows` lists them")
    }
}

impl fmt::Debug for UnknownFlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnknownFlow({self})")
    }
}

impl core::error::Error for UnknownFlow {}

/// None of the terms of this flow hold on this day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotOnThisDay {
    /// The flow.
    pub id: &'static str,
    /// The day.
    pub on: Date,
}

impl fmt::Display for NotOnThisDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "flow: `{}` has no terms that hold on {}; it is covered", self.id, self.on)?;
        for (i, flow) in of_id(self.id).iter().enumerate() {
            write!(f, "{} from {}", if i == 0 { "" } else { " and" }, flow.from)?;
            if let Some(until) = flow.until {
                write!(f, " to {until}")?;
            }
        }
        Ok(())
    }
}

impl core::error::Error for NotOnThisDay {}
