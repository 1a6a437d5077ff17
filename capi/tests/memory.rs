//! Memory may end at any time: each function is called with an allocator that refuses its first request,
//! then its second, and so on until the call no longer notices. A request that cannot be refused ends
//! the process, and with it this test.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::path::Path;
use std::ptr;

use optout_capi::*;

/// What becomes of the next requests of a thread.
#[derive(Clone, Copy)]
struct Plan {
    /// How many are granted.
    granted: usize,
    /// How many are then refused.
    refused: usize,
    /// How many were made.
    made: usize,
}

const EVERYTHING: Plan = Plan { granted: usize::MAX, refused: 0, made: 0 };

thread_local! {
    static PLAN: Cell<Plan> = const { Cell::new(EVERYTHING) };
}

struct Refusing;

fn refuses() -> bool {
    PLAN.with(|plan| {
        let Plan { granted, refused, made } = plan.get();
        let refuses = granted == 0 && refused > 0;
        plan.set(Plan {
            granted: granted.saturating_sub(usize::from(granted != usize::MAX)),
            refused: refused.saturating_sub(usize::from(refuses && refused != usize::MAX)),
            made: made + 1,
        });
        refuses
    })
}

// SAFETY: the system's allocator, or none at all.
unsafe impl GlobalAlloc for Refusing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        if refuses() { ptr::null_mut() } else { unsafe { System.alloc(layout) } }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        if refuses() { ptr::null_mut() } else { unsafe { System.alloc_zeroed(layout) } }
    }

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's promise.
        if refuses() { ptr::null_mut() } else { unsafe { System.realloc(old, layout, size) } }
    }

    unsafe fn dealloc(&self, old: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(old, layout) }
    }
}

#[global_allocator]
static MEMORY: Refusing = Refusing;

/// The status of a call under a plan, and how many requests it made.
fn under(plan: Plan, call: &mut dyn FnMut() -> optout_status) -> (optout_status, usize) {
    PLAN.with(|place| place.set(plan));
    let status = call();
    let made = PLAN.with(|place| place.replace(EVERYTHING)).made;
    (status, made)
}

/// Calls with every request refused in turn, alone and with all that follow. Whatever is refused, the
/// status is that of the call where there is memory, or that there is none. Returns how many requests
/// the call makes.
#[track_caller]
fn sweep(what: &str, call: &mut dyn FnMut() -> optout_status) -> usize {
    let (expected, requests) = under(EVERYTHING, call);
    for refused in [1, usize::MAX] {
        for granted in 0..requests {
            let plan = Plan { granted, refused, made: 0 };
            let (status, _) = under(plan, call);
            assert!(status == expected || status == OPTOUT_E_MEMORY, "{what}: {status}");
        }
    }
    assert_eq!(under(EVERYTHING, call).0, expected, "{what}: unharmed");
    requests
}

/// No request is made, whatever the call returns.
#[track_caller]
fn asks_for_none(what: &str, mut call: impl FnMut() -> optout_status) -> optout_status {
    let (status, requests) = under(EVERYTHING, &mut call);
    assert_eq!(requests, 0, "{what}");
    status
}

fn error() -> optout_error {
    let message = [0; OPTOUT_ERROR_MESSAGE_SIZE];
    optout_error { struct_size: 1024, status: 0, field: 0, reserved: 0, message }
}

fn disclosure() -> optout_disclosure {
    optout_disclosure {
        struct_size: 64,
        on: 20_260_601,
        origin: OPTOUT_ORIGIN_GP_RECORD,
        boundary: OPTOUT_BOUNDARY_BEYOND_CONTROLLER,
        identifiability: OPTOUT_IDENTIFIABILITY_IDENTIFIABLE,
        purpose: OPTOUT_PURPOSE_RESEARCH,
        bases: OPTOUT_BASIS_COPI_REG_5,
        conditions: 0,
        reserved: [0; 8],
    }
}

