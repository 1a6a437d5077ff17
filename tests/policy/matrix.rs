//! The library against the oracle, which knows the matrix of the specification from `matrix.csv` and
//! shares no code with it.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use optout::{
    AssessError, Bases, Boundary, Conditions, Date, Decision, Disclosure, Identifiability, Origin,
    Purpose, assess,
};
use proptest::prelude::*;

use crate::oracle::{Answer, Open, Oracle, Question};
use crate::space::{OF_EACH_CLASS, ON, Table, facts, is_small, judge, space};

static ORACLE: LazyLock<Oracle> = LazyLock::new(Oracle::from_matrix);

fn question(disclosure: &Disclosure) -> Question {
    Question {
        origin: disclosure.origin.number(),
        boundary: disclosure.boundary.number(),
        identifiability: disclosure.identifiability.number(),
        purpose: disclosure.purpose.number(),
        bases: disclosure.bases.bits(),
        conditions: disclosure.conditions.bits(),
    }
}

fn answer(decision: Decision) -> Answer {
    Answer {
        verdict: decision.verdict().number(),
        reason: decision.reason().number(),
        route: decision.route().map_or(0, optout::Route::number),
        blocked_by: decision.blocked_by().bits(),
    }
}

fn assert_as_the_oracle(disclosure: &Disclosure, table: &Table) {
    let expected = ORACLE.judge(question(disclosure));
    let expected = expected.unwrap_or_else(|| panic!("an error to the oracle: {disclosure:?}"));
    for (byte, (decision, expected)) in (0..=u8::MAX).zip(table.iter().zip(expected)) {
        let patient = optout::Patient::from_byte(byte);
        assert_eq!(answer(*decision), expected, "{disclosure:?} {patient:?}");
    }
}

/// Verdict, reason, route and what blocks are those of the oracle, over the whole space (issue, item
/// 5b).
#[test]
fn the_library_answers_as_the_oracle() {
    // The oracle has one table of answers for each set of open routes and what binds on them.
    let opens: Mutex<HashMap<Open, u16>> = Mutex::default();
    let pairs = space().distinct(|disclosure| {
        let open = ORACLE.open(question(disclosure));
        let open = open.unwrap_or_else(|| panic!("an error to the oracle: {disclosure:?}"));
        let mut opens = opens.lock().expect("no thread panics meanwhile");
        let next = u16::try_from(opens.len()).expect("fewer sets of routes");
        Some(*opens.entry(open).or_insert(next))
    });
    assert!(pairs.len() >= space().different().len());
    for (_, _, disclosure) in pairs {
        assert_as_the_oracle(&disclosure, space().table(&disclosure));
    }
}

/// What `assess` rejects is what the oracle rejects, and is what section 2 calls an error: bits 4
/// and 5 of the bases together, bits 2 and 3 of the conditions together, and nothing else.
#[test]
fn errors_are_the_contradictions_and_nothing_else() {
    let purposes: &[_] = if is_small() { &OF_EACH_CLASS } else { Purpose::ALL };
    for facts in facts(purposes) {
        // No basis, one or two, contradictory or not; of the whole space, every set.
        let sets = (0..1_u16 << 11).filter(|bits| !is_small() || bits.count_ones() <= 2);
        for bases in sets.map(Bases::from_bits_retain) {
            for conditions in (0..1_u8 << 6).map(Conditions::from_bits_retain) {
                check_rejection(&Disclosure { bases, conditions, ..facts });
            }
        }
    }
}

fn check_rejection(disclosure: &Disclosure) {
    let (bases, conditions) = (disclosure.bases.bits(), disclosure.conditions.bits());
    let contradictory = if bases >> 4 & 0b11 == 0b11 {
        Some(("bases", "statutory-duty", "s259-collection"))
    } else if conditions >> 2 & 0b11 == 0b11 {
        Some(("conditions", "type1-not-upheld", "type1-upheld"))
    } else {
        None
    };
    match (disclosure.check(), contradictory) {
        (Ok(()), None) => {}
        (Err(AssessError::Contradiction { field, first, second, .. }), Some(expected)) => {
            assert_eq!((field, first, second), expected, "{disclosure:?}");
            // What is no error was asked of the oracle above.
            assert!(ORACLE.open(question(disclosure)).is_none(), "{disclosure:?}");
            assert!(assess(disclosure).is_err(), "{disclosure:?}");
        }
        (result, expected) => panic!("{result:?}, not {expected:?}: {disclosure:?}"),
    }
}

