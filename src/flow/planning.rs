//! Planning by integrated care boards and the Federated Data Platform.

use super::source::{FDP, POLICY_5, POLICY_7};
use super::{Flow, Terms};
use crate::{Bases, Boundary, Conditions, Date, Grade, Identifiability, Origin, Purpose, Source};

pub(super) const FLOWS: &[Flow] = &[
    Flow {
        id: "federated-data-platform",
        name: "Federated Data Platform (FDP), care coordination",
        sender: "NHS trusts and integrated care boards",
        recipient: "care teams of the same patients",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::IndividualCare,
            bases: Bases::IMPLIED_CONSENT,
            conditions: Conditions::LEGITIMATE_RELATIONSHIP,
        },
        from: Date::ymd(2024, 4, 1),
        until: None,
        sources: &[FDP],
        grade: Grade::D,
        note: "Our reading: products that help staff to arrange a patient's care are care. Judge \
               each product by its own purpose. The first day is approximate.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "federated-data-platform-planning",
        name: "Federated Data Platform (FDP), planning",
        sender: "NHS trusts and integrated care boards",
        recipient: "planners in trusts, integrated care boards and NHS England",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::DeIdentified,
            purpose: Purpose::Planning,
            bases: Bases::empty(),
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2024, 4, 1),
        until: None,
        sources: &[FDP],
        grade: Grade::B,
        note: "Ministers say that no product so far has to apply the national opt-out, and that one \
               would if its purpose required it. Hospital data without identifiers; GP records \
               would be a disclosure with origin gp-record, in which Type 1 binds.",
        ours: Some("The first day is approximate."),
        conflict: None,
    },
    Flow {
        id: "icb-planning-dashboards",
        name: "Integrated care board dashboards for planning",
        sender: "GP practices",
        recipient: "analysts of the integrated care board",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::DeIdentified,
            purpose: Purpose::Planning,
            bases: Bases::empty(),
            conditions: Conditions::NATIONAL_VOLUNTARY,
        },
        from: Date::ymd(2022, 7, 1),
        until: None,
        sources: &[
            Source::at(
                "North Central London ICB, dbt-ncl-analytics",
                "https://github.com/ncl-icb-analytics/dbt-ncl-analytics",
            ),
        ],
        grade: Grade::B,
        note: "As one board does it in public code: a patient stays in only with no active Type 1 \
               and no national opt-out. Other boards differ.",
        ours: Some(
            "That the safest treatment is entered for all boards. The first day is that on which \
             boards began, from general knowledge.",
        ),
        conflict: None,
    },
    Flow {
        id: "risk-stratification-case-finding",
        name: "Risk stratification, case finding",
        sender: "GP practices",
        recipient: "the practice and the care team, through a processor",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::CaseFinding,
            bases: Bases::IMPLIED_CONSENT,
            conditions: Conditions::LEGITIMATE_RELATIONSHIP,
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[POLICY_7],
        grade: Grade::A,
        note: "Finding patients whom their own care team should see is care. Only the care team \
               may learn who they are. Lists for a commissioner are \
               risk-stratification-planning.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "risk-stratification-planning",
        name: "Risk stratification for commissioners",
        sender: "GP practices",
        recipient: "risk stratification suppliers of integrated care boards",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::RiskStratification,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            Source::at(
                "Whitnash Medical Centre, privacy notice",
                "https://whitnashmc.co.uk/Forms/a9fdd1d7-dbd9-4ba6-b177-4246d59da43d",
            )
            .says(&[
                "A Type 1 opt-out, when present in your GP record, should prevent identifiable information about you being extracted from your GP record …",
            ]),
            POLICY_5,
        ],
        grade: Grade::B,
        note: "On section 251 support (CAG 7-04(a)/2013). Practices tell patients that Type 1 \
               keeps them out; the national opt-out binds as on any such support. Bring the \
               approval's current dates.",
        ours: None,
        conflict: Some(
            "NHS England has advised that an objection should not exclude a patient \
             automatically; we read that as about case finding, which is care.",
        ),
    },
];
