//! A ruling in words: every route open or why closed, every opt-out binding, out of scope or lifted
//! and by what, and for a denial what would change it.

mod change;
mod layout;
mod sentence;

use std::string::String;
use std::vec::Vec;

use crate::binding::{Binding, Effect, OptOut};
use crate::clause::{Citation, Clause};
use crate::decision::{Decision, Reason, Verdict};
use crate::disclosure::{Bases, Conditions, Disclosure};
use crate::patient::Patient;
use crate::route::{ROUTES, Route};
use crate::ruling::{Ruling, assess};

pub use change::Change;
pub use layout::Layout;

/// The explanation of a ruling, and of one patient's decision where there is one.
///
/// [`to_text`](Self::to_text) writes it for people; with the `serde` feature it serialises for
/// programs.
///
/// ```
/// use optout::{Date, Patient, Type1, assess};
/// use optout::{Bases, Boundary, Conditions, Disclosure, Identifiability, Origin, Purpose};
/// use optout::explain::{Change, Explanation};
///
/// let ruling = assess(&Disclosure {
///     origin: Origin::GpRecord,
///     boundary: Boundary::BeyondController,
///     identifiability: Identifiability::Identifiable,
///     purpose: Purpose::Planning,
///     bases: Bases::S259_COLLECTION,
///     conditions: Conditions::empty(),
///     on: Date::ymd(2026, 6, 1),
/// })?;
/// let patient = Patient::UNKNOWN.with_type1(Type1::Dissent);
/// let explanation = Explanation::for_patient(&ruling, patient);
/// let changes = &explanation.patient.as_ref().unwrap().changes;
/// assert!(changes.contains(&Change::Anonymise));
/// println!("{explanation}");
/// # Ok::<(), optout::AssessError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Explanation {
    /// The disclosure that was judged.
    pub disclosure: Disclosure,
    /// One patient's decision, where the explanation is for a patient.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub patient: Option<PatientFinding>,
    /// Every route, in the order of the specification.
    pub routes: Vec<RouteFinding>,
    /// What a reference and validity dates are needed for; unverified by this library.
    pub evidence_needed: Vec<Evidence>,
    /// Assertions without effect, and combinations that deserve a second look.
    pub warnings: Vec<String>,
}

/// What one patient's decision is, why, and what would change a denial.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PatientFinding {
    /// What the patient has recorded.
    pub recorded: Patient,
    /// Allow or deny.
    pub verdict: Verdict,
    /// The reason of highest precedence.
    pub reason: Reason,
    /// The route that permits.
    pub route: Option<Route>,
    /// Everything that blocks, in ascending order.
    pub blocked_by: Vec<Reason>,
    /// The clauses behind the decision, in order of first use.
    pub clauses: Vec<Clause>,
    /// The decision in a sentence.
    pub because: String,
    /// The smallest changes of one fact each that would allow it; empty when it is allowed.
    #[cfg_attr(feature = "serde", serde(serialize_with = "change::serialize"))]
    pub changes: Vec<Change>,
}

/// One route: open, or why closed, and what binds on it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RouteFinding {
    /// The route.
    pub route: Route,
    /// Whether it is open.
    pub open: bool,
    /// What the route is, in plain words.
    pub plain: &'static str,
    /// Why it is closed, a phrase for each part of its rule that does not hold.
    pub closed_because: Vec<String>,
    /// What the rule stands on.
    pub citations: &'static [Citation],
    /// Whether a citation is our own reading.
    pub our_reading: bool,
    /// What each opt-out does on it.
    pub opt_outs: Vec<OptOutFinding>,
}

/// What an opt-out does on a route.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OptOutFinding {
    /// The opt-out.
    pub opt_out: OptOut,
    /// Whether it binds, is out of scope, or is lifted.
    pub effect: Outcome,
    /// By what, in a sentence.
    pub because: String,
    /// Under which clause.
    pub citations: &'static [Citation],
    /// Whether a citation is our own reading.
    pub our_reading: bool,
}

/// What becomes of an opt-out on a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum Outcome {
    /// It binds: recorded or not known, it blocks.
    Binds,
    /// It does not reach this disclosure.
    OutOfScope,
    /// It would reach it, and something lifts it.
    Lifted,
}

/// An assertion that needs a reference and validity dates on record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Evidence {
    /// The code of the basis or condition.
    pub assertion: &'static str,
    /// What is asserted.
    pub meaning: &'static str,
}

