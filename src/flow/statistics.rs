//! Official statistics, the census and surveys of patients.

use super::source::POLICY_7;
use super::{Flow, Terms};
use crate::{Bases, Boundary, Conditions, Date, Grade, Identifiability, Origin, Purpose, Source};

pub(super) const FLOWS: &[Flow] = &[
    Flow {
        id: "official-statistics",
        name: "Health data to the Office for National Statistics (ONS)",
        sender: "NHS England",
        recipient: "Office for National Statistics",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::OfficialStatistics,
            bases: Bases::STATUTORY_DUTY,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            Source::at(
                "ONS, the use of national data opt-outs in health data",
                "https://www.ons.gov.uk/aboutus/transparencyandgovernance/datastrategy/sourcesofdata/theonsuseofnationaldataoptoutsinhealthdata",
            )
            .says(&[
                "… those who have opted out … will not be removed from data flowing to ONS under the Statistics and Registration Service Act 2007.",
            ]),
        ],
        grade: Grade::A,
        note: "Under section 45A of the Statistics and Registration Service Act 2007; the national \
               opt-out does not apply.",
        ours: Some(
            "That the section lifts confidentiality, as these rules ask of a permission, from \
             general knowledge.",
        ),
        conflict: None,
    },
    Flow {
        id: "census",
        name: "Census",
        sender: "hospitals and care homes, for people who live there",
        recipient: "Office for National Statistics",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Census,
            bases: Bases::STATUTORY_DUTY,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            Source::at(
                "Census Act 1920",
                "https://www.legislation.gov.uk/ukpga/Geo5/10-11/41/contents",
            ),
        ],
        grade: Grade::C,
        note: "From general knowledge: the Act obliges people to answer, so no opt-out binds. \
               Health data that are linked to the census are official-statistics.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "national-patient-survey",
        name: "National surveys of patients",
        sender: "NHS trusts and NHS England",
        recipient: "survey contractors",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::PatientSurvey,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2019, 4, 1),
        until: None,
        sources: &[
            POLICY_7,
            Source::at(
                "Release register (copy), Ipsos, DARS-NIC-663093",
                "https://theysolditanyway.com/organisations/ipsos/",
            ),
        ],
        grade: Grade::D,
        note: "Drawing the sample with section 251 support. Our reading, the safest: the \
               national opt-out has bound since April 2019, unless disapplied for the survey. \
               Practices and trusts that ask their own patients are doing care.",
        ours: None,
        conflict: None,
    },
];
