//! Judges line after line, each disclosure once.

use std::borrow::Cow;
use std::boxed::Box;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::string::ToString;
use std::vec::Vec;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Answer, EvidenceStatus, Failure, Id, JsonError, Question, QuestionError};
use crate::{Bases, Conditions, Disclosure, Patient, Ruling, assess};

/// The longest line that is read, in bytes. A question takes a few hundred.
pub const MAX_LINE: usize = 1 << 20;

/// How many disclosures are remembered: a stream repeats a few.
const REMEMBERED: usize = 64;

/// Answers questions. Streams repeat their disclosures, so it remembers the rulings of the last
/// few, and what it answered for each patient; this never changes an answer.
#[derive(Default)]
pub struct Judge {
    rulings: HashMap<Disclosure, Judged>,
}

/// A ruling, and for each patient the answer after its id, once it was asked for.
struct Judged {
    ruling: Ruling,
    tails: Box<[Option<Box<[u8]>>; 256]>,
}

impl Judge {
    /// One that has judged nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers one line of JSON, with or without its line end: appends exactly one line to
    /// `answers`, a decision or an [error](Failure).
    ///
    /// # Errors
    /// Why the line could not be judged, after it was answered with the same words.
    pub fn answer_line(&mut self, line: &[u8], answers: &mut Vec<u8>) -> Result<(), QuestionError> {
        let start = answers.len();
        let answered = self.answer_question(line, answers);
        if let Err(error) = &answered {
            answers.truncate(start);
            let failure = Failure { id: recover_id(line), error: error.to_string() };
            append(answers, &failure);
        }
        answered
    }

    fn answer_question(&mut self, line: &[u8], answers: &mut Vec<u8>) -> Result<(), QuestionError> {
        if line.len() > MAX_LINE {
            return Err(QuestionError::TooLong);
        }
        let text = str::from_utf8(line)
            .map_err(|error| QuestionError::NotUtf8 { column: error.valid_up_to() + 1 })?;
        let question: Question<'_> =
            serde_json::from_str(text).map_err(|error| JsonError::new(text, &error))?;
        let judged = self.ruling(&question)?;
        answers.extend_from_slice(ID);
        answers.extend_from_slice(question.id.json().as_bytes());
        answers.extend_from_slice(judged.tail(question.patient));
        Ok(())
    }

    /// Answers a question that has been read.
    ///
    /// # Errors
    /// The flow is not in the catalogue or not on that day, or the disclosure cannot be judged.
    pub fn answer<'a>(&mut self, question: &Question<'a>) -> Result<Answer<'a>, QuestionError> {
        let judged = self.ruling(question)?;
        Ok(answer(&judged.ruling, question.id, question.patient))
    }

    fn ruling(&mut self, question: &Question<'_>) -> Result<&mut Judged, QuestionError> {
        let disclosure = question.disclosure.disclosure()?;
        if self.rulings.len() >= REMEMBERED && !self.rulings.contains_key(&disclosure) {
            self.rulings.clear();
        }
        match self.rulings.entry(disclosure) {
            Entry::Occupied(judged) => Ok(judged.into_mut()),
            Entry::Vacant(place) => {
                let ruling = assess(&disclosure)?;
                Ok(place.insert(Judged { ruling, tails: Box::new([const { None }; 256]) }))
            }
        }
    }
}

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Judge").field("rulings", &self.rulings.len()).finish()
    }
}

/// What every answer begins with.
const ID: &[u8] = b"{\"id\":";

impl Judged {
    /// The answer for a patient, as it is written after its id, up to the line end.
    #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
    fn tail(&mut self, patient: Patient) -> &[u8] {
        let Self { ruling, tails } = self;
        tails[usize::from(patient.byte())].get_or_insert_with(|| {
            let mut line = Vec::new();
            append(&mut line, &answer(ruling, Id::NONE, patient));
            line.strip_prefix(b"{\"id\":null").unwrap_or(&line).into()
        })
    }
}

fn answer<'a>(ruling: &Ruling, id: Id<'a>, patient: Patient) -> Answer<'a> {
    let decision = ruling.decide(patient);
    let rests_on_evidence = ruling.evidence(patient) != (Bases::empty(), Conditions::empty());
    Answer {
        id,
        verdict: decision.verdict(),
        reason: decision.reason(),
        blocked_by: decision.blocked_by(),
        route: decision.route(),
        clauses: ruling.clauses(patient).as_slice().to_vec(),
        evidence: rests_on_evidence.then_some(EvidenceStatus::Unverified),
    }
}

/// Appends one line of JSON.
fn append(line: &mut Vec<u8>, value: &impl serde::Serialize) {
    let written = serde_json::to_writer(&mut *line, value);
    debug_assert!(written.is_ok(), "memory and these types cannot fail to be written");
    line.push(b'\n');
}

/// The id of a line that is not a question, as far as it can be read: `null` when the line is not
/// an object, breaks off before the id is complete, or has several.
fn recover_id(line: &[u8]) -> Id<'_> {
    let mut found = Found { ids: 0, id: Id::NONE };
    // What stops the search is what is wrong with the line, and has been said.
    let _ = serde_json::Deserializer::from_slice(line).deserialize_map(&mut found);
    let complete = |id: Id<'_>| {
        let json = id.json();
        let after = json.as_ptr().addr().wrapping_sub(line.as_ptr().addr()) + json.len();
        json.starts_with('"') || line.get(after).is_some_and(|byte| b" \t\r\n,}".contains(byte))
    };
    if found.ids == 1 && complete(found.id) { found.id } else { Id::NONE }
}

struct Found<'a> {
    ids: usize,
    id: Id<'a>,
}

impl<'de> Visitor<'de> for &mut Found<'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if key == "id" {
                self.ids += 1;
                self.id = Id::new(map.next_value::<&RawValue>()?).unwrap_or(Id::NONE);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
