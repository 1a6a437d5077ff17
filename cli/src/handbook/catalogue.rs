//! The published flows, with the answers that the rules give on their terms.

use optout::flow::{self, Flow};
use optout::{AssessError, Purpose, assess};

use crate::standard::PATIENTS;

use super::page::Page;
use super::sources::link;
use super::words::{capital, code, day, graded, join};

/// The columns for the standard patients, in their order.
const COLUMNS: [&str; 5] = ["None", "Type 1", "National", "Both", "?"];

/// What the table says of a patient.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    /// Only where this patient's explicit consent is on record.
    Consent,
}

impl Answer {
    const fn word(self) -> &'static str {
        match self {
            Self::Yes => "**yes**",
            Self::No => "no",
            Self::Consent => "consent",
        }
    }
}

/// The answers on the terms of a flow, for the patients of the table.
pub(super) fn answers(flow: &Flow) -> Result<[Answer; 5], AssessError> {
    let ruling = assess(&flow.disclosure(flow.from))?;
    Ok(PATIENTS.map(|(_, patient)| {
        let with_consent = patient.with_explicit_consent();
        if ruling.decide(patient).is_allowed() {
            Answer::Yes
        } else if ruling.decide(with_consent).is_allowed() {
            Answer::Consent
        } else {
            Answer::No
        }
    }))
}

/// A table for each purpose, with notes and sources, then where sources disagree.
pub(super) fn write(page: &mut Page) {
    page.section("catalogue", "The catalogue of published flows");
    if flow::all().next().is_none() {
        page.push("The catalogue of this edition is empty.");
        return;
    }
    page.push(
        "These are real flows, described by the bodies that run them. An entry supplies the terms \
         of a disclosure; it never supplies the evidence. Check its terms against your own \
         agreement before you rely on it.",
    );
    page.push(
        "The columns on the right say whether a patient's data may go. *None*: it is known that the \
         patient has no opt-out at all. *Type 1*, *National*, *Both*: it is known that the patient \
         has these, and no other. *?*: nothing is known. In a cell, *consent* means: only where \
         this patient's explicit consent to this use is on record.",
    );
    page.push(
        "Two more things deny and have no column. On implied consent, an objection to sharing for \
         care. Under `programme-opt-out`, an opt-out from the programme, and not to know of one.",
    );
    for purpose in Purpose::ALL {
        let flows: Vec<_> = flow::all().filter(|flow| flow.terms.purpose == *purpose).collect();
        if !flows.is_empty() {
            group(page, *purpose, &flows);
        }
    }
    conflicts(page);
}

fn group(page: &mut Page, purpose: Purpose, flows: &[&Flow]) {
    let id = format!("flows-{purpose}");
    page.part(&id, &format!("{} (`{purpose}`)", capital(purpose.meaning())));
    let [none, type1, national, both, unknown] = COLUMNS;
    page.table(
        ["Flow, from whom to whom, dates, grade", "Bases", none, type1, national, both, unknown],
        flows.iter().map(|flow| row(flow)),
    );
    page.list(flows.iter().map(|flow| note(flow)));
}

fn row(flow: &Flow) -> [String; 7] {
    let [none, type1, national, both, unknown] = match answers(flow) {
        Ok(answers) => answers.map(|answer| answer.word().to_owned()),
        Err(error) => [(); 5].map(|()| format!("refused: {error}")),
    };
    let bases = join(flow.terms.bases.codes().map(code), "and");
    [
        format!(
            "**{}**<br>`{}`<br>{} → {}<br>{} · grade {}",
            flow.name,
            flow.id,
            flow.sender,
            flow.recipient,
            capital(&dates(flow)),
            graded(flow.grade)
        ),
        if bases.is_empty() { "none needed".to_owned() } else { bases },
        none,
        type1,
        national,
        both,
        unknown,
    ]
}

fn dates(flow: &Flow) -> String {
    match flow.until {
        Some(until) => format!("{} to {}", day(flow.from), day(until)),
        None => format!("from {}", day(flow.from)),
    }
}

/// The terms of a flow, but for its purpose.
fn terms(flow: &Flow) -> String {
    let terms = flow.terms;
    let data = [terms.origin.code(), terms.boundary.code(), terms.identifiability.code()];
    let mut parts = vec![data.map(code).join(", ")];
    if !terms.bases.is_empty() {
        parts.push(format!("on {}", join(terms.bases.codes().map(code), "and")));
    }
    if !terms.conditions.is_empty() {
        parts.push(format!("with {}", join(terms.conditions.codes().map(code), "and")));
    }
    parts.join(", ")
}

fn note(flow: &Flow) -> String {
    let sources: Vec<_> = flow.sources.iter().map(link).collect();
    let disagree = if flow.conflict.is_some() { " *[Sources disagree](#conflicts).*" } else { "" };
    let ours = flow.ours.map_or_else(String::new, |ours| format!(" *Our reading:* {ours}"));
    format!(
        "**{}**, {}. {}{ours}{disagree} *Terms:* {}. *Sources:* {}.",
        flow.name,
        dates(flow),
        flow.note,
        terms(flow),
        sources.join("; ")
    )
}

fn conflicts(page: &mut Page) {
    let flows: Vec<_> = flow::all().filter(|flow| flow.conflict.is_some()).collect();
    if flows.is_empty() {
        return;
    }
    page.part("conflicts", "Where sources disagree");
    page.push("The catalogue follows one side. Here are both.");
    page.table(
        ["Flow", "What the catalogue follows", "What the other source says"],
        flows.iter().map(|flow| {
            [
                format!("**{}**<br>{}", flow.name, dates(flow)),
                followed(flow),
                flow.conflict.unwrap_or_default().to_owned(),
            ]
        }),
    );
}

/// What the terms of a flow come to, in words.
fn followed(flow: &Flow) -> String {
    let Ok([none, type1, national, ..]) = answers(flow) else {
        return "The question is refused.".to_owned();
    };
    let answer = match none {
        Answer::No => return "Nobody's data may go.".to_owned(),
        Answer::Consent => "Only with the patient's consent. ",
        Answer::Yes => "",
    };
    let both = match (type1 != none, national != none) {
        (true, true) => "Type 1 blocks, and so does the national opt-out.",
        (true, false) => "Type 1 blocks; the national opt-out does not.",
        (false, true) => "The national opt-out blocks; Type 1 does not.",
        (false, false) => "Neither Type 1 nor the national opt-out blocks.",
    };
    format!("{answer}{both}<br>*Terms:* {}.", terms(flow))
}
