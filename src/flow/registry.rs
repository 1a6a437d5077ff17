//! Registers of disease and of devices.

use super::source::{NDRS, NDRS_OPT_OUT, NHS_UK};
use super::{Flow, Terms};
use crate::{Bases, Boundary, Conditions, Date, Grade, Identifiability, Origin, Purpose, Source};

pub(super) const FLOWS: &[Flow] = &[
    Flow {
        id: "cancer-registration",
        name: "National Cancer Registration and Analysis Service (NCRAS)",
        sender: "NHS trusts and laboratories",
        recipient: "Public Health England",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::DiseaseRegistration,
            bases: Bases::COPI_REG_2,
            conditions: Conditions::NATIONAL_DISAPPLIED.union(Conditions::PROGRAMME_OPT_OUT),
        },
        from: Date::ymd(2018, 5, 25),
        until: Some(Date::ymd(2021, 9, 30)),
        sources: &[NHS_UK, NDRS_OPT_OUT, NDRS],
        grade: Grade::A,
        note: "The national opt-out does not apply; the registry has an opt-out of its own, made to \
               it directly with proof of identity.",
        ours: Some(
            "That regulation 2 was the basis until the registry moved to NHS Digital on 1 October \
             2021, from general knowledge.",
        ),
        conflict: None,
    },
    Flow {
        id: "cancer-registration",
        name: "National Cancer Registration and Analysis Service (NCRAS)",
        sender: "NHS trusts and laboratories",
        recipient: "NHS England (NHS Digital until 2023)",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::DiseaseRegistration,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::PROGRAMME_OPT_OUT,
        },
        from: Date::ymd(2021, 10, 1),
        until: None,
        sources: &[NDRS, NHS_UK, NDRS_OPT_OUT],
        grade: Grade::A,
        note: "Collected under Directions since the registry moved to NHS Digital. The registry's \
               own opt-out stands; the national one does not apply. What practices would send is a \
               GP record: no statement on Type 1 was found.",
        ours: Some("That Type 1 binds on what practices send, by the rule for such collections."),
        conflict: None,
    },
    Flow {
        id: "rare-disease-registration",
        name: "National Congenital Anomaly and Rare Disease Registration Service (NCARDRS)",
        sender: "NHS trusts",
        recipient: "Public Health England",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::DiseaseRegistration,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::NATIONAL_DISAPPLIED.union(Conditions::PROGRAMME_OPT_OUT),
        },
        from: Date::ymd(2018, 5, 25),
        until: Some(Date::ymd(2021, 9, 30)),
        sources: &[NHS_UK, NDRS_OPT_OUT, NDRS],
        grade: Grade::A,
        note: "The national opt-out does not apply; the registry has its own, which parents may use \
               for a young child.",
        ours: Some("That regulation 5 was the basis, from general knowledge."),
        conflict: None,
    },
    Flow {
        id: "rare-disease-registration",
        name: "National Congenital Anomaly and Rare Disease Registration Service (NCARDRS)",
        sender: "NHS trusts",
        recipient: "NHS England (NHS Digital until 2023)",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::DiseaseRegistration,
            bases: Bases::S259_COLLECTION,
            conditions: Conditions::PROGRAMME_OPT_OUT,
        },
        from: Date::ymd(2021, 10, 1),
        until: None,
        sources: &[NDRS, NHS_UK, NDRS_OPT_OUT],
        grade: Grade::A,
        note: "Collected under Directions since the registry moved to NHS Digital. The \
               registry's own opt-out stands; the national one does not apply.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "national-joint-registry",
        name: "National Joint Registry (NJR), annual extract",
        sender: "NHS England",
        recipient: "the National Joint Registry and its contractor",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::NationalClinicalAudit,
            bases: Bases::EXPLICIT_CONSENT.union(Bases::COPI_REG_5),
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "Release register (copy), Northgate Public Services, DARS-NIC-07289",
            "https://theysolditanyway.com/organisations/northgate_public_services_uk_limited/",
        )],
        grade: Grade::B,
        note: "Two bases in one release: patients whose consent is on record are not filtered, the \
               rest are held on section 251 support and the national opt-out binds. The register \
               shows both answers for that reason.",
        ours: Some("That it is one disclosure with two bases."),
        conflict: None,
    },
];
