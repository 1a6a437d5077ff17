//! Shared care records, and patients' access to their own record.

use super::source::{EXEMPLARS, LHCR};
use super::{Flow, Terms};
use crate::{Bases, Boundary, Conditions, Date, Grade, Identifiability, Origin, Purpose, Source};

/// Seen by staff who care for the patient.
const SHARED_FOR_CARE: Terms = Terms {
    origin: Origin::GpRecord,
    boundary: Boundary::BeyondController,
    identifiability: Identifiability::Identifiable,
    purpose: Purpose::IndividualCare,
    bases: Bases::IMPLIED_CONSENT,
    conditions: Conditions::LEGITIMATE_RELATIONSHIP,
};

/// Only anonymous output leaves.
const ANONYMOUS_FOR_PLANNING: Terms = Terms {
    origin: Origin::GpRecord,
    boundary: Boundary::BeyondController,
    identifiability: Identifiability::Anonymous,
    purpose: Purpose::Planning,
    bases: Bases::empty(),
    conditions: Conditions::empty(),
};

pub(super) const FLOWS: &[Flow] = &[
    Flow {
        id: "shared-care-record",
        name: "Shared care records",
        sender: "GP practices, trusts and social care of one area",
        recipient: "care staff of that area",
        terms: SHARED_FOR_CARE,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[LHCR],
        grade: Grade::B,
        note: "For care only. A patient's objection to local sharing is the care objection of these \
               rules; where an area runs a register of objectors of its own, add programme-opt-out.",
        ours: Some("That it rests on implied consent."),
        conflict: None,
    },
    Flow {
        id: "shared-care-record-planning",
        name: "Shared care records, used for planning",
        sender: "GP practices, trusts and social care of one area",
        recipient: "analysts of that area",
        terms: ANONYMOUS_FOR_PLANNING,
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[EXEMPLARS],
        grade: Grade::D,
        note: "Our reading: only anonymous output may be drawn for planning. Record-level data, \
               however well protected, are another disclosure, in which Type 1 binds.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "local-health-and-care-record",
        name: "Local Health and Care Record exemplars (LHCRE)",
        sender: "GP practices, trusts and social care of one region",
        recipient: "care staff of that region",
        terms: SHARED_FOR_CARE,
        from: Date::ymd(2018, 7, 1),
        until: None,
        sources: &[EXEMPLARS, LHCR],
        grade: Grade::B,
        note: "Chosen in May and June 2018 to share records across a region for individual care. \
               Succeeded by shared care records, on the same terms.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "local-health-and-care-record-planning",
        name: "Local Health and Care Record exemplars, used for planning",
        sender: "GP practices, trusts and social care of one region",
        recipient: "analysts of that region",
        terms: ANONYMOUS_FOR_PLANNING,
        from: Date::ymd(2018, 7, 1),
        until: None,
        sources: &[
            EXEMPLARS,
            Source::at(
                "Digital Health, A tug of war over LHCREs is underway, February 2019",
                "https://www.digitalhealth.net/2019/02/a-tug-of-war-over-lhcres-is-underway/",
            ),
        ],
        grade: Grade::B,
        note: "Identifiable for care, anonymised for planning. Only the anonymised use is \
               entered here; identifiable use for planning needs a basis of its own.",
        ours: None,
        conflict: Some(
            "Reports of 2019 say that exemplars were also pressed to keep record-level data for \
             national use.",
        ),
    },
    Flow {
        id: "patient-access",
        name: "Patient access to the GP record (NHS App, GP online services)",
        sender: "GP practices",
        recipient: "the patient, or a proxy of their choice",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::PatientAccess,
            bases: Bases::IMPLIED_CONSENT.union(Bases::EXPLICIT_CONSENT),
            conditions: Conditions::LEGITIMATE_RELATIONSHIP,
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "Royal College of General Practitioners, GP online services toolkit",
            "https://elearning.rcgp.org.uk/mod/book/view.php?id=13455&chapterid=760",
        )],
        grade: Grade::B,
        note: "No opt-out stands between patients and their own record. Record their explicit \
               consent: without it, an objection to sharing for care withholds it here.",
        ours: Some(
            "That registering for the service is explicit consent: it lets a patient who objects \
             to sharing for care still see their record.",
        ),
        conflict: None,
    },
    Flow {
        id: "personal-health-record",
        name: "Personal health records run by another provider",
        sender: "GP practices and trusts",
        recipient: "the provider of the personal health record",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::PatientAccess,
            bases: Bases::EXPLICIT_CONSENT,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "NHS England, NHS login",
            "https://digital.nhs.uk/services/nhs-login",
        )],
        grade: Grade::D,
        note: "Our reading: a provider outside the care team receives data only because this \
               patient asked for it, so consent must be on record. What the provider does beyond \
               showing the record is another disclosure.",
        ours: None,
        conflict: None,
    },
    Flow {
        id: "subject-access-request",
        name: "Subject access request",
        sender: "any controller",
        recipient: "the patient",
        terms: Terms {
            origin: Origin::GpRecord,
            boundary: Boundary::BeyondController,
            identifiability: Identifiability::Identifiable,
            purpose: Purpose::PatientAccess,
            bases: Bases::STATUTORY_DUTY,
            conditions: Conditions::empty(),
        },
        from: Date::ymd(2018, 5, 25),
        until: None,
        sources: &[Source::at(
            "UK GDPR, article 15",
            "https://www.legislation.gov.uk/eur/2016/679/article/15",
        )],
        grade: Grade::C,
        note: "From general knowledge: the law requires it. What concerns other people in the \
               record is judged for them.",
        ours: None,
        conflict: None,
    },
];
