//! Question and answer as a line of JSON, for hosts that can pass only strings.

use core::ffi::c_char;

use optout::question::Judge;

use crate::error::Failure;
use crate::guard::guard;
use crate::memory::{self, Output};
use crate::status::{OPTOUT_E_MEMORY, OPTOUT_E_QUESTION, OPTOUT_OK, optout_status};

/// Judges and decides a question in one line of JSON, as the command `optout decide` reads it. Each
/// call judges the disclosure again; for many patients of one disclosure use `optout_decide_many`.
///
/// A question that cannot be judged is answered too, with the keys `id` and `error`; it has no
/// verdict, and the call returns `OPTOUT_E_QUESTION`.
///
/// @param line     the question in UTF-8; it need not end in a NUL
/// @param length   its length in bytes, at most 1 MiB
/// @param buffer   out: the answer in UTF-8 without a line end, ended by a NUL; empty when there is
///                 none
/// @param capacity the size of the buffer; with 0 the buffer may be NULL, to ask for `needed`
/// @param needed   out: the size that the buffer must have, with the NUL; may be NULL
/// @return `OPTOUT_OK`; `OPTOUT_E_QUESTION`, with the answer; `OPTOUT_E_NULL`, `OPTOUT_E_ARGUMENT`,
///         `OPTOUT_E_BUFFER`, `OPTOUT_E_MEMORY`, without
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_decide_json(
    line: *const c_char,
    length: usize,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
) -> optout_status {
    // SAFETY: the caller's promise.
    let mut output = match unsafe { Output::take(buffer, capacity, needed) } {
        Ok(output) => output,
        Err(status) => return status,
    };
    let result = guard(|| {
        // SAFETY: the caller's promise.
        let line = unsafe { memory::bytes(line.cast(), length) }.map_err(Failure::of)?;
        // The output takes everything: what can be wanting is memory.
        let judged = Judge::answer_once(line, &mut output);
        let judged = judged.map_err(|_| Failure::of(OPTOUT_E_MEMORY))?;
        output.finish().map_err(Failure::of)?;
        judged.map_err(|_| Failure::of(OPTOUT_E_QUESTION))
    });
    result.map_or_else(|failure| failure.status(), |()| OPTOUT_OK)
}
