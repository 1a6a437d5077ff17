//! The sentences of an explanation.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use crate::binding::{Binding, Effect, OptOut, ScopeLimit};
use crate::decision::{Decision, Reason};
use crate::disclosure::{Bases, Boundary, Conditions, Disclosure, Identifiability, Origin};
use crate::purpose::PurposeClass;
use crate::route::{Closed, Route, RouteRule};
use crate::ruling::Ruling;

/// Joins phrases as a sentence would: "a, b and c".
pub(super) fn list(items: impl IntoIterator<Item = String>, last: &str) -> String {
    let mut items: Vec<String> = items.into_iter().collect();
    match items.pop() {
        None => String::new(),
        Some(only) if items.is_empty() => only,
        Some(end) => format!("{} {last} {end}", items.join(", ")),
    }
}

fn quoted(codes: impl Iterator<Item = &'static str>, last: &str) -> String {
    list(codes.map(|code| format!("`{code}`")), last)
}

/// The decision, as one would say it.
pub(super) fn decision(decision: Decision) -> String {
    let blocking = || list(decision.blocked_by().reasons().map(|r| r.meaning().to_string()), "and");
    match decision.reason() {
        Reason::Permitted => {
            let route = decision.route().map_or("an open route", Route::code);
            format!(
                "It may go: the route `{route}` permits it, and no opt-out that binds there blocks."
            )
        }
        Reason::NotDecided => String::from("Nothing was decided, so it may not go."),
        Reason::InvalidStatus | Reason::NoLawfulBasis | Reason::ConsentNotRecorded => {
            format!("It may not go: {}.", decision.reason().meaning())
        }
        Reason::Type1Dissent
        | Reason::NationalOptOut
        | Reason::ProgrammeOptOut
        | Reason::CareObjection
        | Reason::Type1Unknown
        | Reason::NationalUnknown
        | Reason::ProgrammeUnknown => format!("It may not go: {}.", blocking()),
    }
}

/// Why a route is closed, a phrase for each part of its rule that does not hold.
pub(super) fn closed(rule: &RouteRule, closed: Closed, disclosure: &Disclosure) -> Vec<String> {
    let mut why = Vec::new();
    if let (true, Some(form)) = (closed.form, rule.form) {
        why.push(format!("the data are {}, not {form}", disclosure.identifiability));
    }
    if closed.basis {
        why.push(format!("{} is not relied on", quoted(rule.bases.codes(), "or")));
    }
    if closed.class {
        let classes = list(rule.classes.iter().map(ToString::to_string), "and");
        why.push(format!(
            "the purpose, {}, is of the class {}, and the route serves {classes} only",
            disclosure.purpose,
            disclosure.purpose.class()
        ));
    }
    if closed.condition {
        why.push(format!("{} is not asserted", quoted(rule.conditions.codes(), "and")));
    }
    why
}

/// What an opt-out does on a route, and by what.
pub(super) fn effect(cell: &Binding, effect: Effect, disclosure: &Disclosure) -> String {
    match effect {
        Effect::Binds | Effect::LiftedByRoute | Effect::OutOfScope(ScopeLimit::Route) => {
            cell.plain.to_string()
        }
        Effect::BindsWith(with) => {
            format!("It binds because {} is asserted.", quoted(with.codes(), "and"))
        }
        Effect::LiftedBy(by) => {
            format!("It is lifted because {} is asserted.", quoted(by.codes(), "and"))
        }
        Effect::LiftedByPurpose(purpose) => {
            format!("It is lifted for `{purpose}`: {}.", purpose.meaning())
        }
        Effect::OutOfScope(limit) => out_of_scope(cell.opt_out, limit, disclosure),
    }
}

