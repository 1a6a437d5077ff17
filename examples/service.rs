//! A service that releases records in batches: it judges its disclosure when it starts, then looks
//! every patient up.
//!
//! Run it with `cargo run --example service`.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::{self, Write};

use optout::{
    AssessError, Bases, Boundary, Conditions, Date, Decision, Disclosure, Identifiability,
    National, Origin, Patient, Purpose, Reason, Ruling, Type1, assess,
};

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut io::stdout().lock())
}

pub(crate) fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let ruling = start()?;

    let records = records();
    let patients: Vec<Patient> = records.iter().map(|(_, patient)| *patient).collect();
    // Filled with denials, so that nothing goes that was not decided.
    let mut decisions = vec![Decision::NOT_DECIDED; patients.len()];
    ruling.decide_many(&patients, &mut decisions)?;

    // An allow may rest on assertions that the library cannot check.
    let mut evidence = BTreeSet::new();
    for patient in &patients {
        let (bases, conditions) = ruling.evidence(*patient);
        evidence.extend(bases.codes().chain(conditions.codes()));
    }
    for assertion in evidence {
        writeln!(out, "check that the evidence of {assertion} is on record and covers the day")?;
    }

    // Release what is allowed, and count why the rest stays.
    let mut withheld: BTreeMap<Reason, usize> = BTreeMap::new();
    for ((record, _), decision) in records.iter().zip(&decisions) {
        if decision.is_allowed() {
            writeln!(out, "release record {record}")?;
        } else {
            *withheld.entry(decision.reason()).or_default() += 1;
        }
    }
    for (reason, count) in &withheld {
        writeln!(out, "withhold {count}: {reason}")?;
    }
    Ok(())
}

/// Judges the disclosure once. An error stops the service before it serves anyone.
fn start() -> Result<Ruling, AssessError> {
    assess(&Disclosure {
        origin: Origin::GpRecord,
        boundary: Boundary::BeyondController,
        identifiability: Identifiability::Identifiable,
        purpose: Purpose::Research,
        // Some patients have consented to the study; for the others it has section 251 support.
        bases: Bases::EXPLICIT_CONSENT | Bases::COPI_REG_5,
        conditions: Conditions::empty(),
        // The library reads no clock: the day of the disclosure is an argument.
        on: Date::ymd(2026, 6, 1),
    })
}

/// Row numbers, and what is known of each patient. A real service reads the coded entries and the
/// result of the national check.
fn records() -> [(usize, Patient); 6] {
    let neither = Patient::UNKNOWN.with_type1(Type1::None).with_national(National::None);
    [
        (1, neither),
        (2, neither.with_type1(Type1::Dissent)),
        (3, neither.with_national(National::OptedOut)),
        (4, neither.with_national(National::OptedOut).with_explicit_consent()),
        (5, neither.with_national(National::Unknown)),
        (6, Patient::UNKNOWN),
    ]
}
