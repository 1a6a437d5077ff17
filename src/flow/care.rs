//! Individual care: the national systems that care teams use, and invitations to screening.

use super::source::{NHS_UK, UNDERSTANDING};
use super::{Flow, Terms};
use crate::{Bases, Boundary, Conditions, Date, Grade, Identifiability, Origin, Purpose, Source};

/// From the GP record to staff who care for the patient.
const GP_TO_CARE_TEAMS: Terms = Terms {
    origin: Origin::GpRecord,
    boundary: Boundary::BeyondController,
    identifiability: Identifiability::Identifiable,
    purpose: Purpose::IndividualCare,
    bases: Bases::IMPLIED_CONSENT,
    conditions: Conditions::LEGITIMATE_RELATIONSHIP,
};

/// Between organisations that care for the patient.
const BETWEEN_CARE_TEAMS: Terms = Terms {
    origin: Origin::EnglandCare,
    boundary: Boundary::BeyondController,
    identifiability: Identifiability::Identifiable,
    purpose: Purpose::IndividualCare,
    bases: Bases::IMPLIED_CONSENT,
    conditions: Conditions::LEGITIMATE_RELATIONSHIP,
};

pub(super) const FLOWS: &[Flow] = &[
    Flow {
        id: "individual-care",
        name: "Hospital and community records used for individual care",
        sender: "NHS trusts and other providers",
        recipient: "the patient's care teams",
        terms: BETWEEN_CARE_TEAMS,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[NHS_UK, UNDERSTANDING],
        grade: Grade::A,
        note: "Neither opt-out reaches individual care. A patient's objection to sharing for \
               care does, where it is recorded.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "personal-demographics-service",
        name: "Personal Demographics Service (PDS)",
        sender: "GP practices, maternity units and other registering bodies",
        recipient: "NHS England, and care staff who look a patient up",
        terms: GP_TO_CARE_TEAMS,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "NHS England, Personal Demographics Service",
            "https://digital.nhs.uk/services/personal-demographics-service",
        )],
        grade: Grade::C,
        note: "From general knowledge: names, addresses, NHS numbers and registrations, used to \
               find the right record for care. We know of no opt-out from it; a recorded \
               objection to sharing is respected here, which is the safest reading. Tracing \
               people for a survey or a study is another disclosure.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "summary-care-record",
        name: "Summary Care Record (SCR)",
        sender: "GP practices",
        recipient: "care staff away from the practice, through the Spine",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::IndividualCare,
            bases: Bases::IMPLIED_CONSENT,
            conditions: Conditions::LEGITIMATE_RELATIONSHIP.union(Conditions::PROGRAMME_OPT_OUT),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            Source::at(
                "Palace Road Surgery, Summary Care Record",
                "https://www.palaceroadsurgery.co.uk/policies/summary-care-record/",
            ),
            Source::at(
                "NHS England, Summary Care Records",
                "https://digital.nhs.uk/services/summary-care-records-scr",
            ),
        ],
        grade: Grade::B,
        note: "A patient may decline to have one: that choice has codes of its own in the GP \
               record, which are neither Type 1 nor the national opt-out. Staff ask before they \
               look, except in an emergency. An unknown choice blocks: read the practice's codes \
               before relying on this entry.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "e-referral-service",
        name: "NHS e-Referral Service (e-RS)",
        sender: "GP practices and other referrers",
        recipient: "the service that the patient is referred to",
        terms: GP_TO_CARE_TEAMS,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "NHS England, e-Referral Service",
            "https://digital.nhs.uk/services/e-referral-service",
        )],
        grade: Grade::C,
        note: "From general knowledge: a referral is part of the patient's own care and is made \
               with them. Reports on waiting and capacity drawn from it are another disclosure, \
               for planning.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "electronic-prescription-service",
        name: "Electronic Prescription Service (EPS)",
        sender: "GP practices and other prescribers",
        recipient: "the dispenser that the patient chooses, through the Spine",
        terms: GP_TO_CARE_TEAMS,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "NHS England, Electronic Prescription Service",
            "https://digital.nhs.uk/services/electronic-prescription-service",
        )],
        grade: Grade::C,
        note: "From general knowledge: sending and dispensing a prescription is individual care. \
               The claim for payment that follows is another disclosure: \
               nhsbsa-prescription-payment.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "electronic-repeat-dispensing",
        name: "Electronic repeat dispensing (eRD)",
        sender: "GP practices",
        recipient: "the dispenser that the patient chooses, through the Spine",
        terms: GP_TO_CARE_TEAMS,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            Source::at(
                "NHS England, Electronic repeat dispensing, 26 January 2023",
                "https://www.england.nhs.uk/long-read/electronic-repeat-dispensing-erd/",
            ),
            Source::at(
                "The Khan Practice, Electronic repeat dispensing",
                "https://thekhanpractice.nhs.uk/electronic-repeat-dispensing-erd",
            ),
        ],
        grade: Grade::B,
        note: "Part of the Electronic Prescription Service. The patient agrees, if only by word of \
               mouth, to the way of dispensing.",
        ours: Some("That the disclosure rests on implied consent."),
        conflict: None,
    },
    Flow {
        id: "national-record-locator",
        name: "National Record Locator (NRL)",
        sender: "organisations that hold a record",
        recipient: "care staff who look for it, through NHS England",
        terms: BETWEEN_CARE_TEAMS,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "NHS England, National Record Locator",
            "https://digital.nhs.uk/services/national-record-locator",
        )],
        grade: Grade::D,
        note: "An index of pointers to records, for care only. That it rests on implied consent \
               is our reading.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "national-events-management-service",
        name: "National Events Management Service (NEMS)",
        sender: "publishers: maternity, child health, NHS England",
        recipient: "subscribers that care for the patient",
        terms: BETWEEN_CARE_TEAMS,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "NHS England, National Events Management Service",
            "https://digital.nhs.uk/services/national-events-management-service",
        )],
        grade: Grade::A,
        note: "Notices of births, deaths, changes of practice and vaccinations, sent for care to \
               services with a legitimate relationship. A subscriber that plans or does research is \
               another disclosure.",
        ours: Some("That the notices rest on implied consent."),
        conflict: None,
    },
    Flow {
        id: "local-events-management-service",
        name: "Local Events Management Services (LEMS)",
        sender: "local providers",
        recipient: "local services that care for the patient",
        terms: BETWEEN_CARE_TEAMS,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "NHS England, National Events Management Service",
            "https://digital.nhs.uk/services/national-events-management-service",
        )],
        grade: Grade::C,
        note: "From general knowledge: a local counterpart of the National Events Management \
               Service, for care, on the same terms. Local terms differ: check them.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "gp-connect",
        name: "GP Connect",
        sender: "GP practices",
        recipient: "care staff at other organisations",
        terms: GP_TO_CARE_TEAMS,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "NHS England, GP Connect",
            "https://digital.nhs.uk/services/gp-connect",
        )],
        grade: Grade::C,
        note: "From general knowledge: a view of the GP record, for care only. A patient's \
               dissent from sharing is a recorded objection to sharing for care.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "local-clinical-audit",
        name: "Local clinical audit by the care team",
        sender: "the care team",
        recipient: "the same care team",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::WithinController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::LocalClinicalAudit,
            bases: Bases::IMPLIED_CONSENT,
            conditions: Conditions::LEGITIMATE_RELATIONSHIP,
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[UNDERSTANDING],
        grade: Grade::C,
        note: "From general knowledge: an audit by the people who gave the care is part of care. \
               An audit by others, or across organisations, is national-clinical-audit.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "screening-invitations",
        name: "NHS population screening invitations",
        sender: "GP practices and NHS England registrations",
        recipient: "NHS screening services",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::ScreeningInvitation,
            bases: Bases::IMPLIED_CONSENT,
            conditions: Conditions::LEGITIMATE_RELATIONSHIP.union(Conditions::PROGRAMME_OPT_OUT),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            Source::at(
                "NHS population screening: confidential patient data",
                "https://www.gov.uk/government/publications/patient-confidentiality-in-nhs-population-screening-programmes/nhs-population-screening-confidential-patient-data",
            )
            .says(&[
                "NHS England and local screening services use personal information from medical records to invite you or your child for screening.",
            ]),
        ],
        grade: Grade::A,
        note: "Call and recall are care, so neither opt-out stops an invitation. Each programme \
               keeps its own list of people who do not want to be invited. Research on screening \
               data is another disclosure.",
        ours: Some("That Type 1 does not apply."),
        conflict: None,
    },
];
