//! The reasons that an answer can give, and worked decisions: asked of the program, not typed.

use optout::{Clause, Disclosure, Patient, Programme, Reason, assess};

use super::examples::{EXAMPLES, Example};
use super::page::Page;
use super::words::{capital, code, day, join, route};

/// The reasons, then the examples.
pub(super) fn write(page: &mut Page) {
    page.section("decisions", "Reasons and worked decisions");
    page.part("reasons", "Reasons, in order of precedence");
    page.push(
        "Each answer gives one reason: of those that hold, the first in this table. A denial by an \
         opt-out or an objection also lists everything that blocks.",
    );
    page.table(
        ["Number", "Reason", "Meaning", "Answer"],
        Reason::PRECEDENCE.iter().map(|reason| {
            [
                reason.number().to_string(),
                code(reason),
                reason.meaning().to_owned(),
                if *reason == Reason::Permitted { "allow" } else { "deny" }.to_owned(),
            ]
        }),
    );
    page.push(&format!(
        "Number {} is `{}`: {}. It is never an answer.",
        Reason::NotDecided.number(),
        Reason::NotDecided,
        Reason::NotDecided.meaning()
    ));
    page.part("examples", "Worked decisions");
    page.push(
        "The answers below were computed when this handbook was made. *On* names the route that \
         permits.",
    );
    for example in EXAMPLES {
        one(page, example);
    }
}

fn one(page: &mut Page, example: &Example) {
    page.heading(example.title);
    page.push(example.story);
    page.push(&question(&example.disclosure));
    match assess(&example.disclosure) {
        Err(error) => page.push(&format!("This question is refused: {error}.")),
        Ok(ruling) => page.table(
            ["Patient", "Answer", "Why", "Clauses"],
            example.patients.iter().map(|patient| {
                let decision = ruling.decide(*patient);
                let why = match decision.route() {
                    Some(of) => format!("On: {}", route(of)),
                    None if decision.blocked_by().is_empty() => code(decision.reason()),
                    None => join(decision.blocked_by().reasons().map(code), "and"),
                };
                [
                    in_words(*patient, &example.disclosure),
                    format!("**{}**", decision.verdict()),
                    why,
                    keys(ruling.clauses(*patient).as_slice()),
                ]
            }),
        ),
    }
}

fn question(disclosure: &Disclosure) -> String {
    let fields = [
        disclosure.origin.code(),
        disclosure.boundary.code(),
        disclosure.identifiability.code(),
        disclosure.purpose.code(),
    ];
    let mut parts = fields.map(code).to_vec();
    parts.push(format!("relying on {}", or_nothing(disclosure.bases.codes().map(code))));
    if !disclosure.conditions.is_empty() {
        parts.push(format!("asserting {}", join(disclosure.conditions.codes().map(code), "and")));
    }
    parts.push(format!("on {}", day(disclosure.on)));
    parts.join(" · ")
}

fn or_nothing(codes: impl Iterator<Item = String>) -> String {
    match join(codes, "and") {
        none if none.is_empty() => "no basis".to_owned(),
        some => some,
    }
}

fn keys(clauses: &[Clause]) -> String {
    match clauses {
        [] => "–".to_owned(),
        clauses => clauses.iter().map(|c| format!("[{c}]")).collect::<Vec<_>>().join(", "),
    }
}

/// What is on record for a patient, as far as this disclosure could ask.
fn in_words(patient: Patient, disclosure: &Disclosure) -> String {
    if patient == Patient::UNKNOWN {
        return "Nothing is known".to_owned();
    }
    let mut parts = Vec::new();
    if let Some(status) = patient.type1() {
        parts.push(format!("Type 1 `{status}`"));
    }
    parts.push(format!("national `{}`", patient.national()));
    let runs_its_own = disclosure.conditions.contains(optout::Conditions::PROGRAMME_OPT_OUT);
    if let Some(status) = patient.programme()
        && (runs_its_own || status == Programme::OptedOut)
    {
        parts.push(format!("programme `{status}`"));
    }
    if patient.has_explicit_consent() {
        parts.push("consent on record".to_owned());
    }
    if patient.has_care_objection() {
        parts.push("objects to sharing for care".to_owned());
    }
    capital(&parts.join(", "))
}
