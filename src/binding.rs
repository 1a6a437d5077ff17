//! Which opt-out binds on which route: the matrix of the specification, section 5, and nothing else.

use crate::clause::{Citation, Clause, Grade, cite};
use crate::decision::BlockedBy;
use crate::disclosure::{Boundary, Conditions, Disclosure, Identifiability, Origin};
use crate::purpose::{Purpose, PurposeClass};
use crate::route::Route;
use crate::vocabulary::{UnknownCode, coded, read_code};

coded! {
    /// What a patient may have recorded against a disclosure.
    pub enum OptOut("opt-out") {
        Type1 = 1, "type1", "the Type 1 opt-out";
        National = 2, "national", "the national data opt-out";
        Programme = 3, "programme", "the programme's own opt-out";
        CareObjection = 4, "care-objection", "an objection to sharing for their own care";
    }
}
read_code!(OptOut, from_code, UnknownCode);

impl OptOut {
    /// The reasons that this opt-out can block for.
    #[must_use]
    pub const fn reasons(self) -> BlockedBy {
        match self {
            Self::Type1 => BlockedBy::TYPE1_DISSENT.union(BlockedBy::TYPE1_UNKNOWN),
            Self::National => BlockedBy::NATIONAL_OPT_OUT.union(BlockedBy::NATIONAL_UNKNOWN),
            Self::Programme => BlockedBy::PROGRAMME_OPT_OUT.union(BlockedBy::PROGRAMME_UNKNOWN),
            Self::CareObjection => BlockedBy::CARE_OBJECTION,
        }
    }
}

/// When an opt-out that is in scope binds on a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// It binds.
    Binds,
    /// It binds, unless something lifts it.
    Unless {
        /// This, when it is asserted.
        lifted_by: Conditions,
        /// One of these purposes, each with its clause.
        exempt: &'static [(Purpose, Citation)],
        /// With this asserted it binds all the same.
        despite: Conditions,
    },
    /// It binds only when this is asserted.
    OnlyWith(Conditions),
    /// The route prevails over it: it never binds.
    Never,
    /// The route lies outside what it is about: it never binds.
    Outside,
}

impl Rule {
    /// What, when it is asserted, makes the opt-out bind where it otherwise would not; empty where
    /// nothing does.
    #[must_use]
    pub const fn bound_by(self) -> Conditions {
        match self {
            Self::OnlyWith(needed) => needed,
            Self::Unless { despite, .. } => despite,
            Self::Binds | Self::Never | Self::Outside => Conditions::empty(),
        }
    }
}

/// One cell of the matrix.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The route.
    pub route: Route,
    /// The opt-out.
    pub opt_out: OptOut,
    /// When it binds.
    pub rule: Rule,
    /// In plain words.
    pub plain: &'static str,
    /// What the rule stands on.
    pub citations: &'static [Citation],
}

const fn row(
    route: Route,
    opt_out: OptOut,
    rule: Rule,
    plain: &'static str,
    citations: &'static [Citation],
) -> Binding {
    Binding { route, opt_out, rule, plain, citations }
}

use Grade::{A, B, C, D};
use OptOut as O;
use Route as R;
use Rule::{Binds, Never, OnlyWith, Outside, Unless};

const UPHELD: Rule = OnlyWith(Conditions::TYPE1_UPHELD);
const VOLUNTARY: Rule = OnlyWith(Conditions::NATIONAL_VOLUNTARY);
const UNLESS_NOT_UPHELD: Rule =
    Unless { lifted_by: Conditions::TYPE1_NOT_UPHELD, exempt: &[], despite: Conditions::empty() };
const UNLESS_DISAPPLIED: Rule = Unless {
    lifted_by: Conditions::NATIONAL_DISAPPLIED,
    exempt: EXEMPT_PURPOSES,
    despite: Conditions::NATIONAL_VOLUNTARY,
};
const EXEMPT_PURPOSES: &[(Purpose, Citation)] =
    &[(Purpose::InvoiceValidationNonContracted, cite(Clause::Op7_1, A))];
const OURS: &[Citation] = &[cite(Clause::Reading, D)];

