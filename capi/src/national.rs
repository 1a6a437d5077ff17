//! The national status of one patient and of many, from a register.

use core::ffi::c_char;

use optout::National;
use optout::record::NhsNumber;

use crate::error::{Failure, Report, optout_error};
use crate::guard::guard;
use crate::memory;
use crate::nhs_number::not_a_number;
use crate::register::{optout_register, view};
use crate::status::{OPTOUT_E_ARGUMENT, OPTOUT_E_NULL, OPTOUT_E_STRUCT_SIZE, optout_status};

/// Numbers looked up together, so that their cache misses overlap.
const BLOCK: usize = 512;

/// The national status of an NHS number on the day of a disclosure:
/// `optout_patient_with_national(patient, national)` makes the patient's byte of it.
///
/// A number that is empty is `OPTOUT_E_NHS_NUMBER_EMPTY`; whether that may become
/// `OPTOUT_NATIONAL_NO_NHS_NUMBER` is for the controller to assert.
///
/// @param handle   the register
/// @param on       the day of the disclosure as the number yyyymmdd: the check may be no older on it
///                 than the register was opened with, and no later
/// @param number   the NHS number as `optout_nhs_number_parse` reads it; it need not end in a NUL, and
///                 NULL is an error, also with the length 0
/// @param length   its length in bytes
/// @param national out: `OPTOUT_NATIONAL_NONE` when the number was asked and came back,
///                 `OPTOUT_NATIONAL_OPTED_OUT` when it was asked and did not,
///                 `OPTOUT_NATIONAL_UNKNOWN` when it was not asked, and when the call fails
/// @param error    out: what is wrong, without the number; may be NULL
/// @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE` (of `error`), `OPTOUT_E_ARGUMENT`,
///         `OPTOUT_E_VALUE` (no such day), `OPTOUT_E_REGISTER_AGE`, `OPTOUT_E_NHS_NUMBER`,
///         `OPTOUT_E_NHS_NUMBER_EMPTY`
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_register_status(
    handle: *const optout_register,
    on: u32,
    number: *const c_char,
    length: usize,
    national: *mut u32,
    error: *mut optout_error,
) -> optout_status {
    // SAFETY: the caller's promise; written only where it is not NULL.
    let report = unsafe {
        if !national.is_null() {
            national.write_unaligned(UNKNOWN.into());
        }
        Report::take(error)
    };
    let report = match report {
        Ok(report) => report,
        Err(failure) => return failure.status(),
    };
    report.close(guard(|| {
        if national.is_null() {
            return Err(Failure::of(OPTOUT_E_NULL));
        }
        // SAFETY: the caller's promise.
        let view = unsafe { view(handle, on) }?;
        // SAFETY: the caller's promise.
        let field = unsafe { memory::field(number, length) }.map_err(Failure::of)?;
        let status = view.status(NhsNumber::parse(field).map_err(not_a_number)?);
        // SAFETY: not NULL, and the caller's promise.
        unsafe { national.write_unaligned(status.number().into()) };
        Ok(())
    }))
}

/// The national status of many NHS numbers, in their order, each as if it were alone, and several
/// times faster. Without any number it says whether the register may be used on that day.
///
/// A field that is no NHS number is unknown, and counted; it fails nobody else.
///
/// @param handle   the register
/// @param on       the day of the disclosure, as in `optout_register_status`
/// @param numbers  the first of `count` fields; it may be NULL when there are none
/// @param length   the length of each field in bytes: 10 for bare digits
/// @param stride   the distance from one field to the next, at least `length`
/// @param count    how many fields
/// @param statuses out: `count` bytes, each one of `OPTOUT_NATIONAL_*`; all unknown when the call
///                 fails. They must not overlap `numbers`
/// @param unread   out: how many of the fields are no NHS number; may be NULL
/// @param error    out: what is wrong; may be NULL
/// @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE` (the stride, or of `error`),
///         `OPTOUT_E_ARGUMENT` (a count that no array can have; no status is written),
///         `OPTOUT_E_VALUE` (no such day), `OPTOUT_E_REGISTER_AGE`
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_register_status_many(
    handle: *const optout_register,
    on: u32,
    numbers: *const c_char,
    length: usize,
    stride: usize,
    count: usize,
    statuses: *mut u8,
    unread: *mut usize,
    error: *mut optout_error,
) -> optout_status {
    let too_many = count > isize::MAX.unsigned_abs();
    // SAFETY: the caller's promise; each is written only where it is not NULL, and the statuses as
    // far as memory can have them.
    let report = unsafe {
        if !statuses.is_null() && !too_many {
            statuses.write_bytes(UNKNOWN, count);
        }
        if !unread.is_null() {
            unread.write_unaligned(0);
        }
        Report::take(error)
    };
    let report = match report {
        Ok(report) => report,
        Err(failure) => return failure.status(),
    };
    let result = guard(|| {
        let span = count.checked_mul(stride.max(length));
        if too_many || span.is_none_or(|span| span > isize::MAX.unsigned_abs()) {
            return Err(Failure::of(OPTOUT_E_ARGUMENT).saying("count: no array has so many"));
        }
        if count > 0 && (statuses.is_null() || numbers.is_null()) {
            return Err(Failure::of(OPTOUT_E_NULL));
        }
        if stride < length {
            return Err(Failure::of(OPTOUT_E_STRUCT_SIZE));
        }
        // SAFETY: the caller's promise.
        let view = unsafe { view(handle, on) }?;
        let mut no_numbers = 0;
        for start in (0..count).step_by(BLOCK) {
            let mut read = [None; BLOCK];
            let mut found = [National::Unknown; BLOCK];
            for (place, into) in (start..count).zip(&mut read) {
                // SAFETY: the field lies within `count` strides, which memory can have, and the
                // caller's promise.
                let field = unsafe { memory::bytes(numbers.add(place * stride).cast(), length) }
                    .map_err(Failure::of)?;
                #[cfg(optout_test_panic)]
                crate::guard::panic_at(field);
                *into = NhsNumber::parse(field).ok();
                no_numbers += usize::from(into.is_none());
            }
            let filled = BLOCK.min(count - start);
            let (read, found) = read
                .get(..filled)
                .zip(found.get_mut(..filled))
                .ok_or_else(|| Failure::of(crate::OPTOUT_E_INTERNAL))?;
            view.status_many(read, found).map_err(|_| Failure::of(crate::OPTOUT_E_INTERNAL))?;
            for (place, status) in (start..count).zip(found) {
                // SAFETY: not NULL, and the caller's promise: `count` bytes.
                unsafe { statuses.add(place).write(status.number()) };
            }
        }
        if !unread.is_null() {
            // SAFETY: not NULL, and the caller's promise.
            unsafe { unread.write_unaligned(no_numbers) };
        }
        Ok(())
    });
    if result.is_err() && !statuses.is_null() && !too_many {
        // What was found before the failure goes, also where a panic was caught.
        // SAFETY: as above.
        unsafe { statuses.write_bytes(UNKNOWN, count) };
    }
    report.close(result)
}

/// What every status is until it is found.
const UNKNOWN: u8 = National::Unknown.number();