fn ruling_of(question: &optout_disclosure) -> (optout_status, Box<optout_ruling>) {
    let mut ruling = Box::new(optout_ruling { struct_size: 4096, private_: [0; 1023] });
    let mut said = error();
    let status = asks_for_none("optout_assess", || {
        // SAFETY: structures of ours.
        unsafe { optout_assess(question, &raw mut *ruling, &raw mut said) }
    });
    assert_eq!(said.status, status);
    (status, ruling)
}

#[test]
fn judging_and_deciding_ask_for_none() {
    let good = disclosure();
    let questions = [
        (good, OPTOUT_OK),
        (optout_disclosure { origin: 77, ..good }, OPTOUT_E_VALUE),
        (optout_disclosure { purpose: 1_234_567, ..good }, OPTOUT_E_VALUE),
        (optout_disclosure { bases: u32::MAX, ..good }, OPTOUT_E_VALUE),
        (optout_disclosure { on: 20_260_631, ..good }, OPTOUT_E_VALUE),
        (optout_disclosure { on: 20_100_101, ..good }, OPTOUT_E_DATE_NOT_COVERED),
        (optout_disclosure { conditions: 0b11_1111, ..good }, OPTOUT_E_CONTRADICTION),
    ];
    for (question, expected) in questions {
        assert_eq!(ruling_of(&question).0, expected, "{question:?}");
    }
    let (_, mut ruling) = ruling_of(&good);
    let mut said = error();
    for (id, on, expected) in [
        ("national-diabetes-audit", 20_260_601, OPTOUT_OK),
        ("national-diabetes-audit", 19_480_705, OPTOUT_E_FLOW_NOT_ON_THIS_DAY),
        ("national diabetic audits", 20_260_601, OPTOUT_E_UNKNOWN_FLOW),
        ("1234567890", 20_260_601, OPTOUT_E_UNKNOWN_FLOW),
    ] {
        let status = asks_for_none("optout_assess_flow", || {
            // SAFETY: as long as is said, and structures of ours.
            unsafe {
                let (at, length) = (id.as_ptr().cast(), id.len());
                optout_assess_flow(at, length, on, &raw mut *ruling, &raw mut said)
            }
        });
        assert_eq!(status, expected, "{id}");
    }
    let (_, ruling) = ruling_of(&good);
    let ruling = &raw const *ruling;
    let patients: Vec<u8> = (0..=255).collect();
    let mut decisions = vec![optout_decision { struct_size: 32, ..NOTHING }; 256];
    let mut verdicts = vec![0; 256];
    let mut clauses = vec![0; OPTOUT_CLAUSES_MAX];
    let mut count = 0;
    // SAFETY: structures and arrays of ours, as long as is said.
    let done = unsafe {
        [
            asks_for_none("optout_decide", || optout_decide(ruling, 5, decisions.as_mut_ptr())),
            asks_for_none("optout_decide_many", || {
                optout_decide_many(ruling, patients.as_ptr(), 256, verdicts.as_mut_ptr())
            }),
            asks_for_none("optout_decide_each", || {
                optout_decide_each(ruling, patients.as_ptr(), 256, decisions.as_mut_ptr(), 32)
            }),
            asks_for_none("optout_clauses", || {
                optout_clauses(ruling, 5, clauses.as_mut_ptr(), clauses.len(), &raw mut count)
            }),
        ]
    };
    assert_eq!(done, [OPTOUT_OK; 4]);
}

const NOTHING: optout_decision = optout_decision {
    struct_size: 0,
    verdict: 0,
    reason: 0,
    route: 0,
    blocked_by: 0,
    unverified_bases: 0,
    unverified_conditions: 0,
    reserved: 0,
};

