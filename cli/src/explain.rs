//! One patient's decision, in words.

use std::process::ExitCode;

use optout::Patient;
use optout::explain::Explanation;
use optout::flow::Flow;
use serde::Serialize;

use crate::args::{ExplainArgs, PatientArgs};
use crate::assess::write_flow;
use crate::error::Error;
use crate::output::{json_to_stdout, layout, to_stdout};
use crate::request::Request;

/// The status with `--exit-code` when the data may not go.
const DENIED: u8 = 3;

/// What is written as JSON.
#[derive(Serialize)]
struct Explained<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    flow: Option<&'a Flow>,
    #[serde(flatten)]
    explanation: Explanation<'a>,
}

pub(crate) fn run(args: &ExplainArgs) -> Result<ExitCode, Error> {
    let request = Request::read(&args.disclosure)?;
    let patient = patient(&args.patient);
    let explanation = Explanation::for_patient(&request.ruling, patient);
    let done = if args.json {
        json_to_stdout(&Explained { flow: request.flow, explanation })?
    } else {
        to_stdout(|out| {
            write_flow(out, request.flow)?;
            write!(out, "{}", explanation.to_text(layout()))
        })?
    };
    let denied = !request.ruling.decide(patient).is_allowed();
    Ok(if args.exit_code && denied { ExitCode::from(DENIED) } else { done })
}

/// The patient of the flags; what was left out is not known.
fn patient(args: &PatientArgs) -> Patient {
    if let Some(byte) = args.byte {
        return Patient::from_byte(byte);
    }
    let mut patient = Patient::UNKNOWN;
    if let Some(status) = args.type1 {
        patient = patient.with_type1(status);
    }
    if let Some(status) = args.national {
        patient = patient.with_national(status);
    }
    if let Some(status) = args.programme {
        patient = patient.with_programme(status);
    }
    if args.explicit_consent {
        patient = patient.with_explicit_consent();
    }
    if args.care_objection {
        patient = patient.with_care_objection();
    }
    patient
}
