//! What a disclosure means for patients as they commonly are.

use std::io::{self, Write};

use optout::{National, Patient, Programme, Reason, Route, Ruling, Type1, Verdict};
use serde::Serialize;

use crate::output::{ALLOW, BOLD, DENY};

/// The patients that every controller asks about. None has recorded consent, an objection to sharing
/// for care, or an opt-out of the programme's own; of the last, nothing is known of those unknown.
pub(crate) const PATIENTS: [(&str, Patient); 5] = {
    let known = Patient::UNKNOWN.with_programme(Programme::None);
    [
        ("no opt-out", known.with_type1(Type1::None).with_national(National::None)),
        ("Type 1 opt-out", known.with_type1(Type1::Dissent).with_national(National::None)),
        ("national opt-out", known.with_type1(Type1::None).with_national(National::OptedOut)),
        ("both opt-outs", known.with_type1(Type1::Dissent).with_national(National::OptedOut)),
        ("nothing known", Patient::UNKNOWN),
    ]
};

/// The decision for one of them.
#[derive(Debug, Serialize)]
pub(crate) struct Outcome {
    name: &'static str,
    patient: Patient,
    verdict: Verdict,
    reason: Reason,
    route: Option<Route>,
    blocked_by: Vec<Reason>,
}

/// The decision for each of them.
pub(crate) fn outcomes(ruling: &Ruling) -> Vec<Outcome> {
    let outcome = |(name, patient)| {
        let decision = ruling.decide(patient);
        Outcome {
            name,
            patient,
            verdict: decision.verdict(),
            reason: decision.reason(),
            route: decision.route(),
            blocked_by: decision.blocked_by().reasons().collect(),
        }
    };
    PATIENTS.into_iter().map(outcome).collect()
}

/// Writes the outcomes, a line each.
pub(crate) fn write(out: &mut dyn Write, outcomes: &[Outcome]) -> io::Result<()> {
    writeln!(out, "{BOLD}Who may go, with no consent or objection on record{BOLD:#}")?;
    for outcome in outcomes {
        let (word, style) = match outcome.verdict {
            Verdict::Allow => ("allow", ALLOW),
            Verdict::Deny => ("deny", DENY),
        };
        let why = match outcome.route {
            Some(route) => route.code().to_owned(),
            None if outcome.blocked_by.is_empty() => outcome.reason.code().to_owned(),
            None => {
                let reasons: Vec<_> = outcome.blocked_by.iter().map(|r| r.code()).collect();
                reasons.join(", ")
            }
        };
        writeln!(out, "  {:<18}{style}{word:<5}{style:#}  {why}", outcome.name)?;
    }
    Ok(())
}
