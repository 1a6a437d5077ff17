//! Judges line after line, each disclosure once.

use std::boxed::Box;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::vec::Vec;

use super::answer::{answer, write_answer, write_failure, write_tail};
use super::recover::recover_id;
use super::{Answer, Question, QuestionError};
use crate::{Disclosure, Patient, Ruling, assess};

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
    /// `answers`, a decision or an [error](super::Failure).
    ///
    /// # Errors
    /// Why the line could not be judged, after it was answered with the same words.
    pub fn answer_line(&mut self, line: &[u8], answers: &mut Vec<u8>) -> Result<(), QuestionError> {
        let start = answers.len();
        let answered = self.answer_question(line, answers);
        if let Err(error) = &answered {
            answers.truncate(start);
            let id = recover_id(line).unwrap_or_default();
            let written = write_failure(id, error, answers);
            debug_assert!(written.is_ok(), "memory cannot fail to be written");
        }
        answers.push(b'\n');
        answered
    }

    fn answer_question(&mut self, line: &[u8], answers: &mut Vec<u8>) -> Result<(), QuestionError> {
        let question = read(line)?;
        let judged = self.ruling(&question)?;
        answers.extend_from_slice(b"{\"id\":");
        answers.extend_from_slice(question.id.json().as_bytes());
        answers.extend_from_slice(judged.tail(question.patient));
        Ok(())
    }

    /// Answers one line as [`answer_line`](Self::answer_line) does, without a line end and without
    /// remembering anything. For a host that must not end when memory does: what is asked for beside
    /// the writer's own may be refused.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfMemory`], before anything is written; or what the writer says.
    pub fn answer_once(
        line: &[u8],
        into: &mut impl Write,
    ) -> io::Result<Result<(), QuestionError>> {
        let judged = read(line).and_then(|question| {
            let ruling = assess(&question.disclosure.disclosure()?)?;
            Ok((question, ruling))
        });
        match judged {
            Ok((question, ruling)) => {
                write_answer(question.id, &ruling, question.patient, into)?;
                Ok(Ok(()))
            }
            Err(QuestionError::NoMemory) => Err(ErrorKind::OutOfMemory.into()),
            Err(error) => {
                let id = recover_id(line).map_err(|_| ErrorKind::OutOfMemory)?;
                write_failure(id, &error, into)?;
                Ok(Err(error))
            }
        }
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

impl Judged {
    /// The answer for a patient, as it is written after its id.
    #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
    fn tail(&mut self, patient: Patient) -> &[u8] {
        let Self { ruling, tails } = self;
        tails[usize::from(patient.byte())].get_or_insert_with(|| {
            let mut tail = Vec::new();
            let written = write_tail(ruling, patient, &mut tail);
            debug_assert!(written.is_ok(), "memory cannot fail to be written");
            tail.into()
        })
    }
}

fn read(line: &[u8]) -> Result<Question<'_>, QuestionError> {
    if line.len() > MAX_LINE {
        return Err(QuestionError::TooLong);
    }
    let text = str::from_utf8(line)
        .map_err(|error| QuestionError::NotUtf8 { column: error.valid_up_to() + 1 })?;
    Question::read(text)
}