#[test]
fn explanations_and_words_ask_for_none() {
    let mut text = vec![1; 1 << 16];
    for question in [disclosure(), optout_disclosure { bases: 0, ..disclosure() }] {
        let (status, ruling) = ruling_of(&question);
        assert_eq!(status, OPTOUT_OK);
        for patient in (0..256).chain([OPTOUT_EXPLAIN_NO_PATIENT]) {
            for format in [OPTOUT_EXPLAIN_TEXT, OPTOUT_EXPLAIN_JSON] {
                for capacity in [0, 100, text.len()] {
                    let mut needed = 0;
                    let status = asks_for_none("optout_explain", || {
                        // SAFETY: a ruling and a buffer of ours.
                        unsafe {
                            let to = text.as_mut_ptr();
                            optout_explain(
                                &raw const *ruling,
                                patient,
                                format,
                                to,
                                capacity,
                                &raw mut needed,
                            )
                        }
                    });
                    let fits = needed <= capacity;
                    assert_eq!(status, if fits { OPTOUT_OK } else { OPTOUT_E_BUFFER });
                }
            }
        }
    }
    let (mut number, mut said) = (0, error());
    for field in 0..20 {
        for code in ["research", "reserch", "s259", "HRESCH", "HOPERAT", "\u{e9}"] {
            asks_for_none("optout_number", || {
                // SAFETY: as long as is said, and structures of ours.
                unsafe {
                    let (at, length) = (code.as_ptr().cast(), code.len());
                    optout_number(field, at, length, &raw mut number, &raw mut said)
                }
            });
        }
        for number in 0..100 {
            asks_for_none("words", || {
                let _ = (optout_code(field, number), optout_meaning(field, number));
                let _ = (optout_reason_text(number), optout_route_text(number));
                let _ = (optout_clause_text(number), optout_status_text(number.cast_signed()));
                let _ = (optout_version(), optout_policy_edition());
                OPTOUT_OK
            });
        }
    }
    // Only a code that is not even UTF-8 is made readable first, and is unknown also where it cannot be.
    let code = b"reserch\xFF";
    let requests = sweep("optout_number", &mut || {
        // SAFETY: as long as is said, and structures of ours.
        unsafe {
            let (at, length) = (code.as_ptr().cast(), code.len());
            optout_number(OPTOUT_FIELD_PURPOSE, at, length, &raw mut number, &raw mut said)
        }
    });
    assert!(requests > 0);
}

