//! The register of a national check: the one thing that is opened, and freed.

use core::ffi::c_char;
use core::ptr;
use std::alloc::{Layout, alloc};
use std::io::ErrorKind;

use optout::record::Register;
use optout::record::register::{MaxAge, OpenError, RegisterError, View};

use crate::disclosure::day;
use crate::error::{Failure, Report, optout_error};
use crate::field::OPTOUT_FIELD_ON;
use crate::file;
use crate::guard::guard;
use crate::memory::{Versioned, struct_size, write};
use crate::said::Said;
use crate::status::{
    OPTOUT_E_ARGUMENT, OPTOUT_E_MEMORY, OPTOUT_E_NULL, OPTOUT_E_REGISTER, OPTOUT_E_REGISTER_AGE,
    OPTOUT_E_REGISTER_FILE, OPTOUT_E_REGISTER_VERSION, OPTOUT_E_STRUCT_SIZE, OPTOUT_OK,
    optout_status,
};

/// The answer of one national check, by NHS number: a file that `optout_register_open` has read. It
/// is never written, so any number of threads may ask one register at once, and any thread may free
/// it when none asks it any more.
///
/// The check answers by omission: of the numbers asked, those without an opt-out come back. A number
/// asked is therefore opted out until it comes back, and a number not asked is unknown. It is a
/// temporary cache of that answer: do not write it into a patient's record.
#[derive(Debug)]
pub struct optout_register {
    register: Register,
    max_age: MaxAge,
}

// One register, any number of threads, freed by any of them.
const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<optout_register>();
};

/// What a register is, for the audit record.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct optout_register_info {
    /// In: `sizeof(optout_register_info)`.
    pub struct_size: u32,
    /// Out: the day of the national check as the number yyyymmdd.
    pub checked: u32,
    /// Out: how many distinct numbers were asked.
    pub asked: u64,
    /// Out: how many of them did not come back: those with an opt-out.
    pub opted_out: u64,
    /// Out: how many days old the check may be when it is used, as it was opened.
    pub max_age_days: u32,
    /// Out: 1 when that is more than the 21 days that are widely quoted, which is to be justified;
    /// else 0.
    pub is_over_21_days: u32,
    /// Out: the BLAKE3 digest of the register's file.
    pub digest: [u8; 32],
    /// Out: the BLAKE3 digest of the request that was sent; zeroes when it is not known.
    pub request_digest: [u8; 32],
    /// Out: the BLAKE3 digest of the response that came back; zeroes when it is not known.
    pub response_digest: [u8; 32],
}

const _: () = assert!(size_of::<optout_register_info>() == 128);

// SAFETY: integers alone, the size first.
unsafe impl Versioned for optout_register_info {
    const V1: u32 = 128;
}

impl optout_register_info {
    /// What is said of no register.
    const fn nothing(struct_size: u32) -> Self {
        Self {
            struct_size,
            checked: 0,
            asked: 0,
            opted_out: 0,
            max_age_days: 0,
            is_over_21_days: 0,
            digest: [0; 32],
            request_digest: [0; 32],
            response_digest: [0; 32],
        }
    }
}

/// Opens a register: reads the file at once, checks every byte, and closes it. It takes some
/// milliseconds and as much memory as the file, at most 250 MB, and 4 MB more; where there is not so
/// much, that is a status. Do it when the program starts, and again when a new check was made.
///
/// @param path   the file, a regular one: on Windows in UTF-8, elsewhere as the system spells it; it
///               need not end in a NUL
/// @param length its length in bytes
/// @param days   how many days old the check may be on the day of a disclosure, 0 to 65 535; 0 is the
///               day of the check alone. More than 21 is to be justified
/// @param handle out: the register, to be freed with `optout_register_free`; NULL when the call
///               fails. What it pointed to before is not freed
/// @param error  out: what is wrong; may be NULL
/// @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE` (of `error`), `OPTOUT_E_ARGUMENT`,
///         `OPTOUT_E_UTF8`, `OPTOUT_E_REGISTER_FILE`, `OPTOUT_E_REGISTER`,
///         `OPTOUT_E_REGISTER_VERSION`, `OPTOUT_E_MEMORY`
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_register_open(
    path: *const c_char,
    length: usize,
    days: u32,
    handle: *mut *mut optout_register,
    error: *mut optout_error,
) -> optout_status {
    // SAFETY: the caller's promise; written only where it is not NULL.
    let report = unsafe {
        if !handle.is_null() {
            handle.write_unaligned(ptr::null_mut());
        }
        Report::take(error)
    };
    let report = match report {
        Ok(report) => report,
        Err(failure) => return failure.status(),
    };
    report.close(guard(|| {
        if handle.is_null() {
            return Err(Failure::of(OPTOUT_E_NULL));
        }
        // SAFETY: the caller's promise.
        let path = unsafe { file::path(path, length) }.map_err(Failure::of)?;
        let days = u16::try_from(days)
            .map_err(|_| Failure::of(OPTOUT_E_ARGUMENT).saying("days: more than 65 535"))?;
        let file = file::open(path).map_err(OpenError::Io);
        let register = file.and_then(|file| Register::read_file(&file));
        let register = register.map_err(not_opened)?;
        let register = kept(optout_register { register, max_age: MaxAge::days(days) })
            .ok_or_else(|| Failure::of(OPTOUT_E_MEMORY))?;
        // SAFETY: not NULL, and the caller's promise.
        unsafe { handle.write_unaligned(register.as_ptr()) };
        Ok(())
    }))
}

