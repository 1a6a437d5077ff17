//! A question written in one line, in the codes of section 2 and 3:
//!
//! `origin boundary identifiability purpose; bases; conditions; patient`
//!
//! The patient begins as `no-opt-out` (each status none), `every-opt-out` (all recorded, an objection
//! too) or `nothing-known`; then come `type1=…`, `national=…`, `programme=…`, `consent`, `objection`.

use optout::{
    Bases, Conditions, Decision, Disclosure, National, Patient, Programme, Ruling, Type1, assess,
};

use crate::space::ON;

/// A disclosure and a patient.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub disclosure: Disclosure,
    pub patient: Patient,
}

impl Asked {
    pub fn ruling(&self) -> Ruling {
        assess(&self.disclosure).expect("a question without contradiction")
    }

    pub fn decision(&self) -> Decision {
        self.ruling().decide(self.patient)
    }
}

/// Reads a question; anything that is not one is a fault of the test.
pub fn ask(text: &str) -> Asked {
    let parts: Vec<Vec<&str>> =
        text.split(';').map(|part| part.split_whitespace().collect()).collect();
    let [facts, bases, conditions, patient] = &parts[..] else {
        panic!("not four parts: {text}");
    };
    let [origin, boundary, identifiability, purpose] = facts[..] else {
        panic!("not four facts: {text}");
    };
    let bases = bases.iter().map(|code| Bases::from_code(code).expect("a basis"));
    let conditions =
        conditions.iter().map(|code| Conditions::from_code(code).expect("a condition"));
    let disclosure = Disclosure {
        origin: origin.parse().expect("an origin"),
        boundary: boundary.parse().expect("a boundary"),
        identifiability: identifiability.parse().expect("an identifiability"),
        purpose: purpose.parse().expect("a purpose"),
        bases: bases.collect(),
        conditions: conditions.collect(),
        on: ON,
    };
    let (first, rest) = patient.split_first().expect("a patient");
    let patient = rest.iter().fold(patient_of(first), |patient, word| record(patient, word));
    Asked { disclosure, patient }
}

fn patient_of(word: &str) -> Patient {
    let none = Patient::UNKNOWN
        .with_type1(Type1::None)
        .with_national(National::None)
        .with_programme(Programme::None);
    match word {
        "nothing-known" => Patient::UNKNOWN,
        "no-opt-out" => none,
        "every-opt-out" => none
            .with_type1(Type1::Dissent)
            .with_national(National::OptedOut)
            .with_programme(Programme::OptedOut)
            .with_care_objection(),
        other => panic!("not a patient to begin with: {other}"),
    }
}

fn record(patient: Patient, word: &str) -> Patient {
    match word.split_once('=') {
        Some(("type1", status)) => patient.with_type1(status.parse().expect("a status")),
        Some(("national", status)) => patient.with_national(status.parse().expect("a status")),
        Some(("programme", status)) => patient.with_programme(status.parse().expect("a status")),
        None if word == "consent" => patient.with_explicit_consent(),
        None if word == "objection" => patient.with_care_objection(),
        Some(_) | None => panic!("not a record of a patient: {word}"),
    }
}
