//! Opening a file by its path, and what the system says when it cannot, without asking for memory that
//! the host could be without.

use core::ffi::c_char;
use core::fmt;
use std::fs::File;
use std::io;

use crate::memory;
use crate::status::optout_status;

/// A file's path.
///
/// # Safety
/// `path` is NULL or readable for `length` bytes, which do not change during the call.
#[cfg(unix)]
pub(crate) unsafe fn path<'a>(
    path: *const c_char,
    length: usize,
) -> Result<&'a [u8], optout_status> {
    // SAFETY: the caller's promise.
    unsafe { memory::bytes(path.cast(), length) }
}

/// A file's path.
///
/// # Safety
/// `path` is NULL or readable for `length` bytes, which do not change during the call.
#[cfg(not(unix))]
pub(crate) unsafe fn path<'a>(
    path: *const c_char,
    length: usize,
) -> Result<&'a str, optout_status> {
    // SAFETY: the caller's promise.
    unsafe { memory::text(path, length) }
}

/// Opens a file for reading. A pipe without a writer is not waited for. (The standard library copies a
/// path of 384 bytes or more, and ends the program where there is no memory for that.)
#[cfg(unix)]
pub(crate) fn open(path: &[u8]) -> io::Result<File> {
    use std::os::fd::FromRawFd as _;

    if path.contains(&0) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut with_nul = Vec::new();
    with_nul.try_reserve_exact(path.len() + 1).map_err(|_| io::ErrorKind::OutOfMemory)?;
    with_nul.extend_from_slice(path);
    with_nul.push(0);
    let flags = libc::O_RDONLY | libc::O_CLOEXEC | libc::O_NONBLOCK | libc::O_NOCTTY;
    loop {
        // SAFETY: the path ends in its only NUL.
        let descriptor = unsafe { libc::open(with_nul.as_ptr().cast(), flags) };
        if descriptor >= 0 {
            // SAFETY: open, and nobody else's.
            return Ok(unsafe { File::from_raw_fd(descriptor) });
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

/// Opens a file for reading.
#[cfg(not(unix))]
pub(crate) fn open(path: &str) -> io::Result<File> {
    File::open(path)
}

/// What the system says, as the standard library would put it, which asks for memory to do so.
pub(crate) struct Words<'a>(pub(crate) &'a io::Error);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(code) = self.0.raw_os_error() else { return write!(f, "{}", self.0.kind()) };
        said(f, code, self.0.kind())?;
        write!(f, " (os error {code})")
    }
}

#[cfg(unix)]
fn said(f: &mut fmt::Formatter<'_>, code: i32, kind: io::ErrorKind) -> fmt::Result {
    let mut text = [0_u8; 128];
    // SAFETY: as much room as is said.
    let failed = unsafe { libc::strerror_r(code, text.as_mut_ptr().cast(), text.len()) } != 0;
    let said =
        core::ffi::CStr::from_bytes_until_nul(&text).ok().and_then(|said| said.to_str().ok());
    match said {
        Some(said) if !failed && !said.is_empty() => f.write_str(said),
        _ => write!(f, "{kind}"),
    }
}

#[cfg(not(unix))]
fn said(f: &mut fmt::Formatter<'_>, _: i32, kind: io::ErrorKind) -> fmt::Result {
    write!(f, "{kind}")
}
