//! Reading what a C pointer points to, and writing a text into a caller's buffer.

use core::mem::MaybeUninit;
use core::{ptr, slice};

use crate::status::{
    OPTOUT_E_ARGUMENT, OPTOUT_E_NULL, OPTOUT_E_RESERVED, OPTOUT_E_STRUCT_SIZE, optout_status,
};

/// The largest `struct_size` that is believed. A size is read from memory that a caller may never
/// have written, and what lies behind a structure is looked at only this far.
const LARGEST_STRUCT: u32 = 4096;

/// A structure that crosses into C: integers alone, without padding, and its size first. It may grow
/// at its end, where zero must mean what it meant before.
///
/// # Safety
/// Any bytes are a value, and the first field is `struct_size: u32`.
pub(crate) unsafe trait Versioned: Copy {
    /// Its size in version 1 of the binary interface: no caller has a smaller one.
    const V1: u32;

    /// Its size in this library.
    #[expect(clippy::cast_possible_truncation, reason = "asserted")]
    const SIZE: u32 = {
        assert!(size_of::<Self>() <= LARGEST_STRUCT as usize);
        assert!(size_of::<Self>() >= Self::V1 as usize);
        size_of::<Self>() as u32
    };
}

/// The `struct_size` that a structure begins with.
///
/// # Safety
/// `structure` is readable for four bytes.
#[inline]
pub(crate) unsafe fn struct_size<T: Versioned>(structure: *const T) -> u32 {
    // SAFETY: the caller's promise; the read may be unaligned.
    unsafe { structure.cast::<u32>().read_unaligned() }
}

/// Reads a structure. What an older caller does not have is zero; what a newer caller has beyond what
/// this library knows must be zero, because it may be a restriction that would go unseen.
///
/// # Safety
/// `from` is NULL or readable for the structure of version 1, and for `struct_size` bytes where that
/// is more and not over `LARGEST_STRUCT`.
pub(crate) unsafe fn read<T: Versioned>(from: *const T) -> Result<T, optout_status> {
    if from.is_null() {
        return Err(OPTOUT_E_NULL);
    }
    // SAFETY: not NULL, and the caller's promise.
    let size = unsafe { struct_size(from) };
    if !(T::V1..=LARGEST_STRUCT).contains(&size) {
        return Err(OPTOUT_E_STRUCT_SIZE);
    }
    let known = size.min(T::SIZE) as usize;
    let mut value = MaybeUninit::<T>::zeroed();
    // SAFETY: both are as large as what is known of them, and zeroes with these bytes are a value.
    let value = unsafe {
        ptr::copy_nonoverlapping(from.cast::<u8>(), value.as_mut_ptr().cast(), known);
        value.assume_init()
    };
    // SAFETY: readable for `size` bytes.
    let is_zero = |place: usize| unsafe { from.cast::<u8>().add(place).read() } == 0;
    if (known..size as usize).all(is_zero) { Ok(value) } else { Err(OPTOUT_E_RESERVED) }
}

/// Writes as much of a structure as a caller has room for: `size` bytes, and never less than version
/// 1 has, which is what the caller's memory is at least.
///
/// # Safety
/// `to` is writable for the structure of version 1, and for `size` bytes where that is more.
#[inline]
pub(crate) unsafe fn write<T: Versioned>(value: T, to: *mut T, size: u32) {
    let known = size.clamp(T::V1, T::SIZE) as usize;
    // One copy of a bounded length: of two, chosen by the size, LLVM has lost the bound (DESIGN.md).
    // SAFETY: the value is no smaller, and the caller's promise; bytes are aligned anywhere.
    unsafe { ptr::copy_nonoverlapping((&raw const value).cast::<u8>(), to.cast(), known) };
}