/// The matrix: for each route, Type 1, national, programme and care objection, in the order of the
/// specification.
#[rustfmt::skip]
pub const MATRIX: &[[Binding; 4]] = &[
    [
        row(R::Anonymous, O::Type1, UPHELD, "Anonymous data are outside Type 1, unless the programme upholds it.", &[cite(Clause::OpA6, D)]),
        row(R::Anonymous, O::National, VOLUNTARY, "Anonymous data are outside the national opt-out, unless it is applied voluntarily.", &[cite(Clause::NhsUk, A)]),
        row(R::Anonymous, O::Programme, Outside, "A programme's opt-out does not reach anonymous data.", OURS),
        row(R::Anonymous, O::CareObjection, Outside, "An objection to sharing for care does not reach anonymous data.", OURS),
    ],
    [
        row(R::DeIdentified, O::Type1, UNLESS_NOT_UPHELD, "Type 1 keeps record-level data in the practice, de-identified or not, unless the terms say that it is not upheld.", &[cite(Clause::OsT1, A), cite(Clause::Cprd, A), cite(Clause::Gpdpr, B)]),
        row(R::DeIdentified, O::National, VOLUNTARY, "De-identified data are outside the national opt-out, unless it is applied voluntarily.", &[cite(Clause::Res4, A)]),
        row(R::DeIdentified, O::Programme, Binds, "A programme's own opt-out is honoured.", OURS),
        row(R::DeIdentified, O::CareObjection, Outside, "An objection to sharing for care does not reach other uses.", OURS),
    ],
    [
        row(R::ExplicitConsent, O::Type1, Never, "A patient's consent to this use defeats Type 1.", &[cite(Clause::Rcgp, A), cite(Clause::Reading, D)]),
        row(R::ExplicitConsent, O::National, Never, "A patient's consent to this use defeats the national opt-out, whichever came first.", &[cite(Clause::Res6, A)]),
        row(R::ExplicitConsent, O::Programme, Never, "A patient's consent to this use defeats the programme's opt-out.", OURS),
        row(R::ExplicitConsent, O::CareObjection, Never, "A patient's consent to this use defeats an earlier objection.", OURS),
    ],
    [
        row(R::ImpliedConsent, O::Type1, Outside, "Type 1 does not reach individual care.", &[cite(Clause::Pod15, A)]),
        row(R::ImpliedConsent, O::National, Outside, "The national opt-out does not reach individual care.", &[cite(Clause::NhsUk, A)]),
        row(R::ImpliedConsent, O::Programme, Binds, "A programme's own opt-out is honoured, for example that of the Summary Care Record.", OURS),
        row(R::ImpliedConsent, O::CareObjection, Binds, "A patient may object to sharing for their own care.", &[cite(Clause::Gpg2023, C), cite(Clause::Gmc, C)]),
    ],
    [
        row(R::OverallBenefit, O::Type1, Outside, "Type 1 does not reach individual care.", &[cite(Clause::Pod15, A)]),
        row(R::OverallBenefit, O::National, Outside, "The national opt-out does not reach individual care.", &[cite(Clause::NhsUk, A)]),
        row(R::OverallBenefit, O::Programme, Never, "What is of overall benefit to a patient who lacks capacity is not withheld for a programme's opt-out.", OURS),
        row(R::OverallBenefit, O::CareObjection, Never, "What is of overall benefit to a patient who lacks capacity is judged with their known wishes, case by case.", &[cite(Clause::Gmc, D)]),
    ],
    [
        row(R::CourtOrder, O::Type1, Never, "A court order prevails over Type 1.", &[cite(Clause::Nhse2014, B)]),
        row(R::CourtOrder, O::National, Never, "A court order prevails over the national opt-out.", &[cite(Clause::NhsUk, A)]),
        row(R::CourtOrder, O::Programme, Never, "A court order prevails over a programme's opt-out.", OURS),
        row(R::CourtOrder, O::CareObjection, Never, "A court order prevails over an objection.", OURS),
    ],
    [
        row(R::StatutoryDuty, O::Type1, Never, "A duty in statute prevails over Type 1.", &[cite(Clause::Nhse2014, B)]),
        row(R::StatutoryDuty, O::National, Never, "A duty in statute prevails over the national opt-out.", &[cite(Clause::NhsUk, A)]),
        row(R::StatutoryDuty, O::Programme, Never, "A duty in statute prevails over a programme's opt-out.", OURS),
        row(R::StatutoryDuty, O::CareObjection, Never, "A duty in statute prevails over an objection.", OURS),
    ],
    [
        row(R::PublicInterest, O::Type1, Never, "An overriding public interest prevails over Type 1.", &[cite(Clause::Nhse2014, B), cite(Clause::OsT1, A)]),
        row(R::PublicInterest, O::National, Never, "An overriding public interest prevails over the national opt-out.", &[cite(Clause::Op6_3, A)]),
        row(R::PublicInterest, O::Programme, Never, "An overriding public interest prevails over a programme's opt-out.", OURS),
        row(R::PublicInterest, O::CareObjection, Never, "An overriding public interest prevails over an objection.", OURS),
    ],
    [
        row(R::S259Collection, O::Type1, UNLESS_NOT_UPHELD, "Type 1 is upheld in a collection although supply is mandatory, unless the Direction says that it is not.", &[cite(Clause::Phsmi, A), cite(Clause::Gdppr, A)]),
        row(R::S259Collection, O::National, VOLUNTARY, "A collection required by law is outside the national opt-out, unless it is applied voluntarily.", &[cite(Clause::Phsmi, A)]),
        row(R::S259Collection, O::Programme, Binds, "A programme's own opt-out is honoured.", OURS),
        row(R::S259Collection, O::CareObjection, Outside, "An objection to sharing for care does not reach a collection.", OURS),
    ],
    [
        row(R::CopiReg3, O::Type1, UPHELD, "Type 1 need not be upheld under regulation 3, unless the programme upholds it.", &[cite(Clause::OsT1, A)]),
        row(R::CopiReg3, O::National, VOLUNTARY, "Regulation 3 is outside the national opt-out, unless it is applied voluntarily.", &[cite(Clause::Op6_2, A)]),
        row(R::CopiReg3, O::Programme, Binds, "A programme's own opt-out is honoured.", OURS),
        row(R::CopiReg3, O::CareObjection, Outside, "An objection to sharing for care does not reach regulation 3.", OURS),
    ],
    [
        row(R::Section251, O::Type1, Binds, "Type 1 binds on section 251 support, also where the national opt-out is disapplied.", &[cite(Clause::Pod15, A), cite(Clause::S251, D)]),
        row(R::Section251, O::National, UNLESS_DISAPPLIED, "The national opt-out binds on section 251 support, unless it is disapplied for this flow or invoices for care outside a contract are validated; applied voluntarily, it always binds.", &[cite(Clause::Op5_1, A)]),
        row(R::Section251, O::Programme, Binds, "A programme's own opt-out is honoured; one is required where the national opt-out is disapplied.", &[cite(Clause::S251, C)]),
        row(R::Section251, O::CareObjection, Outside, "An objection to sharing for care does not reach other uses.", OURS),
    ],
];