fn not_opened(error: OpenError) -> Failure {
    let status = match &error {
        OpenError::Io(error) if error.kind() == ErrorKind::OutOfMemory => OPTOUT_E_MEMORY,
        OpenError::Io(_) | OpenError::NotAFile => OPTOUT_E_REGISTER_FILE,
        OpenError::Register(RegisterError::Version { .. }) => OPTOUT_E_REGISTER_VERSION,
        // Not whole and unaltered, or a reason to refuse that did not exist when this was written.
        OpenError::Register(_) | _ => OPTOUT_E_REGISTER,
    };
    Failure::of(status).saying(error)
}

/// A register in memory of its own, where there is any.
fn kept(register: optout_register) -> Option<ptr::NonNull<optout_register>> {
    // SAFETY: the structure is not empty.
    let place = unsafe { alloc(Layout::new::<optout_register>()) };
    #[expect(clippy::cast_ptr_alignment, reason = "memory of this alignment was asked for")]
    let place = ptr::NonNull::new(place.cast::<optout_register>())?;
    // SAFETY: memory of the size and alignment of the structure.
    unsafe { place.write(register) };
    Some(place)
}

/// Says what a register is.
///
/// @param handle the register
/// @param info   out: the day of the check, its numbers and digests; zeroes when the call fails
/// @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE`
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_register_describe(
    handle: *const optout_register,
    info: *mut optout_register_info,
) -> optout_status {
    if info.is_null() {
        return OPTOUT_E_NULL;
    }
    // SAFETY: not NULL, and the caller's promise: writable for an info of version 1, whatever its
    // struct_size says.
    let size = unsafe {
        let size = struct_size(info);
        write(optout_register_info::nothing(size), info, size);
        size
    };
    let result = guard(|| {
        if size < optout_register_info::V1 {
            return Err(Failure::of(OPTOUT_E_STRUCT_SIZE));
        }
        // SAFETY: the caller's promise.
        let opened = unsafe { open(handle) }?;
        let sources = opened.register.sources();
        let described = optout_register_info {
            struct_size: size,
            checked: opened.register.checked().yyyymmdd(),
            asked: opened.register.asked(),
            opted_out: opened.register.opted_out(),
            max_age_days: opened.max_age.as_days().into(),
            is_over_21_days: opened.max_age.is_over_21_days().into(),
            digest: opened.register.digest().0,
            request_digest: sources.request.0,
            response_digest: sources.response.0,
        };
        // SAFETY: not NULL, and the caller's promise.
        unsafe { write(described, info, size) };
        Ok(())
    });
    result.map_or_else(|failure| failure.status(), |()| OPTOUT_OK)
}

/// Frees a register. No other thread may ask it any more; which thread opened it is of no matter.
///
/// @param handle the register, or NULL, which does nothing
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_register_free(handle: *mut optout_register) {
    if handle.is_null() {
        return;
    }
    // There is nobody to tell of a failure, and dropping memory has none.
    let _ = guard(|| {
        // SAFETY: not NULL, and the caller's promise: opened by `optout_register_open`, which took the
        // memory of a box, and not freed.
        drop(unsafe { Box::from_raw(handle) });
        Ok(())
    });
}

/// The register that a caller means.
///
/// # Safety
/// `handle` is NULL, or was opened and is not freed before the call ends.
unsafe fn open<'a>(handle: *const optout_register) -> Result<&'a optout_register, Failure> {
    // SAFETY: the caller's promise; a register is never written.
    unsafe { handle.as_ref() }.ok_or_else(|| Failure::of(OPTOUT_E_NULL))
}

/// What a register says on a day, where it may be used on that day.
///
/// # Safety
/// `handle` is NULL, or was opened and is not freed before the call ends.
pub(crate) unsafe fn view<'a>(
    handle: *const optout_register,
    on: u32,
) -> Result<View<'a>, Failure> {
    // SAFETY: the caller's promise.
    let opened = unsafe { open(handle) }?;
    let view = opened.register.at(day(on)?, opened.max_age);
    let freshness = view.freshness();
    if freshness.is_fresh() {
        return Ok(view);
    }
    let stale = Said::Stale(opened.register.checked(), freshness);
    Err(Failure::about(OPTOUT_E_REGISTER_AGE, OPTOUT_FIELD_ON).saying(stale))
}
