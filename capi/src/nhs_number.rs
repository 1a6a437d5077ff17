//! The NHS number: reading it, before it is looked up anywhere.

use core::ffi::c_char;

use optout::record::{NhsNumber, NhsNumberError};

use crate::error::{Failure, Report, optout_error};
use crate::guard::guard;
use crate::memory;
use crate::status::{OPTOUT_E_NHS_NUMBER, OPTOUT_E_NHS_NUMBER_EMPTY, OPTOUT_E_NULL, optout_status};
use crate::{OPTOUT_FIELD_NHS_NUMBER, OPTOUT_NHS_NUMBER_SIZE};

/// Reads an NHS number: ten ASCII digits of which the last checks the others, or the same in the form
/// 3-3-4 with two spaces or two hyphens, spaces around it allowed. The ten placeholders of one digit
/// ten times over are refused. That a number can be read does not say that it was ever issued.
///
/// Only `OPTOUT_E_NHS_NUMBER_EMPTY` may become `OPTOUT_NATIONAL_NO_NHS_NUMBER`, and only where the
/// controller asserts it. A number that is wrong is a patient whose national status is unknown.
///
/// @param text   the field in ASCII; it need not end in a NUL. NULL is an error, also with the
///               length 0: a field that was not fetched is not a field that is empty
/// @param length its length in bytes
/// @param digits out: the ten digits and a NUL, so `OPTOUT_NHS_NUMBER_SIZE` bytes; empty when the
///               call fails
/// @param range  out: who issues such numbers, one of `OPTOUT_RANGE_*`, which is no ground for
///               refusing one; 0 when the call fails; may be NULL
/// @param error  out: what is wrong, without the number; may be NULL
/// @return `OPTOUT_OK`; `OPTOUT_E_NHS_NUMBER_EMPTY`, `OPTOUT_E_NHS_NUMBER`, `OPTOUT_E_NULL`,
///         `OPTOUT_E_ARGUMENT`, `OPTOUT_E_STRUCT_SIZE` (of `error`)
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_nhs_number_parse(
    text: *const c_char,
    length: usize,
    digits: *mut c_char,
    range: *mut u32,
    error: *mut optout_error,
) -> optout_status {
    // SAFETY: the caller's promise; each is written only where it is not NULL.
    let report = unsafe {
        if !digits.is_null() {
            digits.cast::<u8>().write_bytes(0, OPTOUT_NHS_NUMBER_SIZE);
        }
        if !range.is_null() {
            range.write_unaligned(0);
        }
        Report::take(error)
    };
    let report = match report {
        Ok(report) => report,
        Err(failure) => return failure.status(),
    };
    report.close(guard(|| {
        if digits.is_null() {
            return Err(Failure::of(OPTOUT_E_NULL));
        }
        // SAFETY: the caller's promise.
        let text = unsafe { memory::field(text, length) }.map_err(Failure::of)?;
        let number = NhsNumber::parse(text).map_err(not_a_number)?;
        // SAFETY: not NULL, room for the digits and the NUL that stands there, and not in `number`.
        unsafe {
            digits.cast::<[u8; 10]>().write_unaligned(number.to_digits());
            if !range.is_null() {
                range.write_unaligned(number.range().number().into());
            }
        }
        Ok(())
    }))
}

/// Why a field is no NHS number, without the field.
pub(crate) fn not_a_number(error: NhsNumberError) -> Failure {
    let status = match error {
        NhsNumberError::Empty => OPTOUT_E_NHS_NUMBER_EMPTY,
        NhsNumberError::Length
        | NhsNumberError::NotADigit
        | NhsNumberError::Separators
        | NhsNumberError::CheckDigit
        | NhsNumberError::Placeholder => OPTOUT_E_NHS_NUMBER,
    };
    Failure::about(status, OPTOUT_FIELD_NHS_NUMBER).saying(error)
}