fn out_of_scope(opt_out: OptOut, limit: ScopeLimit, disclosure: &Disclosure) -> String {
    let from = match disclosure.origin {
        Origin::GpRecord => "a GP record",
        Origin::EnglandCare => "health or adult social care elsewhere in England",
        Origin::PrivateCare => "privately funded care",
        Origin::ChildrensSocialCare => "children's social care",
        Origin::OutsideEngland => "outside England",
    };
    match (limit, opt_out) {
        (ScopeLimit::Origin, OptOut::Type1) => {
            format!("Type 1 reaches GP records only, and the data come from {from}.")
        }
        (ScopeLimit::Origin, OptOut::National | OptOut::Programme | OptOut::CareObjection) => {
            format!(
                "The national opt-out reaches publicly funded health and adult social care in England, and the data come from {from}."
            )
        }
        (ScopeLimit::Boundary, _) => {
            String::from("The data stay with the practice, for its own purpose.")
        }
        (ScopeLimit::Class, _) => String::from("It does not reach individual care."),
        (ScopeLimit::Identifiability, _) => format!(
            "It reaches confidential patient information only, and the data are {}.",
            disclosure.identifiability
        ),
        (ScopeLimit::NoProgramme, _) => {
            String::from("The programme is not said to run an opt-out of its own.")
        }
        (ScopeLimit::Route, _) => String::from("It does not reach this route."),
    }
}

/// A basis that opens no route.
pub(super) fn idle_basis(basis: Bases, code: &str, disclosure: &Disclosure) -> String {
    if basis == Bases::STATUTORY_POWER {
        return format!(
            "`{code}` opens no route: a power to disclose does not lift the duty of confidence."
        );
    }
    if basis == Bases::IMPLIED_CONSENT && disclosure.purpose.class() == PurposeClass::Care {
        return format!(
            "`{code}` opens no route without `legitimate-relationship`: the recipients must be the patient's own care team."
        );
    }
    format!(
        "`{code}` is relied on and opens no route for `{}`, a purpose of the class {}.",
        disclosure.purpose,
        disclosure.purpose.class()
    )
}

pub(super) const DISAPPLIED_WITHOUT_PROGRAMME: &str = "`national-disapplied` is asserted without `programme-opt-out`: where the national opt-out is disapplied, an opt-out of the programme's own is required (our reading of section 251). Check that the flow has one, and declare it.";

/// An open route on which nothing binds makes what binds on another moot, for every patient.
pub(super) fn moot(ruling: &Ruling) -> Option<String> {
    let disclosure = ruling.disclosure();
    let open = || ruling.open_routes().filter(|route| !RouteRule::of(*route).needs_consent);
    let binds =
        |route: Route| Binding::of(route).iter().any(|cell| cell.effect(disclosure).binds());
    let free = open().find(|route| !binds(*route))?;
    let bound = open().find(|route| binds(*route))?;
    Some(format!(
        "No opt-out binds on `{free}`, so it permits every patient and what binds on `{bound}` never matters. `{free}` must be true of every patient in the release; if it is true of some only, judge them as a disclosure of their own."
    ))
}

/// The disclosure, as one would say it.
pub(super) fn disclosure(disclosure: &Disclosure) -> String {
    let form = match disclosure.identifiability {
        Identifiability::Identifiable => "Identifiable data",
        Identifiability::DeIdentified => "De-identified records",
        Identifiability::Anonymous => "Anonymous data",
    };
    let from = match disclosure.origin {
        Origin::GpRecord => "a GP record",
        Origin::EnglandCare => "health or adult social care in England",
        Origin::PrivateCare => "private care",
        Origin::ChildrensSocialCare => "children's social care",
        Origin::OutsideEngland => "care outside England",
    };
    let to = match disclosure.boundary {
        Boundary::WithinController => "kept by the organisation that holds them",
        Boundary::BeyondController => "for another organisation's purpose",
    };
    let relying = if disclosure.bases.is_empty() {
        String::from("on no legal basis")
    } else {
        format!("relying on {}", quoted(disclosure.bases.codes(), "and"))
    };
    let asserting = if disclosure.conditions == Conditions::empty() {
        String::new()
    } else {
        format!(", asserting {}", quoted(disclosure.conditions.codes(), "and"))
    };
    let (code, meaning) = (disclosure.purpose.code(), disclosure.purpose.meaning());
    let meaning = if code == meaning { String::new() } else { format!(" ({meaning})") };
    format!(
        "{form} from {from}, {to}: `{code}`{meaning}, {relying}{asserting}, on {}.",
        disclosure.on
    )
}
