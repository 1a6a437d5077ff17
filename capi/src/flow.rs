//! The catalogue of published flows.

use core::ffi::c_char;

use optout::flow::{self, FlowError};

use crate::disclosure::day;
use crate::error::{Failure, Report, optout_error};
use crate::field::OPTOUT_FIELD_FLOW;
use crate::guard::guard;
use crate::memory;
use crate::ruling::{Place, optout_ruling};
use crate::status::{OPTOUT_E_FLOW_NOT_ON_THIS_DAY, OPTOUT_E_UNKNOWN_FLOW, optout_status};

/// Judges a published flow on the terms that held on a day. `optout flows` lists the ids, and so
/// does the handbook. The catalogue supplies the question, never the evidence: check its terms
/// against the agreement that you have.
///
/// @param id     the flow's id in UTF-8; it need not end in a NUL
/// @param length its length in bytes
/// @param on     the day of the disclosure as the number yyyymmdd
/// @param ruling out: the ruling; it denies everybody when the call fails
/// @param error  out: what is wrong, and which id is near; may be NULL
/// @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE`, `OPTOUT_E_UTF8`, `OPTOUT_E_VALUE`
///         (no such day), `OPTOUT_E_UNKNOWN_FLOW`, `OPTOUT_E_FLOW_NOT_ON_THIS_DAY`,
///         `OPTOUT_E_DATE_NOT_COVERED`
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_assess_flow(
    id: *const c_char,
    length: usize,
    on: u32,
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
        let id = unsafe { memory::text(id, length) }.map_err(Failure::of)?;
        let on = day(on)?;
        let flow = flow::find(id, on).map_err(failure)?;
        place.assess(&flow.disclosure(on))
    }))
}

fn failure(error: FlowError) -> Failure {
    let status = match error {
        FlowError::NotOnThisDay(_) => OPTOUT_E_FLOW_NOT_ON_THIS_DAY,
        // Unknown, or a reason to refuse that did not exist when this was written.
        FlowError::Unknown(_) | _ => OPTOUT_E_UNKNOWN_FLOW,
    };
    Failure::about(status, OPTOUT_FIELD_FLOW).saying(error)
}
