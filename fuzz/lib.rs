//! What the targets share: the structures of C, and what must be true of every answer.

use std::ptr;

use optout_capi::*;

/// A ruling that was never judged.
pub fn ruling() -> optout_ruling {
    optout_ruling { struct_size: optout_sizeof_ruling(), private_: [0; 1023] }
}

/// A decision that claims what no failed call may leave standing.
pub fn allowing() -> optout_decision {
    optout_decision {
        struct_size: optout_sizeof_decision(),
        verdict: OPTOUT_ALLOW,
        reason: OPTOUT_REASON_PERMITTED,
        route: OPTOUT_ROUTE_COURT_ORDER,
        blocked_by: 0,
        unverified_bases: 1,
        unverified_conditions: 1,
        reserved: 1,
    }
}

/// Decides by each of the functions, which must agree, and fail closed.
pub fn decide(ruling: *const optout_ruling, patient: u8) -> (optout_status, optout_decision) {
    let (mut one, mut each, mut verdict) = (allowing(), allowing(), 1);
    // SAFETY: each pointer is to a value of its type; the ruling is the target's to answer for.
    let (status, status_each, status_many) = unsafe {
        (
            optout_decide(ruling, patient, &mut one),
            optout_decide_each(ruling, &patient, 1, &mut each, size_of::<optout_decision>()),
            optout_decide_many(ruling, &patient, 1, &mut verdict),
        )
    };
    assert_eq!((status, status), (status_each, status_many));
    assert_eq!(format!("{one:?}"), format!("{each:?}"));
    if status != OPTOUT_OK {
        assert_eq!((one.verdict, one.reason, one.route), (OPTOUT_DENY, 0, 0));
        assert_eq!((one.blocked_by, one.unverified_bases, one.unverified_conditions), (0, 0, 0));
        assert_eq!(verdict, 0);
    }
    (status, one)
}

/// What `optout_explain` and `optout_clauses` say of a ruling: never a crash, and one status.
pub fn explain(ruling: *const optout_ruling, patient: u8, capacity: usize) -> optout_status {
    let mut text = vec![0x78_u8; capacity + 1];
    let (mut needed, mut clauses, mut count) = (9, [9; OPTOUT_CLAUSES_MAX], 9);
    // SAFETY: the buffer is longer than the capacity, and each pointer is to a value of its type.
    let (status, status_clauses) = unsafe {
        (
            optout_explain(
                ruling,
                patient.into(),
                OPTOUT_EXPLAIN_JSON,
                text.as_mut_ptr().cast(),
                capacity,
                &mut needed,
            ),
            optout_clauses(ruling, patient, clauses.as_mut_ptr(), clauses.len(), &mut count),
        )
    };
    assert_eq!(text[capacity], 0x78);
    match status {
        OPTOUT_OK => assert!(needed <= capacity && text[needed - 1] == 0),
        OPTOUT_E_BUFFER => assert!(needed > capacity),
        _ => assert_eq!(needed, 0),
    }
    if status != OPTOUT_OK && capacity > 0 {
        assert_eq!(text[0], 0);
    }
    assert_eq!(status == OPTOUT_E_RULING, status_clauses == OPTOUT_E_RULING);
    status_clauses
}

/// Judges, with the error's fields checked.
pub fn assess(disclosure: *const optout_disclosure, into: &mut optout_ruling) -> optout_status {
    let mut error = optout_error {
        struct_size: optout_sizeof_error(),
        status: 77,
        field: 77,
        reserved: 77,
        message: [0x78; OPTOUT_ERROR_MESSAGE_SIZE],
    };
    // SAFETY: each pointer is to a value of its type; the disclosure is the target's to answer for.
    let status = unsafe { optout_assess(disclosure, into, &mut error) };
    // SAFETY: as above.
    let silent = unsafe { optout_assess(disclosure, into, ptr::null_mut()) };
    assert_eq!((status, error.status, error.reserved), (silent, status, 0));
    let message: Vec<u8> = error.message.iter().map(|c| c.cast_unsigned()).collect();
    let end = message.iter().position(|byte| *byte == 0).expect("a message ends");
    let message = std::str::from_utf8(&message[..end]).expect("a message is UTF-8");
    assert_eq!(message.is_empty(), status == OPTOUT_OK);
    // Nothing as long as an NHS number is repeated.
    let longest = message.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    assert!(longest < 6 || message.contains("20260601"), "{message}");
    status
}
