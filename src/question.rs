//! The JSON of questions and answers: one question a line, one answer a line.
//!
//! ```
//! use optout::question::Judge;
//!
//! let question = br#"{"id":"a1","disclosure":{"origin":"gp-record","boundary":"beyond-controller","identifiability":"identifiable","purpose":"research","bases":["copi-reg-5"],"conditions":[],"on":"2026-06-01"},"patient":{"type1":"dissent","national":"none"}}"#;
//! let mut answers = Vec::new();
//! Judge::new().answer_line(question, &mut answers)?;
//! assert_eq!(
//!     answers,
//!     br#"{"id":"a1","verdict":"deny","reason":"type1-dissent","blocked_by":["type1-dissent"],"route":null,"clauses":["POD15","S251"]}
//! "#
//! );
//! # Ok::<(), optout::question::QuestionError>(())
//! ```
//!
//! A question has the keys `disclosure` (required), `patient` and `id`, and no other.
//!
//! - `disclosure` holds all seven keys of [`Disclosure`], or `flow` (an id of the catalogue) and
//!   `on`; `purpose` also takes an accepted HL7 code.
//! - `patient` is an object of statuses or the byte as an integer; absent, nothing is known.
//! - `id` is a string, a number or `null`, repeated letter for letter; absent, the answer says
//!   `null`.
//!
//! A key given twice is an error, because the reader of a question and the judge of it could
//! otherwise mean different ones. An error names the field, what was given and what is accepted. Of
//! what was given it repeats only what stands in the place of a key or a code, each digit as `#` where
//! there are six or more.

mod answer;
mod error;
mod judge;
mod parts;
mod reader;
mod recover;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::string::String;

use crate::clause::Clauses;
use crate::flow::{self, FlowError};
use crate::object::{coded, read_object, refuse};
use crate::{BlockedBy, Date, Disclosure, Patient, Reason, Route, Verdict};

pub use error::{JsonError, QuestionError};
pub use judge::{Judge, MAX_LINE};
pub use parts::{PartNames, Parts, PartsError};
use reader::{Object, Reader, Stop};

/// What names a question in its answer: a JSON string, number or `null`, letter for letter.
#[derive(Clone, Copy, Debug, Default)]
pub struct Id<'a>(Option<&'a str>);

impl<'a> Id<'a> {
    /// No id; it is written as `null`.
    pub const NONE: Self = Self(None);

    /// An id from its JSON; `None` when it is neither a string nor a number nor `null`.
    #[must_use]
    pub fn new(json: &'a RawValue) -> Option<Self> {
        Self::of(json.get())
    }

    /// The same, from what is known to be one value of JSON.
    fn of(json: &'a str) -> Option<Self> {
        match json.as_bytes().first() {
            Some(b'"' | b'-' | b'0'..=b'9') => Some(Self(Some(json))),
            Some(b'n') => Some(Self::NONE),
            _ => None,
        }
    }

    /// The id as JSON, letter for letter as it was given.
    #[must_use]
    pub fn json(self) -> &'a str {
        self.0.unwrap_or("null")
    }
}

impl PartialEq for Id<'_> {
    /// Whether the two are the same letter for letter: `"a"` and `"\u0061"` differ.
    fn eq(&self, other: &Self) -> bool {
        self.json() == other.json()
    }
}

impl Eq for Id<'_> {}

impl Serialize for Id<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = self.0.map(serde_json::from_str::<&RawValue>).transpose();
        json.map_err(ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Id<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Some(json) = Option::<&RawValue>::deserialize(deserializer)? else {
            return Ok(Self::NONE);
        };
        Self::new(json).ok_or_else(|| D::Error::custom(NO_ID))
    }
}

/// The id of a question, from the object that holds it.
fn read_id<'a>(map: &mut Object<'_, 'a>, _key: &'static str) -> Result<Id<'a>, Stop> {
    let json = str::from_utf8(map.next_raw()?).unwrap_or_default();
    Id::of(json).ok_or_else(|| Stop::custom(NO_ID))
}

