//! The answer in words.

use core::ffi::c_char;
use core::fmt::Write as _;

use optout::Patient;
use optout::explain::Explanation;

use crate::error::Failure;
use crate::guard::guard;
use crate::judged::Judged;
use crate::memory::Output;
use crate::ruling::optout_ruling;
use crate::status::{OPTOUT_E_ARGUMENT, OPTOUT_E_INTERNAL, OPTOUT_OK, optout_status};
use crate::{OPTOUT_EXPLAIN_JSON, OPTOUT_EXPLAIN_NO_PATIENT, OPTOUT_EXPLAIN_TEXT};

/// Explains a ruling: which routes are open, or why closed; which opt-outs bind, and by what they are
/// lifted; under which clauses; what deserves a second look. For a patient also the decision, and
/// for a denial the facts that would change it.
///
/// @param ruling   the disclosure, judged
/// @param patient  the patient's byte, 0 to 255, or `OPTOUT_EXPLAIN_NO_PATIENT`
/// @param format   `OPTOUT_EXPLAIN_TEXT` or `OPTOUT_EXPLAIN_JSON`
/// @param buffer   out: the explanation in UTF-8, ended by a NUL; empty when the call fails
/// @param capacity the size of the buffer; with 0 the buffer may be NULL, to ask for `needed`
/// @param needed   out: the size that the buffer must have, with the NUL; 0 when nothing can be
///                 explained; may be NULL
/// @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_ARGUMENT`, `OPTOUT_E_BUFFER`, `OPTOUT_E_RULING`
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_explain(
    ruling: *const optout_ruling,
    patient: u32,
    format: u32,
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
        let ruling = unsafe { Judged::at(ruling) }.and_then(Judged::again).map_err(Failure::of)?;
        let explanation = match patient {
            OPTOUT_EXPLAIN_NO_PATIENT => Explanation::of(&ruling),
            patient => {
                let byte = u8::try_from(patient).map_err(|_| Failure::of(OPTOUT_E_ARGUMENT))?;
                Explanation::for_patient(&ruling, Patient::from_byte(byte))
            }
        };
        let written = match format {
            OPTOUT_EXPLAIN_TEXT => write!(output, "{explanation}").is_ok(),
            OPTOUT_EXPLAIN_JSON => serde_json::to_writer(&mut output, &explanation).is_ok(),
            _ => return Err(Failure::of(OPTOUT_E_ARGUMENT)),
        };
        if !written {
            return Err(Failure::of(OPTOUT_E_INTERNAL));
        }
        output.finish().map_err(Failure::of)
    });
    result.map_or_else(|failure| failure.status(), |()| OPTOUT_OK)
}
