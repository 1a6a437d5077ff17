//! Paying practices, pharmacies and providers, and checking invoices.

use super::source::{GP_COLLECTIONS, GPES, INVOICES, POLICY_7};
use super::{Flow, Terms};
use crate::{Bases, Boundary, Conditions, Date, Grade, Identifiability, Origin, Purpose, Source};

/// Counts for a practice, from which no patient can be told.
const COUNTS_FOR_PAYMENT: Terms = Terms {
    origin: Origin::GpRecord,
    boundary: Boundary::BeyondController,
    identifiability: Identifiability::Anonymous,
    purpose: Purpose::ProviderPayment,
    bases: Bases::empty(),
    conditions: Conditions::empty(),
};

pub(super) const FLOWS: &[Flow] = &[
    Flow {
        id: "gpes-payment-counts",
        name: "General Practice Extraction Service (GPES), payment counts",
        sender: "GP practices",
        recipient: "NHS England (NHS Digital until 2023)",
        terms: COUNTS_FOR_PAYMENT,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[GPES, GP_COLLECTIONS],
        grade: Grade::A,
        note: "Counts for a practice reveal nobody, so no opt-out binds. Small numbers must be \
               controlled before they count as anonymous.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "cqrs",
        name: "Calculating Quality Reporting Service (CQRS)",
        sender: "GP practices, through the General Practice Extraction Service",
        recipient: "NHS England (NHS Digital until 2023)",
        terms: COUNTS_FOR_PAYMENT,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[GP_COLLECTIONS, GPES],
        grade: Grade::A,
        note: "Shows each practice what it has achieved and will be paid for. Fed with counts.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "quality-and-outcomes-framework",
        name: "Quality and Outcomes Framework (QOF)",
        sender: "GP practices",
        recipient: "NHS England",
        terms: COUNTS_FOR_PAYMENT,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[GPES, GP_COLLECTIONS],
        grade: Grade::B,
        note: "Numerators and denominators for each indicator. Patients' opt-outs do not change \
               them.",
        ours: Some("That they leave the practice as counts, from general knowledge."),
        conflict: None,
    },
    Flow {
        id: "directed-enhanced-services",
        name: "Directed Enhanced Services (DES)",
        sender: "GP practices",
        recipient: "NHS England",
        terms: COUNTS_FOR_PAYMENT,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            GP_COLLECTIONS,
            Source::at(
                "GPES requirement for an enhanced service, aggregate extraction, 2015",
                "https://www.england.nhs.uk/gp/investment/gp-contract/",
            ),
        ],
        grade: Grade::B,
        note: "Counts of services given. A service that returns rows about patients is a \
               record-level collection: gpes-record-level.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "vaccination-and-immunisation",
        name: "Vaccination and immunisation payments",
        sender: "GP practices",
        recipient: "NHS England",
        terms: COUNTS_FOR_PAYMENT,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            Source::at(
                "Ardens, CQRS for vaccinations and immunisations",
                "https://support-ew.ardens.org.uk/support/solutions/articles/31000173437-understanding-cqrs-for-vaccination-and-immunisations-enhanced-services",
            ),
            GPES,
        ],
        grade: Grade::B,
        note: "Counts of doses given. Inviting a patient, and telling their practice of a dose, \
               are care; a claim that names patients is another disclosure.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "nhsbsa-prescription-payment",
        name: "Prescription payment by the NHS Business Services Authority (NHS BSA)",
        sender: "pharmacies and other dispensers",
        recipient: "NHS Business Services Authority",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::PrescriptionPayment,
            bases: Bases::STATUTORY_DUTY,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[POLICY_7],
        grade: Grade::D,
        note: "The national opt-out does not apply to what is disclosed under regulation 18A of \
               the 2018 regulations. That the regulation is a duty for these rules, and that a \
               dispenser's claim is not a GP record, are our reading.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "prescribing-data",
        name: "Published prescribing data",
        sender: "NHS Business Services Authority",
        recipient: "commissioners and the public",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Anonymous,
            purpose: Purpose::Planning,
            bases: Bases::empty(),
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "NHS Business Services Authority, prescribing data",
            "https://www.nhsbsa.nhs.uk/prescription-data/prescribing-data",
        )],
        grade: Grade::C,
        note: "From general knowledge: items and costs by practice, without patients. Any set \
               with a row for each patient is another disclosure.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "invoice-validation",
        name: "Invoice validation, contracted activity",
        sender: "providers and NHS England",
        recipient: "controlled environments for finance of integrated care boards",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::InvoiceValidation,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: Some(Date::ymd(2027, 9, 30)),
        sources: &[POLICY_7, INVOICES],
        grade: Grade::D,
        note: "Our reading, the safest for the patient: operational policy lifts the national \
               opt-out for activity outside a contract only, so it binds here. A controller \
               whose approval letter waives it for this flow adds national-disapplied, with the \
               letter. The support runs to 30 September 2027.",
        ours: None,
        conflict: Some(
            "NHS England says that the approval waives the national opt-out for invoice \
             validation, without limiting it to activity outside a contract; the release \
             register shows both treatments.",
        ),
    },
    Flow {
        id: "invoice-validation-non-contracted",
        name: "Invoice validation, activity outside a contract",
        sender: "providers and NHS England",
        recipient: "controlled environments for finance of integrated care boards",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::InvoiceValidationNonContracted,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: Some(Date::ymd(2027, 9, 30)),
        sources: &[POLICY_7, INVOICES],
        grade: Grade::A,
        note: "Care given where the patient's commissioner has no contract: the national opt-out \
               does not apply. The support runs to 30 September 2027.",
        ours: None,
        conflict: None,
    },
];
