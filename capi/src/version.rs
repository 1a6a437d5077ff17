//! Which library this is, for hosts that load it at run time.

use core::ffi::{CStr, c_char};

use crate::memory::Versioned;
use crate::text::with_nul;
use crate::{optout_decision, optout_disclosure, optout_error, optout_ruling};

/// The version of the binary interface that this header describes. Within one version no function
/// is removed or changes its parameters, no field moves, and no number gets another meaning.
pub const OPTOUT_ABI_VERSION: u32 = 1;

/// The version of the binary interface of the library that runs. A host that loads the library at
/// run time compares it with `OPTOUT_ABI_VERSION` and refuses another.
///
/// @return `OPTOUT_ABI_VERSION` of the library
#[unsafe(no_mangle)]
pub extern "C" fn optout_abi_version() -> u32 {
    OPTOUT_ABI_VERSION
}

/// The version of the library that runs.
///
/// @return a static text such as `1.2.3`, never to be freed
#[unsafe(no_mangle)]
pub extern "C" fn optout_version() -> *const c_char {
    static VERSION: [u8; env!("CARGO_PKG_VERSION").len() + 1] = with_nul(env!("CARGO_PKG_VERSION"));
    c_str(&VERSION)
}

/// The edition of the policy that the library decides. It changes when any answer changes: write it
/// into the audit record.
///
/// @return a static text, never to be freed
#[unsafe(no_mangle)]
pub extern "C" fn optout_policy_edition() -> *const c_char {
    static EDITION: [u8; optout::POLICY_EDITION.len() + 1] = with_nul(optout::POLICY_EDITION);
    c_str(&EDITION)
}

fn c_str(bytes: &'static [u8]) -> *const c_char {
    CStr::from_bytes_with_nul(bytes).unwrap_or_default().as_ptr()
}

/// The size of an `optout_disclosure`, for hosts that have no header.
///
/// @return its size in bytes
#[unsafe(no_mangle)]
pub extern "C" fn optout_sizeof_disclosure() -> u32 {
    optout_disclosure::SIZE
}

/// The size of an `optout_ruling`, for hosts that have no header.
///
/// @return its size in bytes
#[unsafe(no_mangle)]
pub extern "C" fn optout_sizeof_ruling() -> u32 {
    optout_ruling::SIZE
}

/// The size of an `optout_decision`, for hosts that have no header.
///
/// @return its size in bytes
#[unsafe(no_mangle)]
pub extern "C" fn optout_sizeof_decision() -> u32 {
    optout_decision::SIZE
}

/// The size of an `optout_error`, for hosts that have no header.
///
/// @return its size in bytes
#[unsafe(no_mangle)]
pub extern "C" fn optout_sizeof_error() -> u32 {
    optout_error::SIZE
}

/// The size of an `optout_register_info`, for hosts that have no header.
///
/// @return its size in bytes
#[cfg(feature = "std")]
#[unsafe(no_mangle)]
pub extern "C" fn optout_sizeof_register_info() -> u32 {
    crate::optout_register_info::SIZE
}
