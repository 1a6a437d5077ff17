//! What lifts the duty of confidence, and when a route opens (specification, section 4).

use crate::clause::{Citation, Clause, Grade, cite};
use crate::disclosure::{Bases, Conditions, Disclosure, Identifiability};
use crate::patient::Patient;
use crate::purpose::PurposeClass;
use crate::vocabulary::{UnknownCode, coded, read_code};

coded! {
    /// A lawful way for the data to go.
    pub enum Route("route") {
        Anonymous = 1, "anonymous", "anonymous data";
        DeIdentified = 2, "de-identified", "de-identified data";
        ExplicitConsent = 3, "explicit-consent", "the patient's explicit consent";
        ImpliedConsent = 4, "implied-consent", "implied consent for individual care";
        OverallBenefit = 5, "overall-benefit", "overall benefit of a patient who lacks capacity";
        CourtOrder = 6, "court-order", "an order of a court";
        StatutoryDuty = 7, "statutory-duty", "a duty in statute";
        PublicInterest = 8, "public-interest", "overriding public interest";
        S259Collection = 9, "s259-collection", "a collection by NHS England under section 259";
        CopiReg3 = 10, "copi-reg-3", "regulation 3: communicable disease and risks to public health";
        Section251 = 11, "section-251", "section 251 support";
    }
}
read_code!(Route, from_code, UnknownCode);

/// When a route opens. Every part that is stated must hold.
#[derive(Clone, Copy, Debug)]
pub struct RouteRule {
    /// The route.
    pub route: Route,
    /// The data must be in this form; `None`: any.
    pub form: Option<Identifiability>,
    /// One of these bases must be relied on; empty: none is needed.
    pub bases: Bases,
    /// The purpose must be of one of these classes.
    pub classes: &'static [PurposeClass],
    /// These conditions must be asserted.
    pub conditions: Conditions,
    /// Whether the route serves only patients with explicit consent on record.
    pub needs_consent: bool,
    /// In plain words.
    pub plain: &'static str,
    /// What comes close and does not open it.
    pub near_miss: &'static str,
    /// What the rule stands on.
    pub citations: &'static [Citation],
}

use Grade::{A, B, C};
use PurposeClass::{BeyondCare, Care, Commercial, Payment};

const ANY_CLASS: &[PurposeClass] = &[Care, BeyondCare, Payment, Commercial];
const NOT_COMMERCIAL: &[PurposeClass] = &[Care, BeyondCare, Payment];