// Each cell stands at the place of its route and opt-out.
#[expect(clippy::indexing_slicing, reason = "a constant: leaving the array stops the build")]
const _: () = {
    let mut i = 0;
    assert!(MATRIX.len() == Route::ALL.len());
    while i < MATRIX.len() * 4 {
        let cell = &MATRIX[i / 4][i % 4];
        assert!(cell.route.number() as usize == i / 4 + 1);
        assert!(cell.opt_out.number() as usize == i % 4 + 1);
        i += 1;
    }
};

/// What puts an opt-out out of scope of a disclosure, on every route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScopeLimit {
    /// The data were recorded where the opt-out does not reach.
    Origin,
    /// The data serve the organisation that holds them.
    Boundary,
    /// The purpose is individual care.
    Class,
    /// The data are not identifiable to the recipient.
    Identifiability,
    /// The programme has no opt-out of its own.
    NoProgramme,
    /// The route lies outside what the opt-out is about.
    Route,
}

const TYPE1_SCOPE: &[Citation] = &[cite(Clause::Pod15, A), cite(Clause::Gdppr, A)];
const NATIONAL_SCOPE: &[Citation] =
    &[cite(Clause::Res6, A), cite(Clause::Under, A), cite(Clause::OpA6, A), cite(Clause::Res4, A)];

/// What the scope of an opt-out stands on (specification, section 5).
#[must_use]
pub const fn scope_citations(opt_out: OptOut) -> &'static [Citation] {
    match opt_out {
        O::Type1 => TYPE1_SCOPE,
        O::National => NATIONAL_SCOPE,
        O::Programme | O::CareObjection => OURS,
    }
}

/// Whether an opt-out is out of scope of a disclosure, and why.
#[must_use]
pub fn out_of_scope(opt_out: OptOut, disclosure: &Disclosure) -> Option<ScopeLimit> {
    match opt_out {
        O::Type1 => match (disclosure.origin, disclosure.boundary, disclosure.purpose.class()) {
            (
                Origin::EnglandCare
                | Origin::PrivateCare
                | Origin::ChildrensSocialCare
                | Origin::OutsideEngland,
                ..,
            ) => Some(ScopeLimit::Origin),
            (Origin::GpRecord, Boundary::WithinController, _) => Some(ScopeLimit::Boundary),
            (Origin::GpRecord, Boundary::BeyondController, PurposeClass::Care) => {
                Some(ScopeLimit::Class)
            }
            (
                Origin::GpRecord,
                Boundary::BeyondController,
                PurposeClass::BeyondCare | PurposeClass::Payment | PurposeClass::Commercial,
            ) => None,
        },
        O::National => voluntary_limit(disclosure).or(match disclosure.identifiability {
            Identifiability::Identifiable => None,
            Identifiability::DeIdentified | Identifiability::Anonymous => {
                Some(ScopeLimit::Identifiability)
            }
        }),
        O::Programme => (!disclosure.conditions.contains(Conditions::PROGRAMME_OPT_OUT))
            .then_some(ScopeLimit::NoProgramme),
        O::CareObjection => None,
    }
}