/// Lines that make the reader of JSON ask, and some that do not.
fn lines() -> Vec<(String, bool)> {
    let good = r#"{"id":"a1","disclosure":{"origin":"gp-record","boundary":"beyond-controller","identifiability":"identifiable","purpose":"research","bases":["copi-reg-5"],"conditions":[],"on":"2026-06-01"},"patient":5}"#;
    let long = "\\u00e9".repeat(5000);
    let deep = "[".repeat(3000);
    let mut lines = vec![
        (good.to_owned(), false),
        (good.replace("copi-reg-5", "copi\\u002dreg\\u002d5"), true),
        (good.replace("\"id\"", "\"\\u0069d\""), true),
        (format!(r#"{{"disclosure":{{"flow":"{long}","on":"2026-06-01"}}}}"#), true),
        (format!(r#"{{"{long}":1}}"#), true),
        (format!(r#"{{"x":{deep}"#), true),
        (format!(r#"{{"x":{deep}{}}}"#, "]".repeat(3000)), true),
    ];
    // Cut at each place and with a byte changed, so that every error is met.
    for at in 0..good.len() {
        lines.push((good[..at].to_owned(), true));
        let mut changed = good.to_owned();
        changed.replace_range(at..=at, "0");
        lines.push((changed, true));
    }
    lines
}

#[test]
fn a_line_that_there_is_no_memory_for_is_a_status() {
    let mut asked = 0;
    for (line, may_ask) in lines() {
        let answer = std::cell::RefCell::new(vec![1; 1 << 16]);
        let needed = Cell::new(7);
        let requests = sweep("optout_decide_json", &mut || {
            let (mut answer, mut size) = (answer.borrow_mut(), 0);
            // SAFETY: as long as is said, and a buffer of ours.
            let status = unsafe {
                let (at, room) = (answer.as_mut_ptr(), answer.len());
                optout_decide_json(line.as_ptr().cast(), line.len(), at, room, &raw mut size)
            };
            needed.set(size);
            assert_eq!(size == 0, status == OPTOUT_E_MEMORY);
            assert_eq!(answer[0] == 0, status == OPTOUT_E_MEMORY, "no answer, or a whole one");
            status
        });
        assert!(may_ask || requests == 0, "{requests}");
        asked += requests;
    }
    assert!(asked > 1000, "{asked}");
}

#[test]
fn a_register_that_there_is_no_memory_for_is_a_status() {
    let national = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/c/national.register");
    let national = national.to_str().unwrap();
    let long = format!("{}{national}", "/".repeat(1000));
    let not_there = format!("{}/x", "y".repeat(200));
    for (path, expected) in [
        (national, OPTOUT_OK),
        (&long, OPTOUT_OK),
        (&not_there, OPTOUT_E_REGISTER_FILE),
        (&"z".repeat(1000), OPTOUT_E_REGISTER_FILE),
        ("/", OPTOUT_E_REGISTER_FILE),
        (concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"), OPTOUT_E_REGISTER),
    ] {
        let mut said = error();
        let mut call = || {
            let mut handle = ptr::dangling_mut();
            // SAFETY: as long as is said, and structures of ours.
            let status = unsafe {
                let (at, length) = (path.as_ptr().cast(), path.len());
                optout_register_open(at, length, 14, &raw mut handle, &raw mut said)
            };
            assert_eq!(handle.is_null(), status != OPTOUT_OK);
            assert_eq!(said.status, status);
            // SAFETY: opened, or NULL.
            unsafe { optout_register_free(handle) };
            status
        };
        assert!(sweep("optout_register_open", &mut call) > 0, "{path}");
        assert_eq!(call(), expected, "{path}");
    }
}

#[test]
fn asking_a_register_asks_for_none() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/c/national.register");
    let (mut handle, mut said) = (ptr::null_mut(), error());
    let numbers = "9434700027".repeat(5000);
    let (mut statuses, mut unread, mut status) = (vec![0; 5000], 0, 0);
    let mut info = std::mem::MaybeUninit::<optout_register_info>::zeroed();
    // SAFETY: as long as is said, and structures of ours.
    unsafe {
        let (at, length) = (path.as_ptr().cast(), path.len());
        assert_eq!(optout_register_open(at, length, 14, &raw mut handle, &raw mut said), OPTOUT_OK);
        info.as_mut_ptr().cast::<u32>().write(128);
        for on in [20_260_608, 20_260_701, 20_260_501, 20_260_631] {
            asks_for_none("optout_register_status", || {
                let number = numbers.as_ptr().cast();
                optout_register_status(handle, on, number, 10, &raw mut status, &raw mut said)
            });
            asks_for_none("optout_register_status_many", || {
                let (at, to) = (numbers.as_ptr().cast(), statuses.as_mut_ptr());
                let (unread, said) = (&raw mut unread, &raw mut said);
                optout_register_status_many(handle, on, at, 10, 10, 5000, to, unread, said)
            });
        }
        asks_for_none("optout_register_describe", || {
            optout_register_describe(handle, info.as_mut_ptr())
        });
        asks_for_none("optout_register_free", || {
            optout_register_free(handle);
            OPTOUT_OK
        });
        for text in ["943 470 0027", "9434700028", "", "x"] {
            let (mut digits, mut range) = ([0; OPTOUT_NHS_NUMBER_SIZE], 0);
            asks_for_none("optout_nhs_number_parse", || {
                let (at, length) = (text.as_ptr().cast(), text.len());
                let (range, said) = (&raw mut range, &raw mut said);
                optout_nhs_number_parse(at, length, digits.as_mut_ptr(), range, said)
            });
        }
    }
}
