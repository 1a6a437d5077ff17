//! The same rules as a careful programmer would write them by hand: branches on each question.

use optout::{
    Bases, Boundary, Conditions, Disclosure, Identifiability, National, Origin, Patient, Programme,
    Purpose, PurposeClass, Reason, Type1,
};

/// The reason for one patient, from the disclosure itself, with nothing prepared.
#[must_use]
pub fn reason(d: &Disclosure, patient: Patient) -> Reason {
    let (Some(type1), Some(programme)) = (patient.type1(), patient.programme()) else {
        return Reason::InvalidStatus;
    };
    let class = d.purpose.class();
    let commercial = class == PurposeClass::Commercial;
    let mut blocked = 0_u16;
    let mut open = false;
    let mut consent_only = false;

    let type1_in_scope = d.origin == Origin::GpRecord
        && d.boundary == Boundary::BeyondController
        && class != PurposeClass::Care;
    let england = matches!(d.origin, Origin::GpRecord | Origin::EnglandCare);
    let beyond = england && class != PurposeClass::Care;
    let national_in_scope = beyond && d.identifiability == Identifiability::Identifiable;
    let voluntary = beyond && d.conditions.contains(Conditions::NATIONAL_VOLUNTARY);
    let own_opt_out = d.conditions.contains(Conditions::PROGRAMME_OPT_OUT);
    let upheld = type1_in_scope && d.conditions.contains(Conditions::TYPE1_UPHELD);
    let not_upheld = d.conditions.contains(Conditions::TYPE1_NOT_UPHELD);

    let mut route = |t1: bool, nat: bool, prog: bool, care: bool| {
        open = true;
        let mut blocks = 0;
        if t1 {
            match type1 {
                Type1::Dissent => blocks |= 1 << 5,
                Type1::Unknown => blocks |= 1 << 9,
                Type1::None => {}
            }
        }
        if nat {
            match patient.national() {
                National::OptedOut => blocks |= 1 << 6,
                National::Unknown => blocks |= 1 << 10,
                National::None | National::NoNhsNumber => {}
            }
        }
        if prog {
            match programme {
                Programme::OptedOut => blocks |= 1 << 7,
                Programme::Unknown => blocks |= 1 << 11,
                Programme::None => {}
            }
        }
        if care && patient.has_care_objection() {
            blocks |= 1 << 8;
        }
        blocked |= blocks;
        blocks == 0
    };

    if d.identifiability == Identifiability::Anonymous && route(upheld, voluntary, false, false) {
        return Reason::Permitted;
    }
    if d.identifiability == Identifiability::DeIdentified
        && !commercial
        && route(type1_in_scope && !not_upheld, voluntary, own_opt_out, false)
    {
        return Reason::Permitted;
    }
    if d.bases.contains(Bases::EXPLICIT_CONSENT) {
        if patient.has_explicit_consent() {
            return Reason::Permitted;
        }
        consent_only = true;
    }
    if d.bases.contains(Bases::IMPLIED_CONSENT)
        && class == PurposeClass::Care
        && d.conditions.contains(Conditions::LEGITIMATE_RELATIONSHIP)
        && route(false, false, own_opt_out, true)
    {
        return Reason::Permitted;
    }
    if d.bases.contains(Bases::OVERALL_BENEFIT) && class == PurposeClass::Care
        || d.bases.contains(Bases::COURT_ORDER)
        || d.bases.contains(Bases::STATUTORY_DUTY)
        || d.bases.contains(Bases::PUBLIC_INTEREST) && !commercial
    {
        return Reason::Permitted;
    }
    if d.bases.contains(Bases::S259_COLLECTION)
        && !commercial
        && route(type1_in_scope && !not_upheld, voluntary, own_opt_out, false)
    {
        return Reason::Permitted;
    }
    if d.bases.contains(Bases::COPI_REG_3)
        && matches!(class, PurposeClass::Care | PurposeClass::BeyondCare)
        && route(upheld, voluntary, own_opt_out, false)
    {
        return Reason::Permitted;
    }
    if d.bases.intersects(Bases::COPI_REG_2 | Bases::COPI_REG_5)
        && matches!(class, PurposeClass::BeyondCare | PurposeClass::Payment)
    {
        let national = national_in_scope
            && !d.conditions.contains(Conditions::NATIONAL_DISAPPLIED)
            && d.purpose != Purpose::InvoiceValidationNonContracted
            || voluntary;
        if route(type1_in_scope, national, own_opt_out, false) {
            return Reason::Permitted;
        }
    }
    if open {
        match blocked.trailing_zeros() {
            5 => Reason::Type1Dissent,
            6 => Reason::NationalOptOut,
            7 => Reason::ProgrammeOptOut,
            8 => Reason::CareObjection,
            9 => Reason::Type1Unknown,
            10 => Reason::NationalUnknown,
            _ => Reason::ProgrammeUnknown,
        }
    } else if consent_only {
        Reason::ConsentNotRecorded
    } else {
        Reason::NoLawfulBasis
    }
}
