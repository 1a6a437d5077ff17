//! The policy through the C functions: over the space that the laws of the Rust library range over,
//! every answer of C is that of the independent oracle and that of the Rust library, field by field.
//! So each law that holds of the one holds of the other.
//!
//! Debug builds take one purpose of each class; `OPTOUT_SPACE` (`small` or `full`) overrides, and
//! `whole` takes every set of bases for one purpose of each class.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::manual_let_else,
    clippy::match_wild_err_arm,
    clippy::trivially_copy_pass_by_ref,
    dead_code,
    unreachable_pub,
    reason = "a test stops at the first surprise, and the oracle is shared"
)]

#[path = "../../tests/policy/oracle.rs"]
mod oracle;

use std::ptr;

use optout::{Disclosure, Patient};
use optout_capi::{
    OPTOUT_OK, optout_assess, optout_decide, optout_decide_each, optout_decide_many,
    optout_decision, optout_disclosure, optout_ruling,
};
use oracle::{Answer, Oracle, Question};

const ON: u32 = 20_260_601;
const BASES: u16 = 1 << 11;
const CONDITIONS: u8 = 1 << 6;

/// One purpose of each class, and the one with a rule of its own.
const OF_EACH_CLASS: [u8; 5] = [1, 20, 60, 61, 80];

fn purposes() -> Vec<u8> {
    let small = match std::env::var("OPTOUT_SPACE").as_deref() {
        Ok("small" | "whole") => true,
        Ok("full") => false,
        Ok(other) => panic!("OPTOUT_SPACE is `small`, `full` or `whole`, not `{other}`"),
        Err(_) => cfg!(debug_assertions),
    };
    if small {
        return OF_EACH_CLASS.to_vec();
    }
    optout::Purpose::ALL.iter().map(|purpose| purpose.number()).collect()
}

/// Sets of bases: none, one or two, as in the laws; all of them where `OPTOUT_SPACE` is `whole`.
fn bases() -> Vec<u16> {
    let whole = std::env::var("OPTOUT_SPACE").is_ok_and(|space| space == "whole");
    (0..BASES).filter(|set| whole || set.count_ones() <= 2).collect()
}

fn questions(origin: u8, purpose: u8, bases: &[u16]) -> impl Iterator<Item = Question> {
    (1..=2).flat_map(move |boundary| {
        (1..=3).flat_map(move |identifiability| {
            bases.iter().flat_map(move |bases| {
                (0..CONDITIONS).map(move |conditions| Question {
                    origin,
                    boundary,
                    identifiability,
                    purpose,
                    bases: *bases,
                    conditions,
                })
            })
        })
    })
}

fn zeroed() -> optout_ruling {
    let struct_size = u32::try_from(size_of::<optout_ruling>()).unwrap();
    optout_ruling { struct_size, private_: [0; 1023] }
}

fn not_decided() -> optout_decision {
    optout_decision {
        struct_size: u32::try_from(size_of::<optout_decision>()).unwrap(),
        verdict: 0,
        reason: 0,
        route: 0,
        blocked_by: 0,
        unverified_bases: 0,
        unverified_conditions: 0,
        reserved: 0,
    }
}

fn c_question(question: &Question) -> optout_disclosure {
    optout_disclosure {
        struct_size: u32::try_from(size_of::<optout_disclosure>()).unwrap(),
        on: ON,
        origin: question.origin.into(),
        boundary: question.boundary.into(),
        identifiability: question.identifiability.into(),
        purpose: question.purpose.into(),
        bases: question.bases.into(),
        conditions: question.conditions.into(),
        reserved: [0; 8],
    }
}

fn rust_question(question: &Question) -> Disclosure {
    Disclosure {
        origin: optout::Origin::from_number(question.origin).unwrap(),
        boundary: optout::Boundary::from_number(question.boundary).unwrap(),
        identifiability: optout::Identifiability::from_number(question.identifiability).unwrap(),
        purpose: optout::Purpose::from_number(question.purpose).unwrap(),
        bases: optout::Bases::from_bits(question.bases).unwrap(),
        conditions: optout::Conditions::from_bits(question.conditions).unwrap(),
        on: optout::Date::from_yyyymmdd(ON).unwrap(),
    }
}