impl Explanation {
    /// Explains a ruling.
    #[must_use]
    pub fn of(ruling: &Ruling) -> Self {
        let disclosure = ruling.disclosure();
        Self {
            disclosure: *disclosure,
            patient: None,
            routes: ROUTES.iter().map(|rule| RouteFinding::of(rule.route, disclosure)).collect(),
            evidence_needed: evidence_needed(disclosure),
            warnings: warnings(ruling),
        }
    }

    /// Explains a ruling and one patient's decision.
    #[must_use]
    pub fn for_patient(ruling: &Ruling, patient: Patient) -> Self {
        Self { patient: Some(PatientFinding::of(ruling, patient)), ..Self::of(ruling) }
    }
}

impl PatientFinding {
    fn of(ruling: &Ruling, patient: Patient) -> Self {
        let decision = ruling.decide(patient);
        Self {
            recorded: patient,
            verdict: decision.verdict(),
            reason: decision.reason(),
            route: decision.route(),
            blocked_by: decision.blocked_by().reasons().collect(),
            clauses: ruling.clauses(patient).as_slice().to_vec(),
            because: sentence::decision(decision),
            changes: change::changes(ruling, patient),
        }
    }
}

impl RouteFinding {
    fn of(route: Route, disclosure: &Disclosure) -> Self {
        let rule = crate::route::RouteRule::of(route);
        let closed = rule.closed(disclosure);
        Self {
            route,
            open: closed.is_none(),
            plain: rule.plain,
            closed_because: closed
                .map_or_else(Vec::new, |closed| sentence::closed(rule, closed, disclosure)),
            citations: rule.citations,
            our_reading: any_ours(rule.citations),
            opt_outs: Binding::of(route)
                .iter()
                .map(|cell| OptOutFinding::of(cell, disclosure))
                .collect(),
        }
    }
}

impl OptOutFinding {
    fn of(cell: &Binding, disclosure: &Disclosure) -> Self {
        let effect = cell.effect(disclosure);
        let citations = cell.citations_for(effect);
        Self {
            opt_out: cell.opt_out,
            effect: match effect {
                Effect::Binds | Effect::BindsWith(_) => Outcome::Binds,
                Effect::OutOfScope(_) => Outcome::OutOfScope,
                Effect::LiftedByRoute | Effect::LiftedBy(_) | Effect::LiftedByPurpose(_) => {
                    Outcome::Lifted
                }
            },
            because: sentence::effect(cell, effect, disclosure),
            citations,
            our_reading: any_ours(citations),
        }
    }
}

fn any_ours(citations: &[Citation]) -> bool {
    citations.iter().any(|citation| citation.grade.is_our_reading())
}

fn evidence_needed(disclosure: &Disclosure) -> Vec<Evidence> {
    let bases = disclosure.bases & Bases::NEED_EVIDENCE;
    let conditions = disclosure.conditions & Conditions::NEED_EVIDENCE;
    let of_bases = Bases::TABLE.iter().filter(|(basis, ..)| bases.contains(*basis));
    let of_conditions =
        Conditions::TABLE.iter().filter(|(condition, ..)| conditions.contains(*condition));
    of_bases
        .map(|(_, assertion, meaning)| Evidence { assertion, meaning })
        .chain(of_conditions.map(|(_, assertion, meaning)| Evidence { assertion, meaning }))
        .collect()
}

/// Assertions without effect on any open route (specification, section 2), and combinations that a
/// controller should look at twice.
fn warnings(ruling: &Ruling) -> Vec<String> {
    let disclosure = ruling.disclosure();
    let mut warnings = Vec::new();
    for (basis, code, _) in Bases::TABLE {
        let opens_one = ruling
            .open_routes()
            .any(|route| crate::route::RouteRule::of(route).bases.intersects(*basis));
        if disclosure.bases.contains(*basis) && !opens_one {
            warnings.push(sentence::idle_basis(*basis, code, disclosure));
        }
    }
    for (condition, code, _) in Conditions::TABLE {
        let without =
            Disclosure { conditions: disclosure.conditions.difference(*condition), ..*disclosure };
        if disclosure.conditions.contains(*condition)
            && assess(&without).is_ok_and(|other| other.has_same_effect(ruling))
        {
            warnings
                .push(std::format!("`{code}` is asserted and has no effect on any open route."));
        }
    }
    if disclosure.conditions.contains(Conditions::NATIONAL_DISAPPLIED)
        && !disclosure.conditions.contains(Conditions::PROGRAMME_OPT_OUT)
    {
        warnings.push(String::from(sentence::DISAPPLIED_WITHOUT_PROGRAMME));
    }
    warnings.extend(sentence::moot(ruling));
    warnings
}

impl Decision {
    /// The decision in a sentence of plain English.
    #[must_use]
    pub fn sentence(self) -> String {
        sentence::decision(self)
    }
}