/// What is said of a value that is no id.
const NO_ID: &str = "id: expected a string, a number or `null`";

/// One question: may the data of this patient go, in this disclosure?
///
/// It borrows from the text that it is read from. It is read with [`Question::read`], or with
/// [`serde_json::from_str`], not from a stream; [`Judge::answer_line`] is the shorter way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question<'a> {
    /// What names the question in its answer.
    pub id: Id<'a>,
    /// The disclosure.
    pub disclosure: Subject<'a>,
    /// What the patient has recorded.
    pub patient: Patient,
}

impl<'a> Question<'a> {
    /// Reads a question. Memory is asked for only for texts with escapes and for the words of an
    /// error, and where there is none that is an error too.
    ///
    /// # Errors
    /// Text that is not a question, or not enough memory.
    pub fn read(text: &'a str) -> Result<Self, QuestionError> {
        let mut reader = Reader::of_text(text);
        let read = match reader.skip_space() {
            Some(b'{') => reader.object(|map| Self::fields(map, read_id)),
            _ => reader.deserialize_any(Fields(PhantomData)),
        };
        let read = read.and_then(|question| reader.end().map(|()| question));
        read.map_err(|stop| QuestionError::of(stop, reader.column()))
    }

    /// The keys of a question, of which the id is read byte for byte.
    fn fields<'de: 'a, A: MapAccess<'de>>(
        mut map: A,
        read_id: fn(&mut A, &'static str) -> Result<Id<'a>, A::Error>,
    ) -> Result<Self, A::Error> {
        read_object!(map of A, "question" {
            id: "id" read_id,
            disclosure: "disclosure" coded,
            patient: "patient" coded,
        });
        Ok(Question {
            id: id.unwrap_or(Id::NONE),
            disclosure: disclosure.ok_or_else(|| A::Error::missing_field("disclosure"))?,
            patient: patient.unwrap_or(Patient::UNKNOWN),
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Question<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Fields(PhantomData))
    }
}

struct Fields<'a>(PhantomData<Question<'a>>);

impl<'de: 'a, 'a> Visitor<'de> for Fields<'a> {
    type Value = Question<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("question: an object with the key `disclosure`")
    }

    refuse!(numbers and text);

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Question<'a>, A::Error> {
        Question::fields(map, coded)
    }
}

/// The disclosure of a question: stated in full, or by reference to the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Subject<'a> {
    /// Stated in full.
    Disclosure(Disclosure),
    /// A flow of the catalogue, on the terms that hold on a day.
    Flow {
        /// The id of the flow.
        flow: Cow<'a, str>,
        /// The day of the disclosure.
        on: Date,
    },
}

impl Subject<'_> {
    /// The disclosure, looked up where a flow is named.
    ///
    /// # Errors
    /// No flow has this id, or none of its terms hold on this day.
    pub fn disclosure(&self) -> Result<Disclosure, FlowError> {
        match self {
            Self::Disclosure(disclosure) => Ok(*disclosure),
            Self::Flow { flow, on } => Ok(flow::find(flow, *on)?.disclosure(*on)),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Subject<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Parts::deserialize(deserializer)?.subject().map_err(D::Error::custom)
    }
}

/// One answer. Its keys always stand in this order, and only `evidence` may be absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer<'a> {
    /// What names the question.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Allow or deny.
    pub verdict: Verdict,
    /// The reason of highest precedence.
    pub reason: Reason,
    /// The opt-outs and the objection that block, in ascending order of their numbers.
    pub blocked_by: BlockedBy,
    /// The route that permits.
    pub route: Option<Route>,
    /// The clauses behind the decision, in order of first use.
    pub clauses: Clauses,
    /// Stated where the decision rests on an assertion that needs evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceStatus>,
}

/// What is known of the evidence that a decision rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EvidenceStatus {
    /// The library cannot check references and dates: the caller must.
    Unverified,
}

/// The answer to a question that cannot be judged. It is never a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure<'a> {
    /// What names the question, where it could be recovered.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// What is wrong with the question.
    pub error: String,
}
