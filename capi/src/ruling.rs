//! A disclosure judged once, in the caller's memory.

use core::fmt;

use optout::{AssessError, Disclosure};

use crate::disclosure::optout_disclosure;
use crate::error::{Failure, Report, optout_error};
use crate::field::{
    OPTOUT_FIELD_BASES, OPTOUT_FIELD_CONDITIONS, OPTOUT_FIELD_NONE, OPTOUT_FIELD_ON,
};
use crate::guard::guard;
use crate::judged::Judged;
use crate::memory::{Versioned, struct_size};
use crate::status::{
    OPTOUT_E_CONTRADICTION, OPTOUT_E_DATE_NOT_COVERED, OPTOUT_E_INTERNAL, OPTOUT_E_NULL,
    OPTOUT_E_STRUCT_SIZE, OPTOUT_E_VALUE, optout_status,
};

/// A disclosure, judged: the answers for all 256 patients. It lies in the caller's memory, holds no
/// pointer, is copied by plain assignment, and needs no freeing.
///
/// Set `struct_size` before it is judged. A ruling that is zeroed, whose judgement failed, or that
/// comes from another version of the library denies everybody with `OPTOUT_E_RULING`; so keep the
/// question, not the ruling. A ruling holds for the day of its question and does not expire by itself:
/// judge the question when the program starts, and again when the day changes.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct optout_ruling {
    /// In: `sizeof(optout_ruling)`.
    pub struct_size: u32,
    /// The library's own; its meaning changes from version to version.
    pub private_: [u32; 1023],
}

const _: () = assert!(size_of::<optout_ruling>() == 4096);

// SAFETY: integers alone, the size first.
unsafe impl Versioned for optout_ruling {
    const V1: u32 = 4096;
}

impl fmt::Debug for optout_ruling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("optout_ruling").finish_non_exhaustive()
    }
}

/// A caller's ruling, which denies everybody until it is written.
pub(crate) struct Place(*mut optout_ruling);

impl Place {
    /// Takes the memory and makes it deny everybody, whatever its `struct_size` says.
    ///
    /// # Safety
    /// `ruling` is NULL or readable and writable for an `optout_ruling` until the place is dropped.
    pub(crate) unsafe fn take(ruling: *mut optout_ruling) -> Result<Self, optout_status> {
        if ruling.is_null() {
            return Err(OPTOUT_E_NULL);
        }
        // SAFETY: not NULL, of the same size, and the caller's promise.
        let struct_size = unsafe {
            let size = struct_size(ruling);
            ruling.cast::<u8>().write_bytes(0, size_of::<Judged>());
            ruling.cast::<u32>().write_unaligned(size);
            size
        };
        if struct_size < optout_ruling::V1 {
            return Err(OPTOUT_E_STRUCT_SIZE);
        }
        Ok(Self(ruling))
    }

    /// Judges the question, and writes the ruling when it can be judged.
    pub(crate) fn assess(&mut self, question: &Disclosure) -> Result<(), Failure> {
        let judged = optout::assess(question).map_err(failure)?;
        // SAFETY: not NULL, of the same size, written before, of any alignment, and promised when the
        // place was taken.
        let place = unsafe { &mut *self.0.cast::<Judged>() };
        place.write(&judged).ok_or_else(|| Failure::of(OPTOUT_E_INTERNAL))
    }
}

fn failure(error: AssessError) -> Failure {
    let field = |name| match name {
        "bases" => OPTOUT_FIELD_BASES,
        "conditions" => OPTOUT_FIELD_CONDITIONS,
        _ => OPTOUT_FIELD_NONE,
    };
    let failure = match error {
        AssessError::UnknownBits { field: name, .. } => Failure::about(OPTOUT_E_VALUE, field(name)),
        AssessError::Contradiction { field: name, .. } => {
            Failure::about(OPTOUT_E_CONTRADICTION, field(name))
        }
        AssessError::DateNotCovered { .. } => {
            Failure::about(OPTOUT_E_DATE_NOT_COVERED, OPTOUT_FIELD_ON)
        }
        // A reason to refuse that did not exist when this was written.
        _ => Failure::of(OPTOUT_E_VALUE),
    };
    #[cfg(feature = "std")]
    let failure = failure.saying(error);
    failure
}

/// Judges a disclosure: everything but the patient. It takes a few microseconds; do it once for each
/// flow, when the program starts, and again when the day or an agreement changes: into a fresh
/// ruling, which then takes the place of the old one.
///
/// @param disclosure the question
/// @param ruling     out: the ruling; it denies everybody when the call fails
/// @param error      out: which field is wrong, and how; may be NULL
/// @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE`, `OPTOUT_E_RESERVED`,
///         `OPTOUT_E_VALUE`, `OPTOUT_E_CONTRADICTION`, `OPTOUT_E_DATE_NOT_COVERED`
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_assess(
    disclosure: *const optout_disclosure,
    ruling: *mut optout_ruling,
    error: *mut optout_error,
) -> optout_status {
    // SAFETY: the caller's promise.
    let (place, report) = unsafe { (Place::take(ruling), Report::take(error)) };
    let report = match report {
        Ok(report) => report,
        Err(failure) => return failure.status(),
    };
    report.close(guard(|| {
        let mut place = place.map_err(Failure::of)?;
        // SAFETY: the caller's promise.
        let disclosure = unsafe { optout_disclosure::read(disclosure) }.map_err(Failure::of)?;
        place.assess(&disclosure.question()?)
    }))
}
