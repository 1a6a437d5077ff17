//! What one patient has recorded: building and reading the byte without knowing its bits.

use optout::{National, Patient, Programme, Type1};

/// A byte that every ruling denies, as `invalid-status`: what comes of a status that does not exist.
/// Every function below keeps it as it is, so that a mistake is never built over.
pub const OPTOUT_PATIENT_INVALID: u8 = 0xFF;

/// A patient of whom nothing is known: denied wherever an opt-out binds.
pub const OPTOUT_PATIENT_UNKNOWN: u8 = 0;

/// The patient with a status, unless the byte or the status is invalid.
fn with<T>(
    patient: u8,
    status: u32,
    read: impl Fn(u8) -> Option<T>,
    write: impl Fn(Patient, T) -> Patient,
) -> u8 {
    if patient == OPTOUT_PATIENT_INVALID {
        return patient;
    }
    u8::try_from(status)
        .ok()
        .and_then(read)
        .map_or(OPTOUT_PATIENT_INVALID, |status| write(Patient::from_byte(patient), status).byte())
}

/// 0 for no, 1 for yes; nothing else is an answer.
const fn yes_or_no(number: u8) -> Option<bool> {
    match number {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// The patient with this Type 1 status.
///
/// @param patient the byte so far, 0 to begin with
/// @param status  one of `OPTOUT_TYPE1_*`
/// @return the new byte; `OPTOUT_PATIENT_INVALID` when there is no such status
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn optout_patient_with_type1(patient: u8, status: u32) -> u8 {
    with(patient, status, |number| Type1::from_number(number).ok(), Patient::with_type1)
}

/// The patient with this national status. `OPTOUT_NATIONAL_NO_NHS_NUMBER` is for a record without
/// an NHS number, never for one whose number is wrong.
///
/// @param patient the byte so far, 0 to begin with
/// @param status  one of `OPTOUT_NATIONAL_*`
/// @return the new byte; `OPTOUT_PATIENT_INVALID` when there is no such status
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn optout_patient_with_national(patient: u8, status: u32) -> u8 {
    with(patient, status, |number| National::from_number(number).ok(), Patient::with_national)
}

/// The patient with this status in the programme's own opt-out.
///
/// @param patient the byte so far, 0 to begin with
/// @param status  one of `OPTOUT_PROGRAMME_*`
/// @return the new byte; `OPTOUT_PATIENT_INVALID` when there is no such status
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn optout_patient_with_programme(patient: u8, status: u32) -> u8 {
    with(patient, status, |number| Programme::from_number(number).ok(), Patient::with_programme)
}

/// The patient with or without explicit consent to this very use, on record and not withdrawn.
///
/// @param patient the byte so far, 0 to begin with
/// @param given   1 when it is on record, 0 when not
/// @return the new byte; `OPTOUT_PATIENT_INVALID` for any other number
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn optout_patient_with_explicit_consent(patient: u8, given: u32) -> u8 {
    with(patient, given, yes_or_no, |patient, given| {
        if given { patient.with_explicit_consent() } else { patient.without_explicit_consent() }
    })
}

/// The patient with or without an objection, on record, to sharing for their own care.
///
/// @param patient the byte so far, 0 to begin with
/// @param objects 1 when it is on record, 0 when not
/// @return the new byte; `OPTOUT_PATIENT_INVALID` for any other number
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn optout_patient_with_care_objection(patient: u8, objects: u32) -> u8 {
    with(patient, objects, yes_or_no, |patient, objects| {
        if objects { patient.with_care_objection() } else { patient.without_care_objection() }
    })
}

/// The Type 1 status in a byte.
///
/// @param patient any byte
/// @return one of `OPTOUT_TYPE1_*`; 3 when the field is invalid
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn optout_patient_type1(patient: u8) -> u32 {
    Patient::from_byte(patient).type1().map_or(3, |status| status.number().into())
}

/// The national status in a byte.
///
/// @param patient any byte
/// @return one of `OPTOUT_NATIONAL_*`
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn optout_patient_national(patient: u8) -> u32 {
    Patient::from_byte(patient).national().number().into()
}

/// The status in the programme's own opt-out in a byte.
///
/// @param patient any byte
/// @return one of `OPTOUT_PROGRAMME_*`; 3 when the field is invalid
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn optout_patient_programme(patient: u8) -> u32 {
    Patient::from_byte(patient).programme().map_or(3, |status| status.number().into())
}

/// Whether a byte says that explicit consent to this use is on record.
///
/// @param patient any byte
/// @return 1 or 0
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn optout_patient_explicit_consent(patient: u8) -> u32 {
    Patient::from_byte(patient).has_explicit_consent().into()
}

/// Whether a byte says that an objection to sharing for their own care is on record.
///
/// @param patient any byte
/// @return 1 or 0
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn optout_patient_care_objection(patient: u8) -> u32 {
    Patient::from_byte(patient).has_care_objection().into()
}

/// Whether every field of a byte holds a status: true of 144 of the 256 bytes.
///
/// @param patient any byte
/// @return 1 or 0
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn optout_patient_is_valid(patient: u8) -> u32 {
    Patient::from_byte(patient).is_valid().into()
}
