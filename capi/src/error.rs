//! What was wrong with a question, in words, in the caller's memory.

use core::ffi::c_char;

use crate::memory::{Versioned, struct_size};
#[cfg(feature = "std")]
use crate::said::Said;
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
    said: Option<Said>,
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
            said: None,
        }
    }

    /// The same failure, in more words than its status has.
    #[cfg(feature = "std")]
    pub(crate) fn saying(self, said: impl Into<Said>) -> Self {
        Self { said: Some(said.into()), ..self }
    }

    /// The same failure, in the words of an error of the core.
    #[cfg(feature = "std")]
    pub(crate) fn saying_why<T, E: Into<Said>>(self, read: Result<T, E>) -> Self {
        match read {
            Ok(_) => self,
            Err(error) => self.saying(error),
        }
    }

    pub(crate) const fn status(&self) -> optout_status {
        self.status
    }

    fn write_to(&self, message: &mut Message) {
        #[cfg(feature = "std")]
        if let Some(said) = &self.said {
            // A message takes everything.
            let _ = core::fmt::Write::write_fmt(message, format_args!("{said}"));
            return;
        }
        message.add(text(self.status).to_bytes());
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
            report.write(Some(&failure));
            return Err(failure);
        }
        report.write(None);
        Ok(report)
    }

    /// Writes down what came of the call, and returns its status.
    pub(crate) fn close(mut self, result: Result<(), Failure>) -> optout_status {
        match result {
            Ok(()) => OPTOUT_OK,
            Err(failure) => {
                self.write(Some(&failure));
                failure.status
            }
        }
    }

    fn write(&mut self, failure: Option<&Failure>) {
        if self.0.is_null() {
            return;
        }
        let status = failure.map_or(OPTOUT_OK, Failure::status);
        let field = failure.map_or(crate::OPTOUT_FIELD_NONE, |failure| failure.field);
        // SAFETY: not NULL, and promised when the report was taken.
        let mut message = unsafe {
            (&raw mut (*self.0).status).write_unaligned(status);
            (&raw mut (*self.0).field).write_unaligned(field);
            (&raw mut (*self.0).reserved).write_unaligned(0);
            Message { to: (&raw mut (*self.0).message).cast(), length: 0, cut: false }
        };
        if let Some(failure) = failure {
            failure.write_to(&mut message);
        }
        // SAFETY: a message leaves room for its NUL.
        unsafe { message.to.add(message.length).write(0) };
    }
}

/// The message in a caller's error structure, as it is written: cut at the end of a character where it
/// does not fit.
struct Message {
    /// Writable for `OPTOUT_ERROR_MESSAGE_SIZE` bytes.
    to: *mut u8,
    length: usize,
    cut: bool,
}

impl Message {
    fn add(&mut self, text: &[u8]) {
        let room = if self.cut { 0 } else { OPTOUT_ERROR_MESSAGE_SIZE - 1 - self.length };
        let length = shown(text, room);
        // SAFETY: as many bytes as there is room for; the memory is the caller's and the text is ours.
        unsafe {
            core::ptr::copy_nonoverlapping(text.as_ptr(), self.to.add(self.length), length);
        }
        self.length += length;
        self.cut |= length < text.len();
    }
}

#[cfg(feature = "std")]
impl core::fmt::Write for Message {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.add(text.as_bytes());
        Ok(())
    }
}

/// How many bytes of a text are shown: as many whole characters as there is room for.
fn shown(text: &[u8], room: usize) -> usize {
    if text.len() <= room {
        return text.len();
    }
    let mut length = room;
    while length > 0 && text.get(length).is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000) {
        length -= 1;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(parts: &[&str]) -> Vec<u8> {
        let mut bytes = [1_u8; OPTOUT_ERROR_MESSAGE_SIZE];
        let mut message = Message { to: bytes.as_mut_ptr(), length: 0, cut: false };
        for part in parts {
            message.add(part.as_bytes());
        }
        let length = message.length;
        assert!(bytes[length..].iter().all(|byte| *byte == 1), "nothing is written behind it");
        bytes[..length].to_vec()
    }

    #[test]
    fn a_long_message_is_cut_between_characters() {
        let long = "é".repeat(OPTOUT_ERROR_MESSAGE_SIZE);
        assert_eq!(message(&[&long]), &long.as_bytes()[..OPTOUT_ERROR_MESSAGE_SIZE - 2]);
        assert_eq!(message(&["x", &long]).len(), OPTOUT_ERROR_MESSAGE_SIZE - 1);
        assert_eq!(message(&["short"]), b"short");
    }

    /// Whatever follows what did not fit stays away, also where it would.
    #[test]
    fn a_cut_message_ends_at_the_cut() {
        let first = "x".repeat(OPTOUT_ERROR_MESSAGE_SIZE - 2);
        assert_eq!(message(&[&first, "é", "y"]), first.as_bytes());
    }
}
