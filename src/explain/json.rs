//! An explanation for programs. Its keys stand in this order, and only `patient` may be absent.

use core::fmt::Display;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{Change, Explanation, OptOutFinding, PatientFinding, RouteFinding};

impl Serialize for Explanation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let patient = self.patient();
        let fields = 4 + usize::from(patient.is_some());
        let mut object = serializer.serialize_struct("Explanation", fields)?;
        object.serialize_field("disclosure", self.disclosure())?;
        match patient {
            Some(patient) => object.serialize_field("patient", &patient)?,
            None => object.skip_field("patient")?,
        }
        object.serialize_field("routes", &List(|| self.routes()))?;
        object.serialize_field("evidence_needed", &List(|| self.evidence_needed()))?;
        object.serialize_field("warnings", &List(|| self.warnings().map(Shown)))?;
        object.end()
    }
}

impl Serialize for PatientFinding<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let decision = self.decision();
        let mut object = serializer.serialize_struct("PatientFinding", 8)?;
        object.serialize_field("recorded", &self.recorded())?;
        object.serialize_field("verdict", &decision.verdict())?;
        object.serialize_field("reason", &decision.reason())?;
        object.serialize_field("route", &decision.route())?;
        object.serialize_field("blocked_by", &decision.blocked_by())?;
        object.serialize_field("clauses", &self.clauses())?;
        object.serialize_field("because", &Shown(self.because()))?;
        object.serialize_field("changes", &List(|| self.changes()))?;
        object.end()
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Change", 3)?;
        object.serialize_field("change", self.code())?;
        object.serialize_field("concerns", &List(|| self.concerns()))?;
        object.serialize_field("text", &Shown(self.sentence()))?;
        object.end()
    }
}

impl Serialize for RouteFinding<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("RouteFinding", 7)?;
        object.serialize_field("route", &self.route())?;
        object.serialize_field("open", &self.is_open())?;
        object.serialize_field("plain", self.plain())?;
        object.serialize_field("closed_because", &List(|| self.closed_because().map(Shown)))?;
        object.serialize_field("citations", self.citations())?;
        object.serialize_field("our_reading", &self.is_our_reading())?;
        object.serialize_field("opt_outs", &List(|| self.opt_outs()))?;
        object.end()
    }
}

impl Serialize for OptOutFinding<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("OptOutFinding", 5)?;
        object.serialize_field("opt_out", &self.opt_out())?;
        object.serialize_field("effect", &self.effect())?;
        object.serialize_field("because", &Shown(self.because()))?;
        object.serialize_field("citations", self.citations())?;
        object.serialize_field("our_reading", &self.is_our_reading())?;
        object.end()
    }
}

/// A list that is found while it is written.
struct List<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// A text, as it is shown.
struct Shown<T>(T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
