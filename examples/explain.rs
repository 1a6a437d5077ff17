//! Why a disclosure is allowed for one patient and denied for another, in words.
//!
//! Run it with `cargo run --example explain`.

use std::error::Error;
use std::io::{self, Write};

use optout::explain::{Explanation, RouteFinding};
use optout::flow;
use optout::{Date, National, Patient, Type1, assess};

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut io::stdout().lock())
}

pub(crate) fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    // 1. The disclosure. Here the terms of a published flow: GP records go to the National Diabetes
    //    Audit. Terms change, so that a flow is asked for on a day.
    let on = Date::ymd(2026, 6, 1);
    let audit = flow::find("national-diabetes-audit", on)?;
    writeln!(out, "{}: {} to {}\n", audit.name, audit.sender, audit.recipient)?;

    // 2. It is judged once, for every patient.
    let ruling = assess(&audit.disclosure(on))?;

    // 3. What one patient has recorded. What is not stated is not known, and blocks.
    let patient = Patient::UNKNOWN.with_type1(Type1::Dissent).with_national(National::None);

    // 4. The decision, the reason, and what would change it.
    let explanation = Explanation::for_patient(&ruling, patient);
    if let Some(finding) = explanation.patient() {
        writeln!(out, "{}: {}", finding.decision().verdict(), finding.because())?;
        for change in finding.changes() {
            writeln!(out, "- {}", change.sentence())?;
        }
    }

    // 5. What binds, and under which clause. `to_text` and `Display` write all of it for people.
    for route in explanation.routes().filter(RouteFinding::is_open) {
        writeln!(out, "\n{} is open: {}", route.route(), route.plain())?;
        for opt_out in route.opt_outs() {
            writeln!(out, "  {}: {}", opt_out.opt_out(), opt_out.because())?;
        }
    }
    Ok(())
}
