//! Courts, the police, regulators and insurers.

use super::source::NHS_UK;
use super::{Flow, Terms};
use crate::{Bases, Boundary, Conditions, Date, Grade, Identifiability, Origin, Purpose, Source};

pub(super) const FLOWS: &[Flow] = &[
    Flow {
        id: "court-order",
        name: "Order of a court",
        sender: "any controller",
        recipient: "whoever the order names",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::LegalProceedings,
            bases: Bases::COURT_ORDER,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[NHS_UK],
        grade: Grade::A,
        note: "No opt-out stands against an order. Disclose what it names and no more. A \
               solicitor's letter is not an order.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "police-request-without-warrant",
        name: "Police request without a warrant or order",
        sender: "any controller",
        recipient: "the police",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::LegalProceedings,
            bases: Bases::STATUTORY_POWER,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "Data Protection Act 2018, schedule 2, paragraph 2",
            "https://www.legislation.gov.uk/ukpga/2018/12/schedule/2",
        )],
        grade: Grade::C,
        note: "From general knowledge: data protection law permits it, and a permission does not \
               lift confidentiality, so the answer is no for every patient. An order, a duty, \
               the patient's consent or a recorded public interest test is another disclosure.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "gmc-investigation",
        name: "General Medical Council investigation",
        sender: "any controller",
        recipient: "General Medical Council",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Regulation,
            bases: Bases::STATUTORY_DUTY,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "Medical Act 1983, section 35A",
            "https://www.legislation.gov.uk/ukpga/1983/54/section/35A",
        )],
        grade: Grade::C,
        note: "From general knowledge: the Council may require it. The demand must name the \
               section.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "cqc-inspection",
        name: "Care Quality Commission inspection",
        sender: "registered providers",
        recipient: "Care Quality Commission",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Regulation,
            bases: Bases::STATUTORY_DUTY,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "Health and Social Care Act 2008, sections 63 and 64",
            "https://www.legislation.gov.uk/ukpga/2008/14/part/1/chapter/6",
        )],
        grade: Grade::C,
        note: "From general knowledge: inspectors may require records where they need them. \
               Returns that the Commission merely invites are another disclosure.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "nhs-counter-fraud",
        name: "NHS counter fraud notice",
        sender: "any NHS body or contractor",
        recipient: "NHS Counter Fraud Authority",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::FraudPrevention,
            bases: Bases::STATUTORY_DUTY,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "National Health Service Act 2006, part 10",
            "https://www.legislation.gov.uk/ukpga/2006/41/part/10",
        )],
        grade: Grade::C,
        note: "From general knowledge: a notice under part 10 must be obeyed. A request without \
               a notice is not this flow.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "insurance-medical-report",
        name: "Medical report for an insurer",
        sender: "GP practices",
        recipient: "the insurer",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::Insurance,
            bases: Bases::EXPLICIT_CONSENT,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            Source::at(
                "Access to Medical Reports Act 1988",
                "https://www.legislation.gov.uk/ukpga/1988/28/contents",
            ),
            NHS_UK,
        ],
        grade: Grade::C,
        note: "From general knowledge: only with this patient's consent to this report, and \
               never the whole record.",
        ours: None,
        conflict: None,
    },
];
