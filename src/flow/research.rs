//! Research with consent, with section 251 support, and without identifiers.

use super::source::{HRA, POLICY_5, RCGP, RESEARCHERS_4, RESEARCHERS_6};
use super::{Flow, Terms};
use crate::{Bases, Boundary, Conditions, Date, Grade, Identifiability, Origin, Purpose, Source};

pub(super) const FLOWS: &[Flow] = &[
    Flow {
        id: "consented-research",
        name: "Research with the participant's consent",
        sender: "GP practices, trusts, NHS England",
        recipient: "the study",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Research,
            bases: Bases::EXPLICIT_CONSENT,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[RESEARCHERS_6, RCGP],
        grade: Grade::A,
        note: "Consent to the study stands over the national opt-out, whichever came first. Consent \
               is a fact about each patient: without it on record the answer is no.",
        ours: Some(
            "That consent also stands over Type 1: it follows from the College's description of \
             Type 1.",
        ),
        conflict: None,
    },
    Flow {
        id: "gp-data-for-consented-research",
        name: "GP Data for Consented Research",
        sender: "NHS England",
        recipient: "approved cohorts, such as UK Biobank",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Research,
            bases: Bases::EXPLICIT_CONSENT,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2026, 2, 10),
        until: None,
        sources: &[Source::at(
            "GPES Data for Consented Research, transparency notice",
            "https://digital.nhs.uk/data-and-information/data-collections-and-data-sets/data-collections/gpes-data-for-consented-research/transparency-notice",
        )],
        grade: Grade::B,
        note: "From the pandemic collection, for participants who consented or for whom a \
               consultee advised. Participants with Type 1 may be missing, as that collection \
               left them out; whether consent should bring them back is unsettled. The first day \
               is UK Biobank's account of the notice.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "section-251-research",
        name: "Research on section 251 support, hospital and social care data",
        sender: "NHS trusts, NHS England and other holders",
        recipient: "the study",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Research,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[POLICY_5, RESEARCHERS_4, HRA],
        grade: Grade::A,
        note: "The national opt-out binds, unless the decision-maker has recorded that it does \
               not apply to this study. Not a GP record, so Type 1 is out of scope.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "section-251-research-gp",
        name: "Research on section 251 support, GP records",
        sender: "GP practices",
        recipient: "the study",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Research,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[POLICY_5, RCGP],
        grade: Grade::A,
        note: "Both opt-outs bind.",
        ours: Some("That Type 1 binds even where the national opt-out is disapplied."),
        conflict: None,
    },
    Flow {
        id: "de-identified-research",
        name: "Research on data anonymised in line with the Information Commissioner's code",
        sender: "NHS England and other holders of data already collected",
        recipient: "the study",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::DeIdentified,
            purpose: Purpose::Research,
            bases: Bases::empty(),
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[RESEARCHERS_4],
        grade: Grade::A,
        note: "Outside the national opt-out. If the records come straight from a GP practice, \
               the origin is gp-record and Type 1 binds.",
        ours: None,
        conflict: None,
    },
];