/// The routes, in the order of the specification.
pub const ROUTES: &[RouteRule] = &[
    RouteRule {
        route: Route::Anonymous,
        form: Some(Identifiability::Anonymous),
        bases: Bases::empty(),
        classes: ANY_CLASS,
        conditions: Conditions::empty(),
        needs_consent: false,
        plain: "Data that are anonymous to the recipient are not confidential patient information.",
        near_miss: "Record-level data under controls are de-identified, not anonymous.",
        citations: &[cite(Clause::OpA6, A), cite(Clause::NhsUk, A)],
    },
    RouteRule {
        route: Route::DeIdentified,
        form: Some(Identifiability::DeIdentified),
        bases: Bases::empty(),
        classes: NOT_COMMERCIAL,
        conditions: Conditions::empty(),
        needs_consent: false,
        plain: "Record-level data under controls that meet the Information Commissioner's anonymisation code are not confidential patient information to this recipient.",
        near_miss: "Marketing, insurance and other commercial use do not open it.",
        citations: &[cite(Clause::Res4, A), cite(Clause::OpA6, A), cite(Clause::NhsUk, B)],
    },
    RouteRule {
        route: Route::ExplicitConsent,
        form: None,
        bases: Bases::EXPLICIT_CONSENT,
        classes: ANY_CLASS,
        conditions: Conditions::empty(),
        needs_consent: true,
        plain: "The patient has given explicit consent to this use, or a consultee has advised it (our reading).",
        near_miss: "Consent that this patient has not given, or has withdrawn, permits nothing.",
        citations: &[cite(Clause::Res6, A)],
    },
    RouteRule {
        route: Route::ImpliedConsent,
        form: None,
        bases: Bases::IMPLIED_CONSENT,
        classes: &[Care],
        conditions: Conditions::LEGITIMATE_RELATIONSHIP,
        needs_consent: false,
        plain: "Staff with a legitimate relationship share information for the patient's own care.",
        near_miss: "Implied consent without a legitimate relationship, or for a purpose beyond care, permits nothing.",
        citations: &[cite(Clause::Gpg2023, C), cite(Clause::Dh2014, C)],
    },
    RouteRule {
        route: Route::OverallBenefit,
        form: None,
        bases: Bases::OVERALL_BENEFIT,
        classes: &[Care],
        conditions: Conditions::empty(),
        needs_consent: false,
        plain: "The patient lacks capacity, and sharing is of overall benefit to their care.",
        near_miss: "Overall benefit serves care only, not research.",
        citations: &[cite(Clause::Gmc, C)],
    },
    RouteRule {
        route: Route::CourtOrder,
        form: None,
        bases: Bases::COURT_ORDER,
        classes: ANY_CLASS,
        conditions: Conditions::empty(),
        needs_consent: false,
        plain: "A court has ordered the disclosure.",
        near_miss: "A solicitor's or police request without an order opens nothing.",
        citations: &[cite(Clause::NhsUk, A)],
    },
    RouteRule {
        route: Route::StatutoryDuty,
        form: None,
        bases: Bases::STATUTORY_DUTY,
        classes: ANY_CLASS,
        conditions: Conditions::empty(),
        needs_consent: false,
        plain: "An Act or regulations require the disclosure, or permit it and expressly lift confidentiality (our reading).",
        near_miss: "A power to disclose does not lift confidentiality.",
        citations: &[cite(Clause::NhsUk, A)],
    },
    RouteRule {
        route: Route::PublicInterest,
        form: None,
        bases: Bases::PUBLIC_INTEREST,
        classes: NOT_COMMERCIAL,
        conditions: Conditions::empty(),
        needs_consent: false,
        plain: "A positive, recorded test of this case found an overriding public interest.",
        near_miss: "No public interest opens marketing or insurance.",
        citations: &[cite(Clause::Op6_3, A), cite(Clause::NhsUk, B)],
    },
    RouteRule {
        route: Route::S259Collection,
        form: None,
        bases: Bases::S259_COLLECTION,
        classes: NOT_COMMERCIAL,
        conditions: Conditions::empty(),
        needs_consent: false,
        plain: "NHS England collects the data under a Direction and a provision notice.",
        near_miss: "A collection does not open commercial use.",
        citations: &[cite(Clause::Phsmi, A), cite(Clause::NhsUk, B)],
    },
    RouteRule {
        route: Route::CopiReg3,
        form: None,
        bases: Bases::COPI_REG_3,
        classes: &[Care, BeyondCare],
        conditions: Conditions::empty(),
        needs_consent: false,
        plain: "Regulation 3 permits processing for communicable disease and other risks to public health.",
        near_miss: "Payment and commercial use are outside it.",
        citations: &[cite(Clause::Op6_2, A), cite(Clause::Copi, C)],
    },
    RouteRule {
        route: Route::Section251,
        form: None,
        bases: Bases::COPI_REG_2.union(Bases::COPI_REG_5),
        classes: &[BeyondCare, Payment],
        conditions: Conditions::empty(),
        needs_consent: false,
        plain: "Section 251 support, under regulation 2 or 5, approves the use of confidential information for a medical purpose without consent.",
        near_miss: "Section 251 cannot serve the care of particular people.",
        citations: &[cite(Clause::Op5_1, A), cite(Clause::S251, C), cite(Clause::Copi, C)],
    },
];

// Each route stands at the place of its number.
#[expect(clippy::indexing_slicing, reason = "a constant: leaving the array stops the build")]
const _: () = {
    let mut i = 0;
    while i < ROUTES.len() {
        assert!(ROUTES[i].route.number() as usize == i + 1);
        i += 1;
    }
    assert!(ROUTES.len() == Route::ALL.len());
};

/// What keeps a route closed to a disclosure: each part of its rule that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one for each part of a rule, all independent")]
pub struct Closed {
    /// The data are in another form.
    pub form: bool,
    /// The basis is not relied on.
    pub basis: bool,
    /// The class of the purpose is not served.
    pub class: bool,
    /// A condition is not asserted.
    pub condition: bool,
}

impl RouteRule {
    /// The rule of a route.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "routes are numbered from 1 without a gap, asserted above"
    )]
    pub const fn of(route: Route) -> &'static Self {
        &ROUTES[route.number() as usize - 1]
    }

    /// Why the route is closed to a disclosure; `None` when it is open.
    #[must_use]
    pub fn closed(&self, disclosure: &Disclosure) -> Option<Closed> {
        let closed = Closed {
            form: self.form.is_some_and(|form| form != disclosure.identifiability),
            basis: !self.bases.is_empty() && !disclosure.bases.intersects(self.bases),
            class: !self.classes.contains(&disclosure.purpose.class()),
            condition: !disclosure.conditions.contains(self.conditions),
        };
        (closed.form || closed.basis || closed.class || closed.condition).then_some(closed)
    }

    /// Whether the route's own condition on the patient holds.
    #[must_use]
    pub const fn serves(&self, patient: Patient) -> bool {
        !self.needs_consent || patient.has_explicit_consent()
    }
}
