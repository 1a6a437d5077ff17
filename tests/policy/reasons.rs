//! The reasons in the order of their precedence, and what stands behind an answer (specification,
//! section 6).

use optout::binding::{Binding, Effect, MATRIX};
use optout::route::RouteRule;
use optout::{
    Bases, BlockedBy, Citation, Clause, Conditions, Decision, Disclosure, Patient, Reason, Route,
    Verdict, assess,
};

use crate::question::ask;
use crate::space::{at, judge, patients, space};

/// Each line repairs the fault that the line before met, and meets the next: the reason, the others
/// that block with it, and the question. The first patient's byte is made invalid.
#[rustfmt::skip]
const IN_ORDER: [(u8, &str, &[u8], &str); 11] = [
    (2, "invalid-status", &[], "gp-record beyond-controller identifiable research; ; programme-opt-out; every-opt-out"),
    (3, "no-lawful-basis", &[], "gp-record beyond-controller identifiable research; ; programme-opt-out; every-opt-out"),
    (4, "consent-not-recorded", &[], "gp-record beyond-controller identifiable research; explicit-consent; programme-opt-out; every-opt-out"),
    (5, "type1-dissent", &[5, 6, 7], "gp-record beyond-controller identifiable research; explicit-consent copi-reg-5; programme-opt-out; every-opt-out"),
    (6, "national-opt-out", &[6, 7, 9], "gp-record beyond-controller identifiable research; explicit-consent copi-reg-5; programme-opt-out; every-opt-out type1=unknown"),
    (7, "programme-opt-out", &[7, 9, 10], "gp-record beyond-controller identifiable research; explicit-consent copi-reg-5; programme-opt-out; nothing-known programme=opted-out objection"),
    // Type 1 and the national opt-out bind beyond care, an objection binds on care: no disclosure
    // meets both, so the purpose changes for one line.
    (8, "care-objection", &[8, 11], "gp-record beyond-controller identifiable individual-care; explicit-consent implied-consent; programme-opt-out legitimate-relationship; nothing-known objection"),
    (9, "type1-unknown", &[9, 10, 11], "gp-record beyond-controller identifiable research; explicit-consent copi-reg-5; programme-opt-out; nothing-known"),
    (10, "national-unknown", &[10, 11], "gp-record beyond-controller identifiable research; explicit-consent copi-reg-5; programme-opt-out; nothing-known type1=none"),
    (11, "programme-unknown", &[11], "gp-record beyond-controller identifiable research; explicit-consent copi-reg-5; programme-opt-out; nothing-known type1=none national=none"),
    (1, "permitted", &[], "gp-record beyond-controller identifiable research; explicit-consent copi-reg-5; programme-opt-out; no-opt-out"),
];

/// The highest reason that applies is given, and everything that blocks is named.
#[test]
fn each_fault_repaired_meets_the_next_reason() {
    for (number, code, blocked, question) in IN_ORDER {
        let asked = ask(question);
        let mut byte = asked.patient.byte();
        if number == 2 {
            byte |= 0b11;
        }
        let decision = asked.ruling().decide(Patient::from_byte(byte));
        assert_eq!(decision.reason().number(), number, "{question}");
        assert_eq!(decision.reason().code(), code, "{question}");
        assert_eq!(decision.is_allowed(), number == 1, "{question}");
        let bits: u32 = blocked.iter().map(|reason| 1 << reason).sum();
        assert_eq!(decision.blocked_by().bits(), bits, "{question}");
        let named: Vec<u8> = decision.blocked_by().reasons().map(Reason::number).collect();
        assert_eq!(named, blocked, "ascending: {question}");
        assert_eq!(decision.route().map_or(0, Route::number), if number == 1 { 11 } else { 0 });
    }
}

/// The order of precedence, as the library publishes it, is that of the wire numbers.
#[test]
fn precedence_is_the_order_of_the_wire_numbers() {
    let numbers: Vec<u8> = Reason::PRECEDENCE.iter().map(|reason| reason.number()).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
}

/// `not-decided` is memory that was never written, and denies; no decision has it.
#[test]
fn not_decided_is_never_returned() {
    let zero = Decision::NOT_DECIDED;
    assert_eq!((zero.verdict(), zero.reason()), (Verdict::Deny, Reason::NotDecided));
    assert_eq!((zero.route(), zero.blocked_by()), (None, BlockedBy::empty()));
    assert!(!zero.is_allowed());
    for (table, disclosure) in space().different() {
        let said = |decision: &Decision| decision.reason() == Reason::NotDecided;
        assert!(!table.iter().any(said), "{disclosure:?}");
    }
}

fn keys(citations: &[Citation]) -> Vec<Clause> {
    let mut keys = Vec::new();
    for citation in citations {
        if !keys.contains(&citation.clause) {
            keys.push(citation.clause);
        }
    }
    keys
}

