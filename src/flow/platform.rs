//! Platforms on which other people's analyses run.

use super::source::{OPENSAFELY_COVID, OPENSAFELY_NATIONAL, OPENSAFELY_TYPE1, RESEARCHERS_4};
use super::{Flow, Terms};
use crate::{
    Bases, Boundary, Clause, Conditions, Date, Grade, Identifiability, Origin, Purpose, Source,
};

pub(super) const FLOWS: &[Flow] = &[
    Flow {
        id: "opensafely",
        name: "OpenSAFELY COVID-19 service",
        sender: "GP practices, through TPP and EMIS",
        recipient: "analysts approved by NHS England",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::DeIdentified,
            purpose: Purpose::Research,
            bases: Bases::COPI_REG_3,
            conditions: Conditions::TYPE1_NOT_UPHELD,
        },
        from: Date::ymd(2020, 3, 23),
        until: Some(Date::ymd(2023, 6, 30)),
        sources: &[
            OPENSAFELY_TYPE1,
            OPENSAFELY_NATIONAL,
            OPENSAFELY_COVID,
            Source::at(
                "Notice under regulation 3(4) to NHS England and practices, 2 May 2023",
                "https://www.gov.uk/government/publications/covid-19-notification-to-gps-and-nhs-england-to-share-information-may-2023",
            ),
        ],
        grade: Grade::A,
        note: "Run on pseudonymised records in place; only checked aggregates come out. While \
               regulation 3 notices were relied on, Type 1 was not upheld. The last notice ran \
               to 30 June 2023; the first day is that of the first notices, between 17 and 23 \
               March 2020. Whether a notice covered 1 May 2023 was not found.",
        ours: None,
        conflict: Some(
            "OpenSAFELY's documentation puts the change in June 2023 without a day; NHS England \
             says that it took over under Directions on 1 July 2023.",
        ),
    },
    Flow {
        id: "opensafely",
        name: "OpenSAFELY COVID-19 service",
        sender: "GP practices, through TPP and EMIS",
        recipient: "analysts approved by NHS England",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::DeIdentified,
            purpose: Purpose::Research,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2023, 7, 1),
        until: None,
        sources: &[OPENSAFELY_TYPE1, OPENSAFELY_NATIONAL, OPENSAFELY_COVID],
        grade: Grade::A,
        note: "Under the COVID-19 Directions and section 259: patients with Type 1 are left out \
               of new projects. The national opt-out does not apply to pseudonymised records \
               with anonymous output.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "opensafely-transitional-projects",
        name: "OpenSAFELY projects begun before July 2023",
        sender: "GP practices, through TPP and EMIS",
        recipient: "analysts approved by NHS England",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::DeIdentified,
            purpose: Purpose::Research,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::TYPE1_NOT_UPHELD,
        },
        from: Date::ymd(2023, 7, 1),
        until: Some(Date::ymd(2024, 6, 30)),
        sources: &[
            Source::at(
                "OpenSAFELY job server, projects with Type 1 permission",
                "https://github.com/opensafely-core/job-server/blob/main/jobserver/permissions/population_permissions/t1oo.py",
            ),
            Source::at(
                "OpenSAFELY update, 24 July 2024",
                "https://www.opensafely.org/changelog/2024-07-24/",
            )
            .says(&[
                "The majority of these projects completed their work as scheduled, by June …",
                "… only on the condition that this work excludes data for people registering a T1OO.",
            ]),
        ],
        grade: Grade::A,
        note: "Listed projects, numbered up to 155, that were allowed to finish on records that \
               include patients with Type 1. Most ended by June 2024.",
        ours: Some("The last day: the safest."),
        conflict: Some(
            "The list still stands in public code. The update of July 2024 let some continue to \
             the end of that year, only without Type 1 patients.",
        ),
    },
    Flow {
        id: "opensafely-data-analytics-service",
        name: "NHS OpenSAFELY Data Analytics Service pilot",
        sender: "GP practices, through TPP and Optum",
        recipient: "analysts approved by NHS England",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::DeIdentified,
            purpose: Purpose::Research,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2025, 9, 1),
        until: Some(Date::ymd(2027, 3, 31)),
        sources: &[
            Source::at(
                "NHS England, summary of the NHS OpenSAFELY Data Analytics Service Pilot Directions 2025",
                "https://www.england.nhs.uk/long-read/summary-of-nhs-opensafely-data-analytics-service-pilot-directions",
            ),
            Source::at(
                "Londonwide LMCs, OpenSAFELY data extraction",
                "https://www.lmc.org.uk/resources/opensafely-data-extraction",
            ),
            OPENSAFELY_NATIONAL,
        ],
        grade: Grade::A,
        note: "Beyond COVID-19. Type 1 is applied to every study by default; the national opt-out \
               only where a study takes it on, and then national-voluntary is added. Directions of \
               June 2025; practices had to comply by September 2025. The pilot ends on 31 March \
               2027 unless it is extended.",
        ours: Some("The first day: the month by which practices had to comply."),
        conflict: Some(
            "The query engine's public code leaves out patients with a national opt-out unless \
             the project is listed, which is wider than the policy.",
        ),
    },
    Flow {
        id: "nhs-england-sde",
        name: "NHS England Secure Data Environment (SDE)",
        sender: "NHS England",
        recipient: "approved researchers and analysts, inside the environment",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::DeIdentified,
            purpose: Purpose::Research,
            bases: Bases::empty(),
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2023, 2, 1),
        until: None,
        sources: &[
            Source::at(
                "Department of Health and Social Care, data access policy update, 12 October 2023",
                "https://www.gov.uk/government/publications/data-access-policy-update/data-access-policy-update",
            ),
            RESEARCHERS_4,
        ],
        grade: Grade::D,
        note: "Our reading: data that NHS England already holds, run for others without \
               identifiers, to which neither opt-out reaches. GP data in it were filtered for \
               Type 1 when they were collected. The first day is that on which NHS England took \
               over from NHS Digital. Identifiable work there is another disclosure.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "regional-sde",
        name: "Regional secure data environments",
        sender: "GP practices and trusts of a region",
        recipient: "approved researchers, inside the environment",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::DeIdentified,
            purpose: Purpose::Research,
            bases: Bases::empty(),
            conditions: Conditions::NATIONAL_VOLUNTARY,
        },
        from: Date::ymd(2023, 10, 12),
        until: None,
        sources: &[
            Source::at(
                "Department of Health and Social Care, data access policy update, 12 October 2023",
                "https://www.gov.uk/government/publications/data-access-policy-update/data-access-policy-update",
            ),
        ],
        grade: Grade::D,
        note: "Regions differ. Our reading, the safest for the patient: GP records are among the \
               data, so Type 1 binds, and the region applies the national opt-out of its own \
               accord. The first day is that of the policy paper, for want \
               of a better one. Where a region's own terms say that it does not apply the national \
               opt-out, judge those terms instead of this entry.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "cprd",
        name: "Clinical Practice Research Datalink (CPRD), primary care data",
        sender: "GP practices that take part",
        recipient: "CPRD (Medicines and Healthcare products Regulatory Agency)",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::DeIdentified,
            purpose: Purpose::Research,
            bases: Bases::empty(),
            conditions: Conditions::NATIONAL_VOLUNTARY,
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Clause::Cprd.source().titled("CPRD, opting out of research")],
        grade: Grade::A,
        note: "Complies with both opt-outs, although policy does not ask for the national one. A \
               record whose NHS number is missing or malformed is left out too: give the national \
               status of such a record as unknown, never as no-nhs-number.",
        ours: Some("That it did so from the first day."),
        conflict: None,
    },
    Flow {
        id: "cprd-linkage",
        name: "CPRD linkage: identifiers to the trusted third party",
        sender: "GP practices that take part",
        recipient: "NHS England, as trusted third party",
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
        sources: &[Clause::Cprd.source().titled("CPRD, opting out of research")],
        grade: Grade::B,
        note: "The identifiers that make linkage possible travel separately, on section 251 \
               support. Both opt-outs bind.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "orchid",
        name: "ORCHID and the RCGP Research and Surveillance Centre",
        sender: "GP practices that take part",
        recipient: "University of Oxford",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::DeIdentified,
            purpose: Purpose::Research,
            bases: Bases::empty(),
            conditions: Conditions::NATIONAL_VOLUNTARY,
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            Source::at(
                "ORCHID, data sharing opt-out",
                "https://orchid.phc.ox.ac.uk/privacy-policy/data-sharing-opt-out",
            )
            .says(&[
                "If you choose not to share your data … through either Type 1 Opt-Out or National Data Opt-Out, we will stop receiving and processing your data …",
                "… we may continue to process existing de-identified data …",
            ]),
        ],
        grade: Grade::A,
        note: "Either opt-out stops further data; what was received before, already without \
               identifiers, may go on being used.",
        ours: Some("That it did so from the first day."),
        conflict: None,
    },
];
