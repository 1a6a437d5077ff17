//! National clinical audits.

use super::source::{HARVEY, HRA, PICANET, POLICY_5, UKRR_PATIENTS};
use super::{Flow, Terms};
use crate::{Bases, Boundary, Conditions, Date, Grade, Identifiability, Origin, Purpose, Source};

pub(super) const FLOWS: &[Flow] = &[
    Flow {
        id: "national-clinical-audit",
        name: "National clinical audit on section 251 support",
        sender: "NHS trusts and other providers",
        recipient: "the audit's provider",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::NationalClinicalAudit,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[POLICY_5, HRA],
        grade: Grade::A,
        note: "The standard condition of section 251 support: the national opt-out binds, unless \
               the decision-maker has recorded that it does not apply to this audit.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "national-clinical-audit-disapplied",
        name: "National clinical audit, national opt-out disapplied",
        sender: "NHS trusts and other providers",
        recipient: "the audit's provider",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::NationalClinicalAudit,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::NATIONAL_DISAPPLIED.union(Conditions::PROGRAMME_OPT_OUT),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[POLICY_5],
        grade: Grade::A,
        note: "Only with the letter or minute that disapplies it. The audit then runs an opt-out \
               of its own.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "picanet-audit",
        name: "PICANet, clinical audit",
        sender: "paediatric intensive care units",
        recipient: "PICANet (Universities of Leeds and Leicester)",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::NationalClinicalAudit,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: Some(Date::ymd(2022, 7, 28)),
        sources: &[PICANET, POLICY_5],
        grade: Grade::D,
        note: "Before the exemption was announced. Our reading: the standard condition of \
               section 251 support, so the national opt-out bound.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "picanet-audit",
        name: "PICANet, clinical audit",
        sender: "paediatric intensive care units",
        recipient: "PICANet (Universities of Leeds and Leicester)",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::NationalClinicalAudit,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::NATIONAL_DISAPPLIED.union(Conditions::PROGRAMME_OPT_OUT),
        },
        from: Date::ymd(2022, 7, 29),
        until: None,
        sources: &[PICANET],
        grade: Grade::D,
        note: "Exempt by decision on CAG's advice, since the loss of a single child could \
               mislead. An opt-out of the audit's own is assumed, as policy asks for one: that \
               part is our reading.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "picanet-research",
        name: "PICANet, research database",
        sender: "PICANet (Universities of Leeds and Leicester)",
        recipient: "approved researchers",
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
        sources: &[PICANET, POLICY_5],
        grade: Grade::A,
        note: "The exemption is for audit only: the national opt-out is applied to research, by \
               PICANet's own account from 31 July 2022.",
        ours: Some("That the national opt-out bound before 31 July 2022."),
        conflict: None,
    },
    Flow {
        id: "epilepsy12",
        name: "Epilepsy12",
        sender: "paediatric services",
        recipient: "Royal College of Paediatrics and Child Health",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::NationalClinicalAudit,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::NATIONAL_DISAPPLIED.union(Conditions::PROGRAMME_OPT_OUT),
        },
        from: Date::ymd(2025, 1, 1),
        until: None,
        sources: &[
            Source::at(
                "RCPCH, Epilepsy12 transparency and open data",
                "https://www.rcpch.ac.uk/work-we-do/clinical-audits/epilepsy12/transparency-open-data",
            )
            .says(&[
                "Epilepsy12 has an exemption to the National Data Opt-Out (NDO) - as granted by the Secretary of State for Health and Social Care …",
                "However, patients can still opt out of Epilepsy12 separately from the NDO",
            ]),
        ],
        grade: Grade::A,
        note: "Exempt; families may opt out of the audit itself. The exemption is not dated there. \
               For earlier days use national-clinical-audit.",
        ours: Some("The first day, on the late side."),
        conflict: None,
    },
    Flow {
        id: "national-paediatric-diabetes-audit",
        name: "National Paediatric Diabetes Audit (NPDA)",
        sender: "paediatric diabetes services",
        recipient: "Royal College of Paediatrics and Child Health",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::NationalClinicalAudit,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::NATIONAL_DISAPPLIED.union(Conditions::PROGRAMME_OPT_OUT),
        },
        from: Date::ymd(2025, 1, 1),
        until: None,
        sources: &[
            Source::at(
                "RCPCH, NPDA platform documentation, privacy notice (public repository)",
                "https://github.com/rcpch/national-paediatric-diabetes-audit",
            ),
        ],
        grade: Grade::B,
        note: "Exempt by its platform's privacy notice, whose text resembles that of Epilepsy12; \
               families may opt out of the audit itself. Confirm with the College before relying on \
               it.",
        ours: Some("The first day, on the late side."),
        conflict: None,
    },
    Flow {
        id: "icnarc-case-mix-programme",
        name: "ICNARC Case Mix Programme",
        sender: "adult critical care units",
        recipient: "Intensive Care National Audit and Research Centre",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::NationalClinicalAudit,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::NATIONAL_DISAPPLIED.union(Conditions::PROGRAMME_OPT_OUT),
        },
        from: Date::ymd(2025, 1, 1),
        until: None,
        sources: &[
            Source::at(
                "ICNARC, national data opt-out",
                "https://www.icnarc.org/national-data-opt-out-2/",
            ),
        ],
        grade: Grade::D,
        note: "Exempt. An opt-out of the programme's own is assumed, as policy asks for one; \
               that and the first day, on the late side, are our reading.",
        ours: None,
        conflict: Some(
            "The same page says that data received before already reflect the providers' \
             filtering.",
        ),
    },
    Flow {
        id: "uk-renal-registry",
        name: "UK Renal Registry",
        sender: "renal units",
        recipient: "UK Kidney Association",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::NationalClinicalAudit,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::PROGRAMME_OPT_OUT,
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            UKRR_PATIENTS,
            Source::at(
                "UK Renal Registry technical wiki, Opt-Outs",
                "https://renalregistry.atlassian.net/wiki/spaces/UD/pages/1947566362/Opt-Outs",
            )
            .says(&[
                "We are exempt from the National Data Opt-Out",
            ]),
        ],
        grade: Grade::B,
        note: "The registry tells patients that the national opt-out is one way of opting out; \
               objectors are then sent without identifiers, for the basic audit only.",
        ours: Some(
            "That the account given to patients is followed, and not the one given to renal \
             units: the safest.",
        ),
        conflict: Some(
            "The registry's technical wiki says that it is exempt and that patients tell their \
             renal unit; it warns that it predates changes to the national opt-out.",
        ),
    },
    Flow {
        id: "national-diabetes-audit",
        name: "National Diabetes Audit, GP extract",
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
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[HARVEY],
        grade: Grade::B,
        note: "A compulsory collection; a practice's notice tells patients that Type 1 keeps them \
               out.",
        ours: Some("That the national opt-out does not apply, as to any section 259 collection."),
        conflict: None,
    },
    Flow {
        id: "natcan",
        name: "National Cancer Audit Collaborating Centre (NATCAN)",
        sender: "NHS England",
        recipient: "Royal College of Surgeons of England",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::DeIdentified,
            purpose: Purpose::NationalClinicalAudit,
            bases: Bases::empty(),
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2023, 1, 1),
        until: None,
        sources: &[
            Source::at(
                "Release register (copy), Royal College of Surgeons of England, DARS-NIC-709865",
                "https://theysolditanyway.com/organisations/the_royal_college_of_surgeons_of_england/",
            ),
        ],
        grade: Grade::D,
        note: "Released without identifiers in line with the Information Commissioner's code, so the national opt-out \
               does not apply. The first day is our reading, deliberately late: the centre \
               was set up in 2022.",
        ours: None,
        conflict: Some(
            "The register's list of data sets also has the word identifiable: an identifiable \
             part is another disclosure.",
        ),
    },
];
