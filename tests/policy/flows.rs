//! Every flow of the catalogue, decided for five patients: reviewed as a diff.

use std::fmt::Write;

use optout::{Decision, National, Patient, Programme, Reason, Type1, assess, flow};

use crate::expected;

/// Each with no other opt-out, consent or objection on record.
const PATIENTS: [(&str, Patient); 5] = {
    let none = Patient::UNKNOWN
        .with_type1(Type1::None)
        .with_national(National::None)
        .with_programme(Programme::None);
    let national = none.with_national(National::OptedOut);
    [
        ("no opt-out", none),
        ("Type 1", none.with_type1(Type1::Dissent)),
        ("national", national),
        ("both", national.with_type1(Type1::Dissent)),
        ("nothing known", Patient::UNKNOWN),
    ]
};

fn shown(decision: Decision) -> String {
    match decision.route() {
        Some(route) => format!("allow by {route}"),
        None if decision.blocked_by().is_empty() => format!("DENY {}", decision.reason()),
        None => {
            let reasons: Vec<_> = decision.blocked_by().reasons().map(Reason::code).collect();
            format!("DENY {}", reasons.join(" "))
        }
    }
}

#[test]
fn every_flow_is_decided_as_expected() {
    let mut text = String::from(
        "# Every flow of the catalogue, on the first day of its terms, decided for five patients\n\
         # with no consent and no objection on record. Written by tests/policy/flows.rs.\n",
    );
    for flow in flow::all() {
        let ruling = assess(&flow.disclosure(flow.from)).expect("a flow without contradiction");
        let until = flow.until.map_or_else(|| String::from("…"), |until| until.to_string());
        writeln!(text, "\n{} ({} to {until})", flow.id, flow.from).expect("room in memory");
        for (name, patient) in PATIENTS {
            let decision = shown(ruling.decide(patient));
            writeln!(text, "    {name:<14} {decision}").expect("room in memory");
        }
    }
    expected::check("flows.txt", &text);
}