/// An allow cites the clauses of its route; a denial those of the bindings that block, of each open
/// route in turn; want of a basis OP8, want of consent RES6, an invalid byte nothing.
#[test]
fn an_answer_cites_the_clauses_behind_it_in_order_of_first_use() {
    for (_, disclosure) in space().different() {
        let ruling = assess(disclosure).expect("a disclosure of the space");
        for byte in 0..=u8::MAX {
            let patient = Patient::from_byte(byte);
            let decision = ruling.decide(patient);
            let blocks = |cell: &&Binding| {
                let serves = cell.route != Route::ExplicitConsent || patient.has_explicit_consent();
                ruling.is_open(cell.route)
                    && serves
                    && cell.effect(disclosure).binds()
                    && decision.blocked_by().intersects(cell.opt_out.reasons())
            };
            let expected = match (decision.route(), decision.reason().number()) {
                (Some(route), _) => keys(RouteRule::of(route).citations),
                (None, 2) => vec![],
                (None, 3) => vec![Clause::Op8],
                (None, 4) => vec![Clause::Res6],
                (None, _) => {
                    let cells = MATRIX.iter().flatten().filter(blocks);
                    let all: Vec<Citation> =
                        cells.flat_map(|cell| cell.citations).copied().collect();
                    keys(&all)
                }
            };
            let clauses = ruling.clauses(patient);
            assert_eq!(clauses.as_slice(), expected, "{disclosure:?} {patient:?}");
            assert_eq!(clauses.as_slice().is_empty(), decision.reason() == Reason::InvalidStatus);
        }
    }
}

/// A denial by an opt-out cites a clause of each opt-out that blocks, written out by hand.
#[test]
#[rustfmt::skip]
fn the_clauses_of_known_answers() {
    use Clause::{Copi, Gmc, Gpg2023, NhsUk, Op5_1, Op6_2, Op8, OsT1, Pod15, Res6, S251};
    let known: [(&str, &[Clause]); 7] = [
        ("gp-record beyond-controller identifiable research; copi-reg-5; ; no-opt-out type1=dissent", &[Pod15, S251]),
        ("gp-record beyond-controller identifiable research; copi-reg-5; ; every-opt-out", &[Pod15, S251, Op5_1]),
        ("gp-record beyond-controller identifiable research; copi-reg-5; ; no-opt-out", &[Op5_1, S251, Copi]),
        ("gp-record beyond-controller identifiable research; statutory-power; ; no-opt-out", &[Op8]),
        ("gp-record beyond-controller identifiable research; explicit-consent; ; no-opt-out", &[Res6]),
        ("gp-record beyond-controller identifiable individual-care; implied-consent; legitimate-relationship; no-opt-out objection", &[Gpg2023, Gmc]),
        ("gp-record beyond-controller identifiable public-health; copi-reg-3; type1-upheld national-voluntary; every-opt-out", &[OsT1, Op6_2]),
    ];
    for (question, clauses) in known {
        let asked = ask(question);
        assert_eq!(asked.ruling().clauses(asked.patient).as_slice(), clauses, "{question}");
    }
    let court = ask("gp-record beyond-controller identifiable insurance; court-order; ; every-opt-out");
    assert_eq!(court.ruling().clauses(court.patient).as_slice(), [NhsUk]);
}

/// The evidence of an allow is among what was relied on and asserted, is only of the kinds that need
/// it, and the allow stands on it: without those bases another route or none permits, and without
/// that assertion an opt-out binds on the route (section 2).
#[test]
fn the_evidence_of_an_allow_is_what_it_rests_on() {
    let needing = Conditions::NATIONAL_DISAPPLIED | Conditions::TYPE1_NOT_UPHELD;
    for (table, disclosure) in space().different() {
        let ruling = assess(disclosure).expect("a disclosure of the space");
        for patient in patients() {
            let decision = at(table, *patient);
            let (bases, conditions) = ruling.evidence(*patient);
            let Some(route) = decision.route() else {
                assert!(bases.is_empty() && conditions.is_empty(), "a denial rests on nothing");
                continue;
            };
            assert!(disclosure.bases.contains(bases) && disclosure.conditions.contains(conditions));
            assert_eq!(bases.bits() & !0b11_1111_1000, 0, "bits 3 to 9: {disclosure:?}");
            assert!(needing.contains(conditions), "{disclosure:?}");
            let without = Disclosure { bases: disclosure.bases - bases, ..*disclosure };
            let other = at(&judge(&without), *patient).route();
            assert_eq!(other == Some(route), bases.is_empty(), "{disclosure:?} {patient:?}");
            for condition in conditions.iter() {
                let conditions = disclosure.conditions - condition;
                let without = Disclosure { conditions, ..*disclosure };
                let binds = |cell: &Binding| cell.effect(&without).binds();
                let bound = Binding::of(route).iter().filter(|cell| binds(cell)).count();
                let lifted = Binding::of(route).iter().any(|cell| {
                    cell.effect(disclosure) == Effect::LiftedBy(condition) && binds(cell)
                });
                assert!(bound > 0 && lifted, "{condition:?}: {disclosure:?}");
            }
        }
    }
}

/// Each basis of bits 3 to 9 is reported as needing evidence where it alone permits, no other is.
#[test]
fn each_basis_of_bits_3_to_9_needs_evidence() {
    for (bit, (basis, code, _)) in Bases::TABLE.iter().enumerate() {
        let evidence = ["individual-care", "research"].map(|purpose| {
            let facts = format!("england-care beyond-controller identifiable {purpose}");
            let asked =
                ask(&format!("{facts}; {code}; legitimate-relationship; no-opt-out consent"));
            asked.ruling().evidence(asked.patient).0
        });
        let expected = if (3..=9).contains(&bit) { *basis } else { Bases::empty() };
        assert_eq!(evidence[0] | evidence[1], expected, "{code}");
    }
    let lifted = ask(
        "gp-record beyond-controller identifiable planning; s259-collection; type1-not-upheld national-disapplied; every-opt-out",
    );
    let evidence = lifted.ruling().evidence(lifted.patient);
    assert_eq!(evidence, (Bases::S259_COLLECTION, Conditions::TYPE1_NOT_UPHELD));
}
