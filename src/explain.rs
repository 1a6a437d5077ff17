//! A ruling in words: every route open or why closed, every opt-out binding, out of scope or lifted
//! and by what, and for a denial what would change it.
//!
//! Nothing is kept: each part is found, and each sentence written, when it is asked for. So an
//! explanation takes no memory, and none can be wanting in a host of the C library.

mod change;
#[cfg(feature = "serde")]
mod json;
mod layout;
mod sentence;
mod wrap;

use core::fmt::{self, Display};

use crate::binding::{Binding, Effect, OptOut};
use crate::clause::{Citation, Clauses};
use crate::decision::Decision;
use crate::disclosure::{Bases, Conditions, Disclosure};
use crate::patient::Patient;
use crate::route::{Closed, ROUTES, Route, RouteRule};
use crate::ruling::{Ruling, assess};

pub use change::{Change, OptOuts};
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
/// let decided = explanation.patient().unwrap();
/// assert!(decided.changes().any(|change| change == Change::Anonymise));
/// println!("{explanation}");
/// # Ok::<(), optout::AssessError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Explanation<'a> {
    ruling: &'a Ruling,
    patient: Option<Patient>,
}

/// What one patient's decision is, why, and what would change a denial.
#[derive(Clone, Copy, Debug)]
pub struct PatientFinding<'a> {
    ruling: &'a Ruling,
    patient: Patient,
}

/// One route: open, or why closed, and what binds on it.
#[derive(Clone, Copy, Debug)]
pub struct RouteFinding<'a> {
    disclosure: &'a Disclosure,
    rule: &'static RouteRule,
    closed: Option<Closed>,
}

/// What an opt-out does on a route.
#[derive(Clone, Copy, Debug)]
pub struct OptOutFinding<'a> {
    disclosure: &'a Disclosure,
    cell: &'static Binding,
    effect: Effect,
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

/// An assertion without effect, or a combination that deserves a second look; shown as a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Warning<'a> {
    disclosure: &'a Disclosure,
    of: WarningOf,
}

#[derive(Clone, Copy, Debug)]
enum WarningOf {
    IdleBasis(Bases, &'static str),
    IdleCondition(&'static str),
    DisappliedWithoutProgramme,
    Moot { free: Route, bound: Route },
}

impl<'a> Explanation<'a> {
    /// Explains a ruling.
    #[must_use]
    pub const fn of(ruling: &'a Ruling) -> Self {
        Self { ruling, patient: None }
    }

    /// Explains a ruling and one patient's decision.
    #[must_use]
    pub const fn for_patient(ruling: &'a Ruling, patient: Patient) -> Self {
        Self { ruling, patient: Some(patient) }
    }

    /// The disclosure that was judged.
    #[must_use]
    pub const fn disclosure(&self) -> &'a Disclosure {
        self.ruling.disclosure()
    }

    /// One patient's decision, where the explanation is for a patient.
    #[must_use]
    pub fn patient(&self) -> Option<PatientFinding<'a>> {
        self.patient.map(|patient| PatientFinding { ruling: self.ruling, patient })
    }

    /// Every route, in the order of the specification.
    pub fn routes(&self) -> impl Iterator<Item = RouteFinding<'a>> + Clone + use<'a> {
        let disclosure = self.disclosure();
        ROUTES.iter().map(move |rule| {
            let rule = RouteRule::of(rule.route);
            RouteFinding { disclosure, rule, closed: rule.closed(disclosure) }
        })
    }

    /// What a reference and validity dates are needed for; unverified by this library.
    pub fn evidence_needed(&self) -> impl Iterator<Item = Evidence> + Clone + use<'a> {
        let Disclosure { bases, conditions, .. } = *self.disclosure();
        let (bases, conditions) =
            (bases & Bases::NEED_EVIDENCE, conditions & Conditions::NEED_EVIDENCE);
        let of_bases = Bases::TABLE.iter().filter(move |(basis, ..)| bases.contains(*basis));
        let of_conditions =
            Conditions::TABLE.iter().filter(move |(condition, ..)| conditions.contains(*condition));
        of_bases
            .map(|(_, assertion, meaning)| Evidence { assertion, meaning })
            .chain(of_conditions.map(|(_, assertion, meaning)| Evidence { assertion, meaning }))
    }

    /// Assertions without effect on any open route (specification, section 2), and combinations that
    /// a controller should look at twice.
    pub fn warnings(&self) -> impl Iterator<Item = Warning<'a>> + Clone + use<'a> {
        let (ruling, disclosure) = (self.ruling, self.disclosure());
        let conditions = disclosure.conditions;
        let idle_bases = Bases::TABLE.iter().filter(move |(basis, ..)| {
            let opens = |route| RouteRule::of(route).bases.intersects(*basis);
            disclosure.bases.contains(*basis) && !ruling.open_routes().any(opens)
        });
        let idle_conditions = Conditions::TABLE.iter().filter(move |(condition, ..)| {
            let without =
                Disclosure { conditions: conditions.difference(*condition), ..*disclosure };
            conditions.contains(*condition)
                && assess(&without).is_ok_and(|other| other.has_same_effect(ruling))
        });
        let disapplied = conditions.contains(Conditions::NATIONAL_DISAPPLIED)
            && !conditions.contains(Conditions::PROGRAMME_OPT_OUT);
        idle_bases
            .map(|(basis, code, _)| WarningOf::IdleBasis(*basis, code))
            .chain(idle_conditions.map(|(_, code, _)| WarningOf::IdleCondition(code)))
            .chain(disapplied.then_some(WarningOf::DisappliedWithoutProgramme))
            .chain(sentence::moot(ruling).map(|(free, bound)| WarningOf::Moot { free, bound }))
            .map(move |of| Warning { disclosure, of })
    }
}

