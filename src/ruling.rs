//! A disclosure judged once: all 256 answers, so that deciding for a patient is one look-up.

use core::fmt;

use crate::binding::{Binding, Effect, MATRIX};
use crate::clause::{Clause, Clauses, Grade, cite};
use crate::decision::{BlockedBy, Decision, Reason, Verdict};
use crate::disclosure::{AssessError, Bases, Conditions, Disclosure};
use crate::patient::{National, Patient, Programme, Type1};
use crate::route::{ROUTES, Route, RouteRule};

/// Judges a disclosure. This is the only place that applies the rules.
///
/// > Allow exactly when some open route permits: the route's own condition on the patient holds,
/// > and none of the opt-outs that bind on that route blocks. Otherwise deny.
///
/// # Errors
/// Only what makes the question itself wrong: bits without a meaning, contradictory bases or
/// conditions, a date not covered.
///
/// ```
/// use optout::{Bases, Boundary, Conditions, Date, Disclosure, Identifiability, Origin, Purpose};
/// use optout::{National, Patient, Reason, Verdict, assess};
///
/// let ruling = assess(&Disclosure {
///     origin: Origin::EnglandCare,
///     boundary: Boundary::BeyondController,
///     identifiability: Identifiability::Identifiable,
///     purpose: Purpose::Research,
///     bases: Bases::COPI_REG_5,
///     conditions: Conditions::empty(),
///     on: Date::ymd(2026, 6, 1),
/// })?;
/// let decision = ruling.decide(Patient::UNKNOWN.with_national(National::OptedOut));
/// assert_eq!(decision.verdict(), Verdict::Deny);
/// assert_eq!(decision.reason(), Reason::NationalOptOut);
/// # Ok::<(), optout::AssessError>(())
/// ```
pub fn assess(disclosure: &Disclosure) -> Result<Ruling, AssessError> {
    disclosure.check()?;
    let mut ruling = Ruling {
        decisions: [Decision::NOT_DECIDED; 256],
        verdicts: [Verdict::Deny; 256],
        binds: [BlockedBy::empty(); ROUTES.len()],
        open: 0,
        disclosure: *disclosure,
    };
    for ((rule, cells), binds) in ROUTES.iter().zip(MATRIX).zip(&mut ruling.binds) {
        if rule.closed(disclosure).is_none() {
            ruling.open |= 1 << rule.route.number();
            for cell in cells {
                if cell.effect(disclosure).binds() {
                    *binds |= cell.opt_out.reasons();
                }
            }
        }
    }
    for byte in 0..=u8::MAX {
        let decision = ruling.judge(Patient::from_byte(byte));
        let place = usize::from(byte);
        #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
        {
            ruling.decisions[place] = decision;
            ruling.verdicts[place] = decision.verdict();
        }
    }
    Ok(ruling)
}

/// Everything that would block this patient if every opt-out bound: recorded, **or not known**. A
/// care objection counts only when recorded, because its absence must not withhold care.
const fn would_block(
    type1: Type1,
    national: National,
    programme: Programme,
    objects: bool,
) -> BlockedBy {
    let type1 = match type1 {
        Type1::Unknown => BlockedBy::TYPE1_UNKNOWN,
        Type1::None => BlockedBy::empty(),
        Type1::Dissent => BlockedBy::TYPE1_DISSENT,
    };
    let national = match national {
        National::Unknown => BlockedBy::NATIONAL_UNKNOWN,
        National::None | National::NoNhsNumber => BlockedBy::empty(),
        National::OptedOut => BlockedBy::NATIONAL_OPT_OUT,
    };
    let programme = match programme {
        Programme::Unknown => BlockedBy::PROGRAMME_UNKNOWN,
        Programme::None => BlockedBy::empty(),
        Programme::OptedOut => BlockedBy::PROGRAMME_OPT_OUT,
    };
    let objection = if objects { BlockedBy::CARE_OBJECTION } else { BlockedBy::empty() };
    type1.union(national).union(programme).union(objection)
}

/// A disclosure, judged: which routes are open, what binds on each, and the decision for every
/// patient. It is plain data of under two kilobytes, copied freely and shared between threads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ruling {
    decisions: [Decision; 256],
    verdicts: [Verdict; 256],
    /// For each route, in order, the reasons that can block there; empty when it is closed.
    binds: [BlockedBy; ROUTES.len()],
    /// Bit *n*: route *n* is open.
    open: u16,
    disclosure: Disclosure,
}

/// Two slices that should be of one length are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{patients} patients but room for {decisions} decisions; nothing was decided, and every decision is set to deny"
)]
pub struct LengthError {
    /// How many patients were given.
    pub patients: usize,
    /// How many answers there is room for.
    pub decisions: usize,
}

impl Ruling {
    /// The rule of the specification, for one patient.
    fn judge(&self, patient: Patient) -> Decision {
        let (Some(type1), Some(programme)) = (patient.type1(), patient.programme()) else {
            return Decision::deny(Reason::InvalidStatus);
        };
        if self.open == 0 {
            return Decision::deny(Reason::NoLawfulBasis);
        }
        let recorded =
            would_block(type1, patient.national(), programme, patient.has_care_objection());
        let mut blocked = BlockedBy::empty();
        for (route, binds) in self.serving(patient) {
            let blocks = binds & recorded;
            if blocks.is_empty() {
                return Decision::allow(route);
            }
            blocked |= blocks;
        }
        if blocked.is_empty() {
            return Decision::deny(Reason::ConsentNotRecorded);
        }
        Decision::blocked(blocked)
    }