/// What keeps an opt-out from binding on a disclosure whatever is asserted: the national one may be
/// applied voluntarily beyond its scope.
fn out_of_reach(opt_out: OptOut, disclosure: &Disclosure) -> Option<ScopeLimit> {
    match opt_out {
        O::National => voluntary_limit(disclosure),
        O::Type1 | O::Programme | O::CareObjection => out_of_scope(opt_out, disclosure),
    }
}

/// What keeps the national opt-out from being applied even voluntarily: its origins, and care. It
/// may be applied whatever the identifiability.
fn voluntary_limit(disclosure: &Disclosure) -> Option<ScopeLimit> {
    match (disclosure.origin, disclosure.purpose.class()) {
        (Origin::PrivateCare | Origin::ChildrensSocialCare | Origin::OutsideEngland, _) => {
            Some(ScopeLimit::Origin)
        }
        (Origin::GpRecord | Origin::EnglandCare, PurposeClass::Care) => Some(ScopeLimit::Class),
        (
            Origin::GpRecord | Origin::EnglandCare,
            PurposeClass::BeyondCare | PurposeClass::Payment | PurposeClass::Commercial,
        ) => None,
    }
}

/// What an opt-out does on a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// It binds by the rule.
    Binds,
    /// It binds because this is asserted.
    BindsWith(Conditions),
    /// It does not reach this disclosure.
    OutOfScope(ScopeLimit),
    /// The route itself lifts it.
    LiftedByRoute,
    /// This assertion lifts it.
    LiftedBy(Conditions),
    /// The purpose lifts it.
    LiftedByPurpose(Purpose),
}

impl Effect {
    /// Whether it binds.
    #[must_use]
    pub const fn binds(self) -> bool {
        match self {
            Self::Binds | Self::BindsWith(_) => true,
            Self::OutOfScope(_)
            | Self::LiftedByRoute
            | Self::LiftedBy(_)
            | Self::LiftedByPurpose(_) => false,
        }
    }
}

impl Binding {
    /// The cells of a route: Type 1, national, programme, care objection.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "routes are numbered from 1 without a gap, asserted above"
    )]
    pub const fn of(route: Route) -> &'static [Self; 4] {
        &MATRIX[route.number() as usize - 1]
    }

    /// What the opt-out does on the route, for a disclosure.
    #[must_use]
    pub fn effect(&self, disclosure: &Disclosure) -> Effect {
        let effect = match out_of_scope(self.opt_out, disclosure) {
            Some(limit) => Effect::OutOfScope(limit),
            None => self.effect_in_scope(disclosure),
        };
        let bound_by = self.rule.bound_by();
        let asserted = !bound_by.is_empty() && disclosure.conditions.contains(bound_by);
        if !effect.binds() && asserted && out_of_reach(self.opt_out, disclosure).is_none() {
            Effect::BindsWith(bound_by)
        } else {
            effect
        }
    }

    fn effect_in_scope(&self, disclosure: &Disclosure) -> Effect {
        match self.rule {
            Rule::Unless { lifted_by, .. } if disclosure.conditions.contains(lifted_by) => {
                Effect::LiftedBy(lifted_by)
            }
            Rule::Unless { exempt, .. }
                if exempt.iter().any(|(purpose, _)| *purpose == disclosure.purpose) =>
            {
                Effect::LiftedByPurpose(disclosure.purpose)
            }
            Rule::Binds | Rule::Unless { .. } => Effect::Binds,
            Rule::OnlyWith(_) | Rule::Never => Effect::LiftedByRoute,
            Rule::Outside => Effect::OutOfScope(ScopeLimit::Route),
        }
    }

    /// What an effect of this cell stands on.
    #[must_use]
    pub fn citations_for(&self, effect: Effect) -> &'static [Citation] {
        match (effect, self.rule) {
            (Effect::OutOfScope(ScopeLimit::Route), _) => self.citations,
            (Effect::OutOfScope(_), _) => scope_citations(self.opt_out),
            (Effect::LiftedByPurpose(purpose), Rule::Unless { exempt, .. }) => exempt
                .iter()
                .find(|(exempted, _)| *exempted == purpose)
                .map_or(self.citations, |(_, citation)| core::slice::from_ref(citation)),
            (
                Effect::Binds
                | Effect::BindsWith(_)
                | Effect::LiftedByRoute
                | Effect::LiftedBy(_)
                | Effect::LiftedByPurpose(_),
                _,
            ) => self.citations,
        }
    }
}
