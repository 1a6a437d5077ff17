//! What was wrong with a question, in words, in the caller's memory.

use core::ffi::c_char;

use crate::memory::{Versioned, struct_size};
use crate::status::{OPTOUT_E_STRUCT_SIZE, OPTOUT_OK, optout_status, text};

/// The size of `optout_error.message` in bytes.
pub const OPTOUT_ERROR_MESSAGE_SIZE: usize = 1008;

/// What was wrong, in words: an optional output of the functions that judge or read a question.
///
/// Set `struct_size` before the call. Afterwards it says success, or what failed. Of what was given
/// it repeats only what stands in the place of a code, a number or the day of the disclosure, and
/// longer numbers not at all or with each digit as `#`, because an NHS number or a date of birth in
/// the wrong field must not reach a log. A message that does not fit is cut at the end of a
/// character.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct optout_error {
    /// In: `sizeof(optout_error)`.
    pub struct_size: u32,
    /// Out: what the call returned.
    pub status: optout_status,
    /// Out: the field of the question that is wrong, one of `OPTOUT_FIELD_*`.
    pub field: u32,
    /// Out: 0.
    pub reserved: u32,
    /// Out: one sentence in UTF-8, ended by a NUL; empty on success.
    pub message: [c_char; OPTOUT_ERROR_MESSAGE_SIZE],
}

const _: () = assert!(size_of::<optout_error>() == 1024);

// SAFETY: integers alone, the size first.
unsafe impl Versioned for optout_error {
    const V1: u32 = 1024;
}

/// Why a call failed.
pub(crate) struct Failure {
    status: optout_status,
    field: u32,
    #[cfg(feature = "std")]
    message: Option<Message>,
}

/// A message, as much of it as is shown. It stands on the stack: there may be no other memory.
#[cfg(feature = "std")]
struct Message {
    bytes: [u8; OPTOUT_ERROR_MESSAGE_SIZE - 1],
    length: usize,
    cut: bool,
}

#[cfg(feature = "std")]
impl core::fmt::Write for Message {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        if self.cut {
            return Ok(());
        }
        let room = self.bytes.get_mut(self.length..).unwrap_or_default();
        let shown = text.get(..text.floor_char_boundary(room.len())).unwrap_or_default();
        for (place, byte) in room.iter_mut().zip(shown.as_bytes()) {
            *place = *byte;
        }
        self.length += shown.len();
        self.cut = shown.len() < text.len();
        Ok(())
    }
}

impl Failure {
    pub(crate) const fn of(status: optout_status) -> Self {
        Self::about(status, crate::OPTOUT_FIELD_NONE)
    }

    pub(crate) const fn about(status: optout_status, field: u32) -> Self {
        Self {
            status,
            field,
            #[cfg(feature = "std")]
            message: None,
        }
    }

    /// The same failure, in more words than its status has.
    #[cfg(feature = "std")]
    #[cold]
    #[inline(never)]
    pub(crate) fn saying(mut self, message: impl core::fmt::Display) -> Self {
        use core::fmt::Write as _;
        let message_of = Message { bytes: [0; OPTOUT_ERROR_MESSAGE_SIZE - 1], length: 0, cut: false };
        let into = self.message.insert(message_of);
        // The message takes whatever it is given, so that this fails only where what is shown does.
        if write!(into, "{message}").is_err() {
            self.message = None;
        }
        self
    }

    /// The same failure, in the words of an error of the core.
    #[cfg(feature = "std")]
    pub(crate) fn saying_why<T, E: core::fmt::Display>(self, read: Result<T, E>) -> Self {
        match read {
            Ok(_) => self,
            Err(error) => self.saying(error),
        }
    }

    pub(crate) const fn status(&self) -> optout_status {
        self.status
    }

    #[cfg(feature = "std")]
    fn message(&self) -> &[u8] {
        let said = self.message.as_ref().and_then(|said| said.bytes.get(..said.length));
        said.unwrap_or(text(self.status).to_bytes())
    }

    #[cfg(not(feature = "std"))]
    fn message(&self) -> &[u8] {
        text(self.status).to_bytes()
    }
}

/// A caller's error structure, or none.
pub(crate) struct Report(*mut optout_error);

impl Report {
    /// Takes the structure and sets it to success.
    ///
    /// # Safety
    /// `error` is NULL or writable for an `optout_error` until the report is dropped.
    pub(crate) unsafe fn take(error: *mut optout_error) -> Result<Self, Failure> {
        let mut report = Self(error);
        // SAFETY: not NULL, and the caller's promise.
        if !error.is_null() && unsafe { struct_size(error) } < optout_error::V1 {
            let failure = Failure::of(OPTOUT_E_STRUCT_SIZE);
            report.write(failure.status, failure.field, failure.message());
            return Err(failure);
        }
        report.write(OPTOUT_OK, crate::OPTOUT_FIELD_NONE, b"");
        Ok(report)
    }

    /// Writes down what came of the call, and returns its status.
    pub(crate) fn close(mut self, result: Result<(), Failure>) -> optout_status {
        match result {
            Ok(()) => OPTOUT_OK,
            Err(failure) => {
                self.write(failure.status, failure.field, failure.message());
                failure.status
            }
        }
    }

    fn write(&mut self, status: optout_status, field: u32, message: &[u8]) {
        if self.0.is_null() {
            return;
        }
        let length = message.len().min(OPTOUT_ERROR_MESSAGE_SIZE - 1);
        // SAFETY: not NULL, and promised when the report was taken; the message with its NUL fits.
        unsafe {
            (&raw mut (*self.0).status).write_unaligned(status);
            (&raw mut (*self.0).field).write_unaligned(field);
            (&raw mut (*self.0).reserved).write_unaligned(0);
            let to = (&raw mut (*self.0).message).cast::<u8>();
            core::ptr::copy_nonoverlapping(message.as_ptr(), to, length);
            to.add(length).write(0);
        }
    }
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::*;

    fn shown(message: &str) -> Vec<u8> {
        Failure::of(OPTOUT_OK).saying(message).message().to_vec()
    }

    #[test]
    fn a_long_message_is_cut_between_characters() {
        let long = "é".repeat(OPTOUT_ERROR_MESSAGE_SIZE);
        assert_eq!(shown(&long), &long.as_bytes()[..OPTOUT_ERROR_MESSAGE_SIZE - 2]);
        let odd = format!("x{long}");
        assert_eq!(shown(&odd), &odd.as_bytes()[..OPTOUT_ERROR_MESSAGE_SIZE - 1]);
        assert_eq!(shown("short"), b"short");
    }

    /// Whatever follows what did not fit stays away, also where it would.
    #[test]
    fn a_cut_message_ends_at_the_cut() {
        let first = "x".repeat(OPTOUT_ERROR_MESSAGE_SIZE - 2);
        let cut = Failure::of(OPTOUT_OK).saying(format_args!("{first}{}{}", "é", "y"));
        assert_eq!(cut.message(), first.as_bytes());
    }
}