    /// The open routes whose own condition this patient meets, and what binds on each.
    fn serving(&self, patient: Patient) -> impl Iterator<Item = (Route, BlockedBy)> {
        ROUTES
            .iter()
            .zip(&self.binds)
            .filter(move |(rule, _)| self.is_open(rule.route) && rule.serves(patient))
            .map(|(rule, binds)| (rule.route, *binds))
    }

    /// The disclosure that was judged.
    #[must_use]
    pub const fn disclosure(&self) -> &Disclosure {
        &self.disclosure
    }

    /// Whether a route is open.
    #[must_use]
    pub const fn is_open(&self, route: Route) -> bool {
        self.open >> route.number() & 1 == 1
    }

    /// The open routes, in order of their numbers.
    pub fn open_routes(&self) -> impl Iterator<Item = Route> {
        Route::ALL.iter().copied().filter(|route| self.is_open(*route))
    }

    /// Whether the same routes are open and the same opt-outs bind, whatever was asserted.
    #[cfg(feature = "std")]
    pub(crate) fn has_same_effect(&self, other: &Self) -> bool {
        self.open == other.open && self.binds == other.binds
    }

    /// The decision for one patient. It cannot fail.
    #[must_use]
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
    pub const fn decide(&self, patient: Patient) -> Decision {
        self.decisions[patient.byte() as usize]
    }

    /// The decisions for many patients, each as if it were alone, in their order.
    ///
    /// # Errors
    /// Slices of different lengths. Every decision is then a denial, not decided.
    #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
    pub fn decide_many(
        &self,
        patients: &[Patient],
        decisions: &mut [Decision],
    ) -> Result<(), LengthError> {
        if patients.len() != decisions.len() {
            decisions.fill(Decision::NOT_DECIDED);
            return Err(LengthError { patients: patients.len(), decisions: decisions.len() });
        }
        for (patient, decision) in patients.iter().zip(decisions) {
            *decision = self.decisions[usize::from(patient.byte())];
        }
        Ok(())
    }

    /// The verdicts for many patients, without their reasons.
    ///
    /// # Errors
    /// Slices of different lengths. Every verdict is then a denial.
    #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
    pub fn verdicts(
        &self,
        patients: &[Patient],
        verdicts: &mut [Verdict],
    ) -> Result<(), LengthError> {
        if patients.len() != verdicts.len() {
            verdicts.fill(Verdict::Deny);
            return Err(LengthError { patients: patients.len(), decisions: verdicts.len() });
        }
        for (patient, verdict) in patients.iter().zip(verdicts) {
            *verdict = self.verdicts[usize::from(patient.byte())];
        }
        Ok(())
    }

    /// The clauses behind a patient's decision, in order of first use: those of the route that
    /// permits, or those of each binding that blocks.
    ///
    /// A denial for want of a basis cites OP8; one for want of recorded consent cites the clause of
    /// consent; one for an invalid status cites none.
    #[must_use]
    pub fn clauses(&self, patient: Patient) -> Clauses {
        let decision = self.decide(patient);
        let mut clauses = Clauses::NONE;
        if let Some(route) = decision.route() {
            clauses.cite(RouteRule::of(route).citations);
        }
        match decision.reason() {
            Reason::NoLawfulBasis => clauses.cite(&[cite(Clause::Op8, Grade::A)]),
            Reason::ConsentNotRecorded => {
                clauses.cite(RouteRule::of(Route::ExplicitConsent).citations);
            }
            Reason::NotDecided
            | Reason::Permitted
            | Reason::InvalidStatus
            | Reason::Type1Dissent
            | Reason::NationalOptOut
            | Reason::ProgrammeOptOut
            | Reason::CareObjection
            | Reason::Type1Unknown
            | Reason::NationalUnknown
            | Reason::ProgrammeUnknown => {}
        }
        for (route, binds) in self.serving(patient) {
            for cell in Binding::of(route) {
                if (decision.blocked_by() & binds).intersects(cell.opt_out.reasons()) {
                    clauses.cite(cell.citations);
                }
            }
        }
        clauses
    }

    /// What must be on record before the data of this patient go, with a reference and dates: the
    /// bases that open the permitting route and the assertions that lift an opt-out there. Both are
    /// empty when the patient is denied or the decision rests on nothing that needs evidence.
    ///
    /// The library takes bits and cannot check evidence: it stays *unverified* until the caller has.
    #[must_use]
    pub fn evidence(&self, patient: Patient) -> (Bases, Conditions) {
        let Some(route) = self.decide(patient).route() else {
            return (Bases::empty(), Conditions::empty());
        };
        let bases = RouteRule::of(route).bases & self.disclosure.bases & Bases::NEED_EVIDENCE;
        let mut conditions = Conditions::empty();
        for cell in Binding::of(route) {
            if let Effect::LiftedBy(lifts) = cell.effect(&self.disclosure) {
                conditions |= lifts & Conditions::NEED_EVIDENCE;
            }
        }
        (bases, conditions)
    }
}

impl fmt::Debug for Ruling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ruling")
            .field("disclosure", &self.disclosure)
            .field("open", &OpenRoutes(self))
            .finish_non_exhaustive()
    }
}

struct OpenRoutes<'a>(&'a Ruling);

impl fmt::Debug for OpenRoutes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.open_routes()).finish()
    }
}
