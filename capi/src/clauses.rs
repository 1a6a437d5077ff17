//! The clauses behind one patient's decision.

use optout::Patient;

use crate::OPTOUT_CLAUSES_MAX;
use crate::error::Failure;
use crate::guard::guard;
use crate::judged::Judged;
use crate::ruling::optout_ruling;
use crate::status::{OPTOUT_E_BUFFER, OPTOUT_E_NULL, OPTOUT_OK, optout_status};

const _: () = assert!(optout::Clause::ALL.len() <= OPTOUT_CLAUSES_MAX);

/// The clauses behind a patient's decision, in order of first use: those of the route that permits,
/// or of each opt-out that blocks. A denial for an invalid status has none. It judges the question
/// again, so it takes some microseconds: call it for the audit record, not for every patient.
///
/// @param ruling   the disclosure, judged
/// @param patient  the patient's byte
/// @param clauses  out: an array for the clauses, each one of `OPTOUT_CLAUSE_*`; the rest of it is 0
/// @param capacity how many fit; `OPTOUT_CLAUSES_MAX` is always enough
/// @param count    out: how many there are; 0 when the call fails otherwise than for want of room
/// @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_BUFFER`, `OPTOUT_E_RULING`
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_clauses(
    ruling: *const optout_ruling,
    patient: u8,
    clauses: *mut u32,
    capacity: usize,
    count: *mut usize,
) -> optout_status {
    if count.is_null() {
        return OPTOUT_E_NULL;
    }
    // SAFETY: not NULL, and the caller's promise.
    unsafe { count.write_unaligned(0) };
    if capacity > 0 && clauses.is_null() {
        return OPTOUT_E_NULL;
    }
    // No more than can be used: a capacity may be a mistake.
    let capacity = capacity.min(OPTOUT_CLAUSES_MAX);
    for place in 0..capacity {
        // SAFETY: not NULL, and the caller's promise of `capacity` places.
        unsafe { clauses.add(place).write_unaligned(0) };
    }
    let result = guard(|| {
        // SAFETY: the caller's promise.
        let ruling = unsafe { Judged::at(ruling) }.and_then(Judged::again).map_err(Failure::of)?;
        let found = ruling.clauses(Patient::from_byte(patient));
        // SAFETY: not NULL, and the caller's promise.
        unsafe { count.write_unaligned(found.as_slice().len()) };
        if found.as_slice().len() > capacity {
            return Err(Failure::of(OPTOUT_E_BUFFER));
        }
        for (place, clause) in found.as_slice().iter().enumerate() {
            // SAFETY: there are no more of them than places.
            unsafe { clauses.add(place).write_unaligned(clause.number().into()) };
        }
        Ok(())
    });
    result.map_or_else(|failure| failure.status(), |()| OPTOUT_OK)
}
