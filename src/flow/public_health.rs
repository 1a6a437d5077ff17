//! Communicable disease and other risks to public health.

use super::source::POLICY_6;
use super::{Flow, Terms};
use crate::{Bases, Boundary, Conditions, Date, Grade, Identifiability, Origin, Purpose, Source};

pub(super) const FLOWS: &[Flow] = &[
    Flow {
        id: "covid-19-regulation-3",
        name: "COVID-19 under regulation 3 notices",
        sender: "GP practices, trusts, local authorities, arm's length bodies",
        recipient: "bodies that responded to COVID-19",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::PublicHealth,
            bases: Bases::COPI_REG_3,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2020, 3, 23),
        until: Some(Date::ymd(2022, 6, 30)),
        sources: &[
            Source::at(
                "Notices under regulation 3(4), COVID-19",
                "https://www.gov.uk/government/publications/coronavirus-covid-19-notification-of-data-controllers-to-share-information",
            ),
            Source::at(
                "London local medical committees, notices extended until 30 June 2022",
                "https://archive.lmc.org.uk/article.php?group_id=25294&start=21&end=30",
            ),
            POLICY_6,
        ],
        grade: Grade::A,
        note: "The general notices, issued from 17 to 23 March 2020, expired on 30 June 2022. \
               The national opt-out did not apply, nor Type 1 unless the programme took it on. \
               OpenSAFELY had later notices of its own.",
        ours: None,
        conflict: Some(
            "The pandemic collection from practices honoured Type 1 all the same: see gdppr.",
        ),
    },
    Flow {
        id: "communicable-disease-control",
        name: "Communicable disease monitoring and control",
        sender: "any provider",
        recipient: "UK Health Security Agency and other public health bodies",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::CommunicableDiseaseControl,
            bases: Bases::COPI_REG_3,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[POLICY_6],
        grade: Grade::A,
        note: "Regulation 3: the national opt-out does not apply. Whether Type 1 does is settled \
               programme by programme; add type1-upheld where the programme honours it.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "notifiable-diseases",
        name: "Notification of infectious diseases",
        sender: "registered medical practitioners and laboratories",
        recipient: "local authorities and the UK Health Security Agency",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::CommunicableDiseaseControl,
            bases: Bases::STATUTORY_DUTY,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "Health Protection (Notification) Regulations 2010, SI 2010/659",
            "https://www.legislation.gov.uk/uksi/2010/659/contents",
        )],
        grade: Grade::C,
        note: "From general knowledge: the regulations require it, so no opt-out binds.",
        ours: None,
        conflict: None,
    },
];