/// Answers of C for all 256 patients, by each of its functions; `None` when it refuses.
fn through_c(question: &Question) -> Option<[optout_decision; 256]> {
    let asked = c_question(question);
    let mut ruling = zeroed();
    let mut decisions = [not_decided(); 256];
    let mut verdicts = [1; 256];
    let patients: [u8; 256] = std::array::from_fn(|byte| u8::try_from(byte).unwrap());
    // SAFETY: each pointer is to a value of its type, and each array has 256 places.
    unsafe {
        if optout_assess(&raw const asked, &raw mut ruling, ptr::null_mut()) != OPTOUT_OK {
            return None;
        }
        let many =
            optout_decide_many(&raw const ruling, patients.as_ptr(), 256, &raw mut verdicts[0]);
        let each = optout_decide_each(
            &raw const ruling,
            patients.as_ptr(),
            256,
            &raw mut decisions[0],
            size_of::<optout_decision>(),
        );
        assert_eq!((many, each), (OPTOUT_OK, OPTOUT_OK));
    }
    for (decision, verdict) in decisions.iter().zip(verdicts) {
        assert_eq!(decision.verdict, i32::from(verdict));
    }
    Some(decisions)
}

fn check(oracle: &Oracle, question: Question) -> usize {
    let (expected, found) = (oracle.judge(question), through_c(&question));
    let ruling = optout::assess(&rust_question(&question));
    let (Some(expected), Some(found)) = (&expected, &found) else {
        assert!(expected.is_none() && found.is_none() && ruling.is_err(), "{question:?}");
        return 0;
    };
    let ruling = ruling.unwrap();
    for byte in 0..=255_u8 {
        let (expected, found) = (expected[usize::from(byte)], &found[usize::from(byte)]);
        let answer = Answer {
            verdict: u8::try_from(found.verdict).unwrap(),
            reason: u8::try_from(found.reason).unwrap(),
            route: u8::try_from(found.route).unwrap(),
            blocked_by: found.blocked_by,
        };
        assert_eq!(answer, expected, "{question:?} {byte}");
        let patient = Patient::from_byte(byte);
        let decision = ruling.decide(patient);
        let (bases, conditions) = ruling.evidence(patient);
        assert_eq!(found.verdict, i32::from(decision.verdict().number()));
        assert_eq!(found.reason, u32::from(decision.reason().number()));
        assert_eq!(found.route, decision.route().map_or(0, |route| u32::from(route.number())));
        assert_eq!(found.blocked_by, decision.blocked_by().bits());
        assert_eq!(found.unverified_bases, u32::from(bases.bits()), "{question:?} {byte}");
        assert_eq!(
            found.unverified_conditions,
            u32::from(conditions.bits()),
            "{question:?} {byte}"
        );
    }
    1
}

#[test]
fn every_answer_is_that_of_the_specification() {
    let oracle = Oracle::from_matrix();
    let (purposes, bases) = (purposes(), bases());
    let judged: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (1..=5)
            .map(|origin| {
                let (oracle, purposes, bases) = (&oracle, &purposes, &bases);
                scope.spawn(move || {
                    let questions = purposes.iter().flat_map(|p| questions(origin, *p, bases));
                    questions.map(|question| check(oracle, question)).sum::<usize>()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("a judged origin")).sum()
    });
    // Three quarters of the sets of conditions are no contradiction; one pair of bases is.
    let sets = bases.iter().filter(|set| *set & 0b11_0000 != 0b11_0000).count();
    assert_eq!(judged, 5 * 2 * 3 * purposes.len() * sets * 48);
}

/// One patient at a time says what many at once say; the C suite asks it of one ruling, this of many.
#[test]
fn one_at_a_time_is_all_at_once() {
    for question in questions(1, 20, &bases()).step_by(7) {
        let Some(decisions) = through_c(&question) else { continue };
        let asked = c_question(&question);
        let mut ruling = zeroed();
        for byte in 0..=255_u8 {
            let mut decision = not_decided();
            // SAFETY: each pointer is to a value of its type.
            let statuses = unsafe {
                (
                    optout_assess(&raw const asked, &raw mut ruling, ptr::null_mut()),
                    optout_decide(&raw const ruling, byte, &raw mut decision),
                )
            };
            assert_eq!(statuses, (OPTOUT_OK, OPTOUT_OK));
            let all = &decisions[usize::from(byte)];
            assert_eq!(format!("{decision:?}"), format!("{all:?}"));
        }
    }
}
