//! Collections by NHS England under the Health and Social Care Act 2012, sections 254 to 259.

use super::source::{GPES, HARVEY, PHSMI, RCGP};
use super::{Flow, Terms};
use crate::{
    Bases, Boundary, Clause, Conditions, Date, Grade, Identifiability, Origin, Purpose, Source,
};

pub(super) const FLOWS: &[Flow] = &[
    Flow {
        id: "gpes-record-level",
        name: "General Practice Extraction Service (GPES), record-level collections",
        sender: "GP practices",
        recipient: "NHS England (NHS Digital until 2023)",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Planning,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[GPES, PHSMI, RCGP],
        grade: Grade::B,
        note: "The pattern of a section 259 collection: supply is compulsory, Type 1 is \
               nevertheless upheld, and the national opt-out does not apply. A Direction can say \
               otherwise about Type 1: read it. For counts that pay practices see \
               gpes-payment-counts.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "physical-health-checks-smi",
        name: "Physical Health Checks for people with Severe Mental Illness (PHSMI)",
        sender: "GP practices",
        recipient: "NHS England (NHS Digital until 2023)",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Planning,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2021, 1, 1),
        until: None,
        sources: &[PHSMI],
        grade: Grade::A,
        note: "Type 1 upheld and the national opt-out not applied, both in so many words. The \
               Directions are of 2020.",
        ours: Some("The first day: the first on which the Directions were certainly in force."),
        conflict: None,
    },
    Flow {
        id: "gdppr",
        name: "GPES Data for Pandemic Planning and Research (GDPPR)",
        sender: "GP practices",
        recipient: "NHS England (NHS Digital until 2023)",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Planning,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2020, 5, 14),
        until: None,
        sources: &[
            Clause::Gdppr.source().titled("GDPPR: general practice transparency notice"),
            Source::at(
                "GDPPR: Data Provision Notice",
                "https://digital.nhs.uk/about-nhs-digital/corporate-information-and-documents/directions-and-data-provision-notices/data-provision-notices-dpns/gpes-data-for-pandemic-planning-and-research",
            ),
        ],
        grade: Grade::A,
        note: "Supply was compulsory, and Type 1 was respected by agreement with the profession. \
               The notice was public on 14 May 2020; the exact day of issue was not found. What NHS \
               England later releases is another disclosure, of data from which Type 1 patients \
               were already left out.",
        ours: Some(
            "That the national opt-out does not apply to the collection: the notice requires it \
             by law.",
        ),
        conflict: None,
    },
    Flow {
        id: "gpdpr",
        name: "General Practice Data for Planning and Research (GPDPR)",
        sender: "GP practices",
        recipient: "NHS Digital",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Planning,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2021, 5, 12),
        until: Some(Date::ymd(2021, 6, 7)),
        sources: &[
            Clause::Gpdpr.source().titled("GPDPR: NHS Digital transparency notice"),
            Source::at(
                "Heartwood Medical Practice, GPDPR",
                "https://heartwoodmedicalpractice.co.uk/practice_news/gp-data-for-planning-and-research",
            )
            .says(&[
                "… the National Data Opt-Out (such as you can set via the NHS App) will not prohibit the extraction and the uploading of your personal information …",
            ]),
        ],
        grade: Grade::B,
        note: "Planned, and never begun. Pseudonymised on leaving the practice, but NHS Digital \
               could have reversed it, so identifiable to the recipient. Type 1 would have \
               stopped the upload; the national opt-out would not.",
        ours: None,
        conflict: Some(
            "The first notices said that a Type 1 recorded later would stop only what came \
             after; a ministerial letter of 19 July 2021 promised that data already collected \
             would be deleted.",
        ),
    },
    Flow {
        id: "gpdpr",
        name: "General Practice Data for Planning and Research (GPDPR)",
        sender: "GP practices",
        recipient: "NHS England (NHS Digital until 2023)",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Planning,
            bases: Bases::empty(),
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2021, 6, 8),
        until: None,
        sources: &[
            Source::at(
                "GPDPR: NHS Digital transparency notice",
                "https://digital.nhs.uk/data-and-information/data-collections-and-data-sets/data-collections/general-practice-data-for-planning-and-research/transparency-notice",
            )
            .says(&[
                "The Data Provision Notice has, therefore, been withdrawn and no action is required by GP practices …",
            ]),
        ],
        grade: Grade::B,
        note: "Deferred and never begun: the Data Provision Notice was withdrawn, so nothing may \
               flow. The day of withdrawal was not found.",
        ours: Some(
            "The first day: that of the announcement which led to the withdrawal, the earliest it \
             can be.",
        ),
        conflict: None,
    },
    Flow {
        id: "gp-appointments-data",
        name: "GP Appointments Data (GPAD)",
        sender: "GP practices",
        recipient: "NHS England (NHS Digital until 2023)",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::DeIdentified,
            purpose: Purpose::Planning,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            Source::at(
                "NHS England, GP Appointments Data",
                "https://digital.nhs.uk/data-and-information/keeping-data-safe-and-benefitting-the-public/gdpr/gdpr-register/general-practice-gp-appointments-data",
            ),
        ],
        grade: Grade::B,
        note: "One row for each appointment, collected under a Direction; the collection before \
               2020 is described as anonymised. How opt-outs are handled is not stated. Published \
               monthly figures are anonymous.",
        ours: Some(
            "That record-level data are collected, so that Type 1 binds: assumed, as the safest.",
        ),
        conflict: None,
    },
    Flow {
        id: "fgm-enhanced-dataset",
        name: "Female Genital Mutilation Enhanced Dataset",
        sender: "GP practices",
        recipient: "NHS England (NHS Digital until 2023)",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::OfficialStatistics,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[HARVEY],
        grade: Grade::B,
        note: "A practice's notice tells patients that Type 1 keeps them out. Reporting to the \
               police under the Female Genital Mutilation Act 2003 is another disclosure.",
        ours: Some("That the national opt-out does not apply, as to any section 259 collection."),
        conflict: None,
    },
    Flow {
        id: "cvdprevent",
        name: "CVDPREVENT",
        sender: "GP practices",
        recipient: "NHS England (NHS Digital until 2023)",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::NationalClinicalAudit,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2021, 1, 1),
        until: None,
        sources: &[
            Source::at(
                "CVDPREVENT, national primary care audit",
                "https://www.cvdprevent.nhs.uk/",
            ),
        ],
        grade: Grade::C,
        note: "From general knowledge: a section 259 collection for audit. No statement on \
               opt-outs was found; Type 1 binds by the rule for such collections. The first \
               day is our reading, deliberately late.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "adult-social-care-client-level-data",
        name: "Adult social care Client Level Data",
        sender: "local authorities",
        recipient: "NHS England",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Planning,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2023, 4, 1),
        until: None,
        sources: &[
            Source::at(
                "Westminster City Council, Client Level Data",
                "https://www.westminster.gov.uk/data-protection/adult-social-care-privacy-notice/client-level-data",
            ),
        ],
        grade: Grade::B,
        note: "Compulsory. Not a GP record, so Type 1 is out of scope.",
        ours: Some("That the national opt-out does not apply, and the first day."),
        conflict: None,
    },
    Flow {
        id: "secondary-uses-service",
        name: "Secondary Uses Service and Hospital Episode Statistics (SUS, HES)",
        sender: "NHS trusts and other providers",
        recipient: "NHS England (NHS Digital until 2023)",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Planning,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            Source::at(
                "NHS England, Secondary Uses Service",
                "https://digital.nhs.uk/services/secondary-uses-service-sus",
            ),
        ],
        grade: Grade::C,
        note: "From general knowledge: the compulsory hospital returns. Only the collection is \
               entered; each release from it is another disclosure, on its own basis.",
        ours: None,
        conflict: None,
    },
];