/// The bytes of a text or an array. NULL is allowed only where there are none.
///
/// # Safety
/// `bytes` is NULL or readable for `length` bytes, which do not change during the call.
pub(crate) unsafe fn bytes<'a>(bytes: *const u8, length: usize) -> Result<&'a [u8], optout_status> {
    if length == 0 {
        return Ok(&[]);
    }
    if bytes.is_null() {
        return Err(OPTOUT_E_NULL);
    }
    if length > isize::MAX.unsigned_abs() {
        return Err(OPTOUT_E_ARGUMENT);
    }
    // SAFETY: not NULL, the length is one that memory can have, and the caller's promise.
    Ok(unsafe { slice::from_raw_parts(bytes, length) })
}

#[cfg(feature = "std")]
pub(crate) use with_std::{Output, field, text};

#[cfg(feature = "std")]
mod with_std {
    use core::ffi::c_char;
    use core::{fmt, ptr};
    use std::io;

    use crate::status::{OPTOUT_E_BUFFER, OPTOUT_E_NULL, OPTOUT_E_UTF8, optout_status};

    /// A field of a record, where NULL is a field that was not fetched, never one that is empty.
    ///
    /// # Safety
    /// `text` is NULL or readable for `length` bytes, which do not change during the call.
    pub(crate) unsafe fn field<'a>(
        text: *const c_char,
        length: usize,
    ) -> Result<&'a [u8], optout_status> {
        if text.is_null() {
            return Err(OPTOUT_E_NULL);
        }
        // SAFETY: the caller's promise.
        unsafe { super::bytes(text.cast(), length) }
    }

    /// A text in UTF-8.
    ///
    /// # Safety
    /// `text` is NULL or readable for `length` bytes, which do not change during the call.
    pub(crate) unsafe fn text<'a>(
        text: *const c_char,
        length: usize,
    ) -> Result<&'a str, optout_status> {
        // SAFETY: the caller's promise.
        let bytes = unsafe { super::bytes(text.cast(), length) }?;
        str::from_utf8(bytes).map_err(|_| OPTOUT_E_UTF8)
    }

    /// A caller's buffer for a text, written as the text comes. It is emptied when it is taken, and
    /// again when the text is not whole in the end: a call that fails leaves an empty text, never an
    /// old one or a part of one.
    pub(crate) struct Output {
        buffer: *mut c_char,
        capacity: usize,
        needed: *mut usize,
        /// How long the text is so far, whether or not it fits.
        length: usize,
        whole: bool,
    }

    impl Output {
        /// Empties the buffer and sets `*needed` to 0.
        ///
        /// # Safety
        /// `buffer` is NULL or writable for `capacity` bytes, and `needed` is NULL or writable for
        /// a `size_t`, until the output is dropped.
        pub(crate) unsafe fn take(
            buffer: *mut c_char,
            capacity: usize,
            needed: *mut usize,
        ) -> Result<Self, optout_status> {
            if !needed.is_null() {
                // SAFETY: not NULL, and the caller's promise.
                unsafe { needed.write_unaligned(0) };
            }
            if capacity > 0 {
                if buffer.is_null() {
                    return Err(OPTOUT_E_NULL);
                }
                // SAFETY: not NULL, and there is room for one byte.
                unsafe { buffer.write(0) };
            }
            Ok(Self { buffer, capacity, needed, length: 0, whole: false })
        }

        /// Ends the text with its NUL, where both fit; `*needed` is told either way how much they take.
        pub(crate) fn finish(&mut self) -> Result<(), optout_status> {
            if !self.needed.is_null() {
                // SAFETY: not NULL, and promised when the output was taken.
                unsafe { self.needed.write_unaligned(self.length.saturating_add(1)) };
            }
            if self.length >= self.capacity {
                return Err(OPTOUT_E_BUFFER);
            }
            // SAFETY: there is room for one byte more, so that the buffer is not NULL.
            unsafe { self.buffer.add(self.length).write(0) };
            self.whole = true;
            Ok(())
        }

        /// Adds to the text as much as there is room for.
        fn add(&mut self, text: &[u8]) {
            let room = self.capacity.saturating_sub(self.length);
            if let Some(shown @ [_, ..]) = text.get(..room.min(text.len())) {
                // SAFETY: as many bytes as there is room for behind what is written, so that the
                // buffer is not NULL; it is the caller's and the text is ours, so they do not overlap.
                unsafe {
                    let to = self.buffer.add(self.length).cast();
                    ptr::copy_nonoverlapping(shown.as_ptr(), to, shown.len());
                }
            }
            self.length = self.length.saturating_add(text.len());
        }
    }

    impl Drop for Output {
        fn drop(&mut self) {
            let written = self.length.min(self.capacity);
            if !self.whole && written > 0 {
                // SAFETY: that much was written, and the caller's promise still holds.
                unsafe { self.buffer.write_bytes(0, written) };
            }
        }
    }

    impl fmt::Write for Output {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.add(text.as_bytes());
            Ok(())
        }
    }

    /// It takes everything, so that no error is ever made, which would take memory.
    impl io::Write for Output {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            self.add(text);
            Ok(text.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{OPTOUT_OK, optout_disclosure};

    /// A structure that has grown since version 1, whose size it still states.
    #[derive(Clone, Copy, Debug, PartialEq)]
    #[repr(C)]
    struct Grown {
        struct_size: u32,
        first: u32,
        later: u32,
        last: u32,
    }

    // SAFETY: integers alone, the size first.
    unsafe impl Versioned for Grown {
        const V1: u32 = 8;
    }

    fn read_words(words: &[u32]) -> Result<Grown, optout_status> {
        // SAFETY: each test states a size that the words have.
        unsafe { read(words.as_ptr().cast::<Grown>()) }
    }

    #[test]
    fn an_older_caller_leaves_the_later_fields_zero() {
        let old = read_words(&[8, 7]);
        assert_eq!(old, Ok(Grown { struct_size: 8, first: 7, later: 0, last: 0 }));
        let between = read_words(&[12, 7, 6]);
        assert_eq!(between, Ok(Grown { struct_size: 12, first: 7, later: 6, last: 0 }));
        let odd = read_words(&[9, 7, 0xFFFF_FF05]);
        assert_eq!(odd.map(|grown| grown.later), Ok(u32::from_ne_bytes([5, 0, 0, 0])));
    }

    #[test]
    fn a_newer_caller_states_nothing_that_is_not_known() {
        assert_eq!(read_words(&[24, 1, 2, 3, 0, 0]).map(|grown| grown.last), Ok(3));
        assert_eq!(read_words(&[24, 1, 2, 3, 0, 1]), Err(OPTOUT_E_RESERVED));
        assert_eq!(read_words(&[7, 1]), Err(OPTOUT_E_STRUCT_SIZE));
        assert_eq!(read_words(&[0, 1]), Err(OPTOUT_E_STRUCT_SIZE));
        assert_eq!(read_words(&[4097, 1]), Err(OPTOUT_E_STRUCT_SIZE));
    }

    #[test]
    fn of_an_output_only_what_both_know_is_written() {
        let value = Grown { struct_size: 1, first: 2, later: 3, last: 4 };
        for (size, expected) in [
            (0, [1, 2, 9, 9, 9]),
            (8, [1, 2, 9, 9, 9]),
            (12, [1, 2, 3, 9, 9]),
            (16, [1, 2, 3, 4, 9]),
            (20, [1, 2, 3, 4, 9]),
            (u32::MAX, [1, 2, 3, 4, 9]),
        ] {
            let mut words = [9; 5];
            // SAFETY: the words have room for the structure.
            unsafe { write(value, words.as_mut_ptr().cast::<Grown>(), size) };
            assert_eq!(words, expected, "{size}");
        }
    }

    /// What an unchanged caller of version 1 does keeps its meaning.
    #[test]
    fn version_1_is_what_it_was() {
        assert_eq!(optout_disclosure::V1, 64);
        assert_eq!(crate::optout_ruling::V1, 4096);
        assert_eq!(crate::optout_decision::V1, 32);
        assert_eq!(crate::optout_error::V1, 1024);
        assert_eq!(OPTOUT_OK, 0);
    }
}
