//! After a death: reviews, medical examiners, the coroner.

use super::source::MEDICAL_EXAMINER;
use super::{Flow, Terms};
use crate::{Bases, Boundary, Conditions, Date, Grade, Identifiability, Origin, Purpose, Source};

pub(super) const FLOWS: &[Flow] = &[
    Flow {
        id: "leder",
        name: "Learning from Lives and Deaths (LeDeR)",
        sender: "GP practices, trusts and social care",
        recipient: "LeDeR reviewers of NHS England",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::MortalityReview,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[
            Source::at("LeDeR, privacy notice", "https://leder.nhs.uk/your-personal-information"),
            Source::at(
                "LeDeR, general practice information guide, appendix A",
                "https://leder.nhs.uk/resources/leder-general-practice-information-guide/appendix-a",
            ),
            Source::at(
                "Lincolnshire LMC, Learning from Lives and Deaths (LeDeR programme)",
                "https://lincslmc.co.uk/?p=6051",
            )
            .says(&[
                "If a patient has registered to opt out … via the National Data Opt Out scheme, NHSE will be alerted to this, and not proceed …",
            ]),
        ],
        grade: Grade::A,
        note: "On section 251 support (20/CAG/0067, before that 16/CAG/0056). The programme \
               collects nothing about a person who had opted out of uses beyond care; its words fit \
               either opt-out, and a national opt-out outlives the patient.",
        ours: Some("That Type 1 binds too: the safest."),
        conflict: Some(
            "NHS England's letter of July 2020 (PAR0028) asks practices to release the records, \
             citing guidance of the General Medical Council that itself excepts known \
             objections.",
        ),
    },
    Flow {
        id: "child-death-review",
        name: "Child death review",
        sender: "GP practices, trusts and other agencies",
        recipient: "child death review partners and their overview panel",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::ChildDeathReview,
            bases: Bases::STATUTORY_DUTY,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 6, 29),
        until: None,
        sources: &[Source::at(
            "Children Act 2004, sections 16M to 16Q",
            "https://www.legislation.gov.uk/ukpga/2004/31/part/2",
        )],
        grade: Grade::C,
        note: "From general knowledge: the partners may ask for information and whoever is asked \
               must comply, so no opt-out binds. The first day is that on which these sections \
               began, also from general knowledge.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "national-child-mortality-database",
        name: "National Child Mortality Database (NCMD)",
        sender: "child death overview panels",
        recipient: "University of Bristol, for NHS England",
        terms: Terms {
            origin: Origin::EnglandCare,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::ChildDeathReview,
            bases: Bases::STATUTORY_DUTY,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2019, 4, 1),
        until: None,
        sources: &[Source::at("NCMD, privacy notice", "https://www.ncmd.info/privacy-notice/")],
        grade: Grade::B,
        note: "The notice names section 16M of the Children Act 2004 as the basis and is silent on \
               opt-outs.",
        ours: Some("That the section is a duty for these rules, and the first day."),
        conflict: None,
    },
    Flow {
        id: "medical-examiner",
        name: "Medical examiners, before the statutory system",
        sender: "GP practices",
        recipient: "medical examiner offices",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::MedicalExaminer,
            bases: Bases::COPI_REG_5,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2021, 7, 1),
        until: Some(Date::ymd(2024, 9, 8)),
        sources: &[Source::at(
            "Londonwide LMCs, Medical examiner system rollout",
            "https://www.lmc.org.uk/news/medical-examiner-system-rollout/",
        )],
        grade: Grade::B,
        note: "On section 251 support (21/CAG/0032) until the law changed. No statement on opt-outs \
               was found. The scheme reached practices from June 2021.",
        ours: Some(
            "That the standard condition applied, so that both opt-outs bind: assumed, as the \
             safest. The first day is approximate.",
        ),
        conflict: None,
    },
    Flow {
        id: "medical-examiner",
        name: "Medical examiners, statutory system",
        sender: "GP practices",
        recipient: "medical examiner offices",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::MedicalExaminer,
            bases: Bases::STATUTORY_DUTY,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2024, 9, 9),
        until: None,
        sources: &[
            MEDICAL_EXAMINER,
            Source::at(
                "Londonwide LMCs, Medical examiner system rollout",
                "https://www.lmc.org.uk/news/medical-examiner-system-rollout/",
            ),
        ],
        grade: Grade::D,
        note: "Every death that does not go to the coroner is reviewed, with a right of access \
               to the records. That the right is a duty on the holder, so that no opt-out binds, \
               is our reading.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "coroner",
        name: "Coroner's investigation",
        sender: "GP practices and other providers",
        recipient: "the coroner",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::LegalProceedings,
            bases: Bases::STATUTORY_DUTY,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "Coroners and Justice Act 2009, schedule 5",
            "https://www.legislation.gov.uk/ukpga/2009/25/schedule/5",
        )],
        grade: Grade::C,
        note: "From general knowledge: a notice under the schedule must be obeyed. An informal \
               request without a notice is not this flow.",
        ours: None,
        conflict: None,
    },
];
