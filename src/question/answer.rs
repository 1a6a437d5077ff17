//! How an answer is written, without asking for memory.

use std::fmt::Display;
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::{Answer, EvidenceStatus, Id};
use crate::{Bases, Conditions, Patient, Ruling};

/// What is answered for one patient.
pub(super) fn answer<'a>(ruling: &Ruling, id: Id<'a>, patient: Patient) -> Answer<'a> {
    let decision = ruling.decide(patient);
    let rests_on_evidence = ruling.evidence(patient) != (Bases::empty(), Conditions::empty());
    Answer {
        id,
        verdict: decision.verdict(),
        reason: decision.reason(),
        blocked_by: decision.blocked_by(),
        route: decision.route(),
        clauses: ruling.clauses(patient),
        evidence: rests_on_evidence.then_some(EvidenceStatus::Unverified),
    }
}

/// The answer for a patient.
pub(super) fn write_answer(
    id: Id<'_>,
    ruling: &Ruling,
    patient: Patient,
    into: &mut impl Write,
) -> io::Result<()> {
    write_id(id, into)?;
    write_tail(ruling, patient, into)
}

/// What is wrong with a line.
pub(super) fn write_failure(
    id: Id<'_>,
    error: &impl Display,
    into: &mut impl Write,
) -> io::Result<()> {
    write_id(id, into)?;
    into.write_all(b",\"error\":")?;
    serde_json::to_writer(&mut *into, &Shown(error))?;
    into.write_all(b"}")
}

/// What every answer begins with.
fn write_id(id: Id<'_>, into: &mut impl Write) -> io::Result<()> {
    into.write_all(b"{\"id\":")?;
    into.write_all(id.json().as_bytes())
}

/// What stands behind the id.
pub(super) fn write_tail(
    ruling: &Ruling,
    patient: Patient,
    into: &mut impl Write,
) -> io::Result<()> {
    let before = br#"{"id":null"#.len();
    serde_json::to_writer(Behind { before, into }, &answer(ruling, Id::NONE, patient))?;
    Ok(())
}

/// A writer that leaves out the first bytes.
struct Behind<'w, W> {
    before: usize,
    into: &'w mut W,
}

impl<W: Write> Write for Behind<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let out = self.before.min(bytes.len());
        self.before -= out;
        self.into.write_all(bytes.get(out..).unwrap_or_default())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.into.flush()
    }
}

/// A text in JSON, as it is shown.
struct Shown<'a, T>(&'a T);

impl<T: Display> Serialize for Shown<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}
