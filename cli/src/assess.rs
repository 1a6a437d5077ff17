//! A disclosure judged, for every patient.

use std::io::{self, Write};
use std::process::ExitCode;

use optout::Date;
use optout::explain::Explanation;
use optout::flow::Flow;
use serde::Serialize;

use crate::args::AssessArgs;
use crate::error::Error;
use crate::output::{BOLD, json_to_stdout, layout, to_stdout, write_field};
use crate::request::Request;
use crate::request_file::{Evidence, OnRecord};
use crate::screen;
use crate::standard::{self, Outcome};

/// The width of the codes of the assertions.
const ASSERTION: usize = 21;

/// What is written as JSON.
#[derive(Serialize)]
struct Assessment<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    flow: Option<&'a Flow>,
    #[serde(flatten)]
    explanation: Explanation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<&'a Evidence>,
    outcomes: Vec<Outcome>,
}

pub(crate) fn run(args: &AssessArgs) -> Result<ExitCode, Error> {
    let request = Request::read(&args.disclosure)?;
    let explanation = Explanation::of(&request.ruling);
    let outcomes = standard::outcomes(&request.ruling);
    if args.json {
        let Request { flow, evidence, .. } = &request;
        let flow = *flow;
        return json_to_stdout(&Assessment {
            flow,
            explanation,
            evidence: evidence.as_ref(),
            outcomes,
        });
    }
    to_stdout(|out| {
        write_flow(out, request.flow)?;
        write!(out, "{}", explanation.to_text(layout()))?;
        write_evidence(out, &request, &explanation)?;
        writeln!(out)?;
        standard::write(out, &outcomes)
    })
}

/// Names the entry of the catalogue.
pub(crate) fn write_flow(out: &mut dyn Write, flow: Option<&Flow>) -> io::Result<()> {
    match flow {
        Some(flow) => writeln!(out, "{BOLD}{}{BOLD:#} ({})", flow.name, flow.id),
        None => Ok(()),
    }
}

/// What the request file has on record for each assertion that needs evidence.
fn write_evidence(
    out: &mut dyn Write,
    request: &Request,
    explanation: &Explanation<'_>,
) -> io::Result<()> {
    let Some(evidence) = &request.evidence else { return Ok(()) };
    let needed = || explanation.evidence_needed().map(|needed| needed.assertion);
    let given = || evidence.iter().map(|(assertion, on_record)| (assertion.code(), on_record));
    if needed().next().is_none() && evidence.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{BOLD}Evidence in the request file{BOLD:#}")?;
    for assertion in needed() {
        let text = match given().find(|(code, _)| *code == assertion) {
            Some((_, on_record)) => on_record_text(on_record, request.disclosure().on),
            None => String::from("NONE"),
        };
        write_field(out, ASSERTION, assertion, &text)?;
    }
    for (assertion, _) in given().filter(|(code, _)| needed().all(|needed| needed != *code)) {
        write_field(out, ASSERTION, assertion, "given, but the disclosure does not rely on it")?;
    }
    Ok(())
}

fn on_record_text(on_record: &OnRecord, on: Date) -> String {
    let OnRecord { reference, from, until } = on_record;
    let until = until.map_or_else(String::new, |until| format!(" until {until}"));
    let covers = if on_record.covers(on) { "covers" } else { "DOES NOT COVER" };
    let reference = screen::text(reference);
    format!("{reference}; from {from}{until}: {covers} {on}")
}