/// A bit without a meaning is an error that names it (section 2).
#[test]
fn a_bit_without_a_meaning_is_an_error() {
    let facts = facts(&OF_EACH_CLASS).next().expect("facts");
    for bit in 11..16 {
        let bases = Bases::from_bits_retain(1 << bit | 1);
        let disclosure = Disclosure { bases, ..facts };
        let error = assess(&disclosure).expect_err("a bit without a meaning");
        let expected =
            AssessError::UnknownBits { field: "bases", unknown: 1 << bit, accepted: 0x7ff };
        assert_eq!(error, expected);
        assert!(error.to_string().starts_with("bases: "), "{error}");
        assert!(ORACLE.judge(question(&disclosure)).is_none());
    }
    for bit in 6..8 {
        let conditions = Conditions::from_bits_retain(1 << bit | 1);
        let disclosure = Disclosure { conditions, ..facts };
        let error = assess(&disclosure).expect_err("a bit without a meaning");
        let expected =
            AssessError::UnknownBits { field: "conditions", unknown: 1 << bit, accepted: 0x3f };
        assert_eq!(error, expected);
        assert!(error.to_string().starts_with("conditions: "), "{error}");
        assert!(ORACLE.judge(question(&disclosure)).is_none());
    }
}

/// The day before the national opt-out began is not covered, the day itself is (section 2).
#[test]
fn a_date_before_the_national_opt_out_is_an_error() {
    let facts = facts(&OF_EACH_CLASS).next().expect("facts");
    for (on, covered) in [
        (Date::ymd(1, 1, 1), false),
        (Date::ymd(2018, 5, 24), false),
        (Date::ymd(2018, 5, 25), true),
        (ON, true),
    ] {
        let result = assess(&Disclosure { on, ..facts });
        assert_eq!(result.is_ok(), covered, "{on}");
        if let Err(error) = result {
            let first = Date::ymd(2018, 5, 25);
            assert_eq!(error, AssessError::DateNotCovered { on, first });
            assert!(error.to_string().starts_with(&format!("on: {on} ")), "{error}");
        }
    }
}

pub(crate) fn any_disclosure() -> impl Strategy<Value = Disclosure> {
    let code = (
        prop::sample::select(Origin::ALL),
        prop::sample::select(Boundary::ALL),
        prop::sample::select(Identifiability::ALL),
        prop::sample::select(Purpose::ALL),
    );
    let sets = (0..1_u16 << 11, 0..1_u8 << 6);
    let days = (2018_u16..=2100, 1_u8..=12, 1_u8..=28);
    (code, sets, days).prop_map(
        |((origin, boundary, identifiability, purpose), (bases, conditions), (y, m, d))| {
            Disclosure {
                origin,
                boundary,
                identifiability,
                purpose,
                bases: Bases::from_bits_retain(bases),
                conditions: Conditions::from_bits_retain(conditions),
                on: Date::ymd(y, m, d),
            }
        },
    )
}

proptest! {
    /// The same with any number of bases, any purpose and any day.
    #[test]
    fn the_library_answers_as_the_oracle_for_any_set_of_bases(disclosure in any_disclosure()) {
        let covered = disclosure.on >= Date::ymd(2018, 5, 25);
        let judged = ORACLE.judge(question(&disclosure)).is_some();
        prop_assert_eq!(assess(&disclosure).is_ok(), covered && judged);
        if covered && judged {
            assert_as_the_oracle(&disclosure, &judge(&disclosure));
        }
    }
}