impl PatientFinding<'_> {
    /// What the patient has recorded.
    #[must_use]
    pub const fn recorded(&self) -> Patient {
        self.patient
    }

    /// Allow or deny, why, and by which route.
    #[must_use]
    pub const fn decision(&self) -> Decision {
        self.ruling.decide(self.patient)
    }

    /// The clauses behind the decision, in order of first use.
    #[must_use]
    pub fn clauses(&self) -> Clauses {
        self.ruling.clauses(self.patient)
    }

    /// The decision in a sentence.
    #[must_use]
    pub fn because(&self) -> impl Display + use<> {
        sentence::decision(self.decision())
    }

    /// The smallest changes of one fact each that would allow it; none when it is allowed.
    pub fn changes(&self) -> impl Iterator<Item = Change> {
        change::changes(self.ruling, self.patient)
    }
}

impl<'a> RouteFinding<'a> {
    /// The route.
    #[must_use]
    pub const fn route(&self) -> Route {
        self.rule.route
    }

    /// Whether it is open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.closed.is_none()
    }

    /// What the route is, in plain words.
    #[must_use]
    pub const fn plain(&self) -> &'static str {
        self.rule.plain
    }

    /// Why it is closed, a phrase for each part of its rule that does not hold.
    pub fn closed_because(&self) -> impl Iterator<Item = impl Display + use<'a>> + Clone + use<'a> {
        let (rule, disclosure) = (self.rule, self.disclosure);
        self.closed.into_iter().flat_map(move |closed| sentence::closed(rule, closed, disclosure))
    }

    /// What the rule stands on.
    #[must_use]
    pub const fn citations(&self) -> &'static [Citation] {
        self.rule.citations
    }

    /// Whether a citation is our own reading.
    #[must_use]
    pub fn is_our_reading(&self) -> bool {
        any_ours(self.citations())
    }

    /// What each opt-out does on it.
    pub fn opt_outs(&self) -> impl Iterator<Item = OptOutFinding<'a>> + Clone + use<'a> {
        let disclosure = self.disclosure;
        Binding::of(self.route()).iter().map(move |cell| OptOutFinding {
            disclosure,
            cell,
            effect: cell.effect(disclosure),
        })
    }
}

impl<'a> OptOutFinding<'a> {
    /// The opt-out.
    #[must_use]
    pub const fn opt_out(&self) -> OptOut {
        self.cell.opt_out
    }

    /// Whether it binds, is out of scope, or is lifted.
    #[must_use]
    pub const fn effect(&self) -> Outcome {
        match self.effect {
            Effect::Binds | Effect::BindsWith(_) => Outcome::Binds,
            Effect::OutOfScope(_) => Outcome::OutOfScope,
            Effect::LiftedByRoute | Effect::LiftedBy(_) | Effect::LiftedByPurpose(_) => {
                Outcome::Lifted
            }
        }
    }

    /// By what, in a sentence.
    #[must_use]
    pub fn because(&self) -> impl Display + use<'a> {
        sentence::effect(self.cell, self.effect, self.disclosure)
    }

    /// Under which clause.
    #[must_use]
    pub fn citations(&self) -> &'static [Citation] {
        self.cell.citations_for(self.effect)
    }

    /// Whether a citation is our own reading.
    #[must_use]
    pub fn is_our_reading(&self) -> bool {
        any_ours(self.citations())
    }
}

impl Display for Warning<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of {
            WarningOf::IdleBasis(basis, code) => {
                sentence::idle_basis(f, basis, code, self.disclosure)
            }
            WarningOf::IdleCondition(code) => {
                write!(f, "`{code}` is asserted and has no effect on any open route.")
            }
            WarningOf::DisappliedWithoutProgramme => {
                f.write_str(sentence::DISAPPLIED_WITHOUT_PROGRAMME)
            }
            WarningOf::Moot { free, bound } => write!(
                f,
                "No opt-out binds on `{free}`, so it permits every patient and what binds on `{bound}` never matters. `{free}` must be true of every patient in the release; if it is true of some only, judge them as a disclosure of their own."
            ),
        }
    }
}

fn any_ours(citations: &[Citation]) -> bool {
    citations.iter().any(|citation| citation.grade.is_our_reading())
}

impl Decision {
    /// The decision in a sentence of plain English.
    #[must_use]
    pub fn sentence(self) -> impl Display {
        sentence::decision(self)
    }
}
