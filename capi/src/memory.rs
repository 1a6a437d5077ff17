//! Reading what a C pointer points to, and writing a text into a caller's buffer.

use core::slice;

use crate::status::{OPTOUT_E_ARGUMENT, OPTOUT_E_NULL, optout_status};

/// The largest `struct_size` that is believed. A size is read from memory that a caller may never
/// have written, and what lies behind a structure is looked at only this far.
pub(crate) const LARGEST_STRUCT: u32 = 4096;

/// The `struct_size` that a structure begins with.
///
/// # Safety
/// `structure` is readable for four bytes.
#[inline]
pub(crate) unsafe fn struct_size<T>(structure: *const T) -> u32 {
    // SAFETY: the caller's promise; the read may be unaligned.
    unsafe { structure.cast::<u32>().read_unaligned() }
}

/// The size of one of our structures.
#[expect(clippy::cast_possible_truncation, reason = "each asserts its size, 1024 at most")]
pub(crate) const fn size<T>() -> u32 {
    size_of::<T>() as u32
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
pub(crate) use with_std::{Output, text};

#[cfg(feature = "std")]
mod with_std {
    use core::ffi::c_char;
    use core::ptr;

    use crate::status::{OPTOUT_E_BUFFER, OPTOUT_E_NULL, OPTOUT_E_UTF8, optout_status};

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

    /// A caller's buffer for a text. It is emptied when it is taken, so that a call that fails
    /// leaves an empty text, never an old one or half of one.
    pub(crate) struct Output {
        buffer: *mut c_char,
        capacity: usize,
        needed: *mut usize,
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
            Ok(Self { buffer, capacity, needed })
        }

        /// Writes the text and its NUL, or nothing where they do not fit; `*needed` is told either
        /// way how much they take.
        pub(crate) fn write(&mut self, text: &str) -> Result<(), optout_status> {
            let length = text.len();
            if !self.needed.is_null() {
                // SAFETY: not NULL, and promised when the output was taken.
                unsafe { self.needed.write_unaligned(length + 1) };
            }
            if length >= self.capacity {
                return Err(OPTOUT_E_BUFFER);
            }
            // SAFETY: `length + 1` bytes fit in the capacity, which is not 0, so that the buffer is
            // not NULL; it is the caller's and `text` is ours, so they do not overlap.
            unsafe {
                ptr::copy_nonoverlapping(text.as_ptr(), self.buffer.cast(), length);
                self.buffer.add(length).write(0);
            }
            Ok(())
        }
    }
}
