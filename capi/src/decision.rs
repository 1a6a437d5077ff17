//! The answer for one patient, and for many.

use crate::judged::{Answer, Judged};
use crate::memory::{Versioned, struct_size, write};
use crate::ruling::optout_ruling;
use crate::status::{
    OPTOUT_E_ARGUMENT, OPTOUT_E_NULL, OPTOUT_E_STRUCT_SIZE, OPTOUT_OK, optout_status,
};

/// Allow or deny: `OPTOUT_ALLOW` or `OPTOUT_DENY`, which is 0. Release data only on `OPTOUT_ALLOW`.
pub type optout_verdict = i32;

/// What was decided for one patient, and why. Zeroed memory is a denial that nobody decided.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct optout_decision {
    /// In: `sizeof(optout_decision)`.
    pub struct_size: u32,
    /// Out: `OPTOUT_ALLOW` or `OPTOUT_DENY`.
    pub verdict: optout_verdict,
    /// Out: why, one of `OPTOUT_REASON_*`.
    pub reason: u32,
    /// Out: by which way it may go, one of `OPTOUT_ROUTE_*`; `OPTOUT_ROUTE_NONE` for a denial.
    pub route: u32,
    /// Out: everything that blocks, any of `OPTOUT_BLOCKED_BY_*`; 0 unless an opt-out or an
    /// objection denies.
    pub blocked_by: u32,
    /// Out, for an allow: which of the bases it rests on need a reference and validity dates on
    /// record, any of `OPTOUT_BASIS_*`. The library cannot check them: until the caller has, the
    /// answer is unverified.
    pub unverified_bases: u32,
    /// Out, for an allow: which of the conditions it rests on need the same, any of
    /// `OPTOUT_CONDITION_*`.
    pub unverified_conditions: u32,
    /// Out: 0.
    pub reserved: u32,
}

const _: () = assert!(size_of::<optout_decision>() == 32);

// SAFETY: integers alone, the size first.
unsafe impl Versioned for optout_decision {
    const V1: u32 = 32;
}

impl optout_decision {
    #[inline]
    const fn of(answer: Answer, struct_size: u32) -> Self {
        Self {
            struct_size,
            verdict: answer.verdict,
            reason: answer.reason,
            route: answer.route,
            blocked_by: answer.blocked_by,
            unverified_bases: answer.unverified_bases,
            unverified_conditions: answer.unverified_conditions,
            reserved: answer.reserved,
        }
    }
}

/// Decides for one patient: one look-up, a few nanoseconds.
///
/// @param ruling   the disclosure, judged
/// @param patient  what the patient has recorded: a byte built with `optout_patient_with_*`, or 0 for
///                 a patient of whom nothing is known
/// @param decision out: the decision; a denial, not decided, when the call fails
/// @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE`, `OPTOUT_E_RULING`
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_decide(
    ruling: *const optout_ruling,
    patient: u8,
    decision: *mut optout_decision,
) -> optout_status {
    if decision.is_null() {
        return OPTOUT_E_NULL;
    }
    // Nothing here can panic, so that the denial is written where, and only where, a check fails.
    // SAFETY: not NULL, and the caller's promise: writable for a decision of version 1, whatever its
    // struct_size says; a ruling that nobody writes meanwhile.
    unsafe {
        let size = struct_size(decision);
        match Judged::at(ruling).and_then(|judged| judged.compared(patient)) {
            Ok(answer) if size >= optout_decision::V1 => {
                write(optout_decision::of(answer, size), decision, size);
                OPTOUT_OK
            }
            failed => {
                write(optout_decision::of(Answer::NOT_DECIDED, size), decision, size);
                if size < optout_decision::V1 {
                    OPTOUT_E_STRUCT_SIZE
                } else {
                    failed.err().unwrap_or(OPTOUT_OK)
                }
            }
        }
    }
}

/// Decides for many patients: a verdict each, in their order, each as if it were alone.
///
/// @param ruling   the disclosure, judged
/// @param patients `count` bytes, one for each patient; they may be NULL when there are none
/// @param count    how many patients
/// @param verdicts out: `count` bytes, each `OPTOUT_ALLOW` or `OPTOUT_DENY`; all deny when the call
///                 fails. They may be the same array as `patients`, each byte then replaced by its
///                 verdict; they must not overlap it otherwise
/// @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_ARGUMENT` (a count that no array can have; nothing
///         is written), `OPTOUT_E_RULING`
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_decide_many(
    ruling: *const optout_ruling,
    patients: *const u8,
    count: usize,
    verdicts: *mut u8,
) -> optout_status {
    if count > isize::MAX.unsigned_abs() {
        return OPTOUT_E_ARGUMENT;
    }
    if count > 0 && verdicts.is_null() {
        return OPTOUT_E_NULL;
    }
    // SAFETY: the arrays are not NULL where they have anything in them, and the caller's promise:
    // `count` bytes each, and a ruling that nobody writes meanwhile.
    unsafe {
        let judged = match Judged::at(ruling) {
            Ok(judged) if count == 0 || !patients.is_null() => judged,
            failed => {
                if count > 0 {
                    verdicts.write_bytes(0, count);
                }
                return failed.err().unwrap_or(OPTOUT_E_NULL);
            }
        };
        for place in 0..count {
            verdicts.add(place).write(judged.verdict(patients.add(place).read()));
        }
    }
    OPTOUT_OK
}

/// Decides for many patients: a whole decision each, in their order, each as if it were alone.
///
/// @param ruling    the disclosure, judged
/// @param patients  `count` bytes, one for each patient; they may be NULL when there are none
/// @param count     how many patients
/// @param decisions out: an array of `count` decisions, which need not be prepared; all are denials,
///                  not decided, when the call fails. They must not overlap `patients`
/// @param stride    `sizeof(optout_decision)`, the distance from one decision to the next
/// @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE` (the stride) and `OPTOUT_E_ARGUMENT`
///         (a count that no array can have), which write nothing, `OPTOUT_E_RULING`
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_decide_each(
    ruling: *const optout_ruling,
    patients: *const u8,
    count: usize,
    decisions: *mut optout_decision,
    stride: usize,
) -> optout_status {
    if stride < optout_decision::V1 as usize {
        return OPTOUT_E_STRUCT_SIZE;
    }
    let size =
        u32::try_from(stride).map_or(optout_decision::SIZE, |s| s.min(optout_decision::SIZE));
    if count.checked_mul(stride).is_none_or(|size| size > isize::MAX.unsigned_abs()) {
        return OPTOUT_E_ARGUMENT;
    }
    if count > 0 && decisions.is_null() {
        return OPTOUT_E_NULL;
    }
    let not_decided = optout_decision::of(Answer::NOT_DECIDED, size);
    // SAFETY: the arrays are not NULL where they have anything in them, and the caller's promise:
    // `count` bytes and `count` strides, and a ruling that nobody writes meanwhile.
    unsafe {
        let at = |place: usize| decisions.byte_add(place * stride);
        let judged = match Judged::at(ruling) {
            Ok(judged) if count == 0 || !patients.is_null() => judged,
            failed => {
                for place in 0..count {
                    write(not_decided, at(place), size);
                }
                return failed.err().unwrap_or(OPTOUT_E_NULL);
            }
        };
        for place in 0..count {
            match judged.compared(patients.add(place).read()) {
                Ok(answer) => write(optout_decision::of(answer, size), at(place), size),
                Err(status) => {
                    for place in 0..count {
                        write(not_decided, at(place), size);
                    }
                    return status;
                }
            }
        }
    }
    OPTOUT_OK
}
