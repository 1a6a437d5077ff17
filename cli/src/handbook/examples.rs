//! Questions that the handbook asks of the program, each with its patients. No answer stands here.

use optout::{
    Bases, Boundary, Conditions, Disclosure, Identifiability, National, Origin, Patient, Programme,
    Purpose, Type1,
};

use super::scope::{A_DAY, NO_OPT_OUT};

/// A disclosure, and the patients it is asked about.
pub(super) struct Example {
    pub(super) title: &'static str,
    pub(super) story: &'static str,
    pub(super) disclosure: Disclosure,
    pub(super) patients: &'static [Patient],
}

const DISSENTS: Patient = NO_OPT_OUT.with_type1(Type1::Dissent);
const OPTED_OUT: Patient = NO_OPT_OUT.with_national(National::OptedOut);
const BOTH: Patient = DISSENTS.with_national(National::OptedOut);

/// Hospital records, identifiable, for research on section 251 support.
const SECTION_251: Disclosure = Disclosure {
    origin: Origin::EnglandCare,
    boundary: Boundary::BeyondController,
    identifiability: Identifiability::Identifiable,
    purpose: Purpose::Research,
    bases: Bases::COPI_REG_5,
    conditions: Conditions::empty(),
    on: A_DAY,
};

/// The worked decisions.
pub(super) const EXAMPLES: &[Example] = &[
    Example {
        title: "Research on section 251 support, from hospital records",
        story: "A university studies heart attacks. It may not ask each patient, and holds support \
                under regulation 5. A trust sends identifiable records.",
        disclosure: SECTION_251,
        patients: &[
            NO_OPT_OUT,
            DISSENTS,
            OPTED_OUT,
            NO_OPT_OUT.with_national(National::NoNhsNumber),
            Patient::UNKNOWN,
        ],
    },
    Example {
        title: "An audit for which the national opt-out is disapplied",
        story: "A national audit holds the same support, and the decision-maker has recorded that \
                the national opt-out does not apply to it. It must then run an opt-out of its own. \
                Practices send GP records.",
        disclosure: Disclosure {
            origin: Origin::GpRecord,
            purpose: Purpose::NationalClinicalAudit,
            conditions: Conditions::NATIONAL_DISAPPLIED.union(Conditions::PROGRAMME_OPT_OUT),
            ..SECTION_251
        },
        patients: &[
            OPTED_OUT,
            OPTED_OUT.with_programme(Programme::OptedOut),
            OPTED_OUT.with_programme(Programme::Unknown),
            DISSENTS,
        ],
    },
    Example {
        title: "A collection by NHS England from GP practices",
        story: "NHS England collects GP records under a Direction and a provision notice, which do \
                not speak of Type 1. To supply them is mandatory.",
        disclosure: Disclosure {
            origin: Origin::GpRecord,
            purpose: Purpose::Planning,
            bases: Bases::S259_COLLECTION,
            ..SECTION_251
        },
        patients: &[NO_OPT_OUT, DISSENTS, OPTED_OUT, Patient::UNKNOWN],
    },
    Example {
        title: "A study with consent, and with section 251 support for the others",
        story: "A cohort asked its members for consent. It holds section 251 support for those it \
                could not reach. Practices send GP records.",
        disclosure: Disclosure {
            origin: Origin::GpRecord,
            bases: Bases::EXPLICIT_CONSENT.union(Bases::COPI_REG_5),
            ..SECTION_251
        },
        patients: &[
            BOTH.with_explicit_consent(),
            Patient::UNKNOWN.with_explicit_consent(),
            BOTH,
            NO_OPT_OUT,
        ],
    },
    Example {
        title: "Communicable disease, under regulation 3",
        story: "The UK Health Security Agency traces an outbreak in GP records.",
        disclosure: Disclosure {
            origin: Origin::GpRecord,
            purpose: Purpose::CommunicableDiseaseControl,
            bases: Bases::COPI_REG_3,
            ..SECTION_251
        },
        patients: &[BOTH, Patient::UNKNOWN],
    },
    Example {
        title: "The Summary Care Record",
        story: "A practice shares a summary with an emergency department. Patients may opt out of \
                having one, and may object to sharing for their care.",
        disclosure: Disclosure {
            origin: Origin::GpRecord,
            purpose: Purpose::IndividualCare,
            bases: Bases::IMPLIED_CONSENT,
            conditions: Conditions::LEGITIMATE_RELATIONSHIP.union(Conditions::PROGRAMME_OPT_OUT),
            ..SECTION_251
        },
        patients: &[
            BOTH,
            NO_OPT_OUT.with_programme(Programme::OptedOut),
            NO_OPT_OUT.with_care_objection(),
            Patient::UNKNOWN,
        ],
    },
    Example {
        title: "An invoice for care under a contract",
        story: "A hospital bills an integrated care board for care that they have a contract for. \
                The board checks the invoice on section 251 support.",
        disclosure: Disclosure { purpose: Purpose::InvoiceValidation, ..SECTION_251 },
        patients: &[NO_OPT_OUT, OPTED_OUT],
    },
    Example {
        title: "An invoice for care outside a contract",
        story: "The same, where the hospital treated a patient from elsewhere and there is no \
                contract.",
        disclosure: Disclosure { purpose: Purpose::InvoiceValidationNonContracted, ..SECTION_251 },
        patients: &[NO_OPT_OUT, OPTED_OUT],
    },
    Example {
        title: "A power to disclose, and nothing else",
        story: "A public body has a power in statute to receive records for planning. No duty \
                requires them, and nothing expressly lifts confidentiality.",
        disclosure: Disclosure {
            purpose: Purpose::Planning,
            bases: Bases::STATUTORY_POWER,
            ..SECTION_251
        },
        patients: &[NO_OPT_OUT, NO_OPT_OUT.with_explicit_consent()],
    },
];
