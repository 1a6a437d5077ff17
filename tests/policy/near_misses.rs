//! Each exemption beside the near miss that must fail: two questions that differ in one fact, written
//! as `question.rs` reads them.

mod bindings;
mod routes;

use optout::binding::{MATRIX, OptOut, Rule, ScopeLimit, out_of_scope};
use optout::{Decision, Patient, Reason, Route};

use crate::question::{Asked, ask};

/// An exemption and its near miss.
pub struct Pair {
    name: &'static str,
    route: &'static str,
    exempt: &'static str,
    reason: &'static str,
    miss: &'static str,
}

/// The pairs of a file, each a test of its own.
macro_rules! near_misses {
    ($($(#[$meta:meta])+ fn $name:ident() {
        allows $route:literal: $exempt:literal;
        denies $reason:literal: $miss:literal;
    })+) => {
        pub const PAIRS: &[Pair] = &[$(Pair {
            name: stringify!($name),
            route: $route,
            exempt: $exempt,
            reason: $reason,
            miss: $miss,
        }),+];
        $($(#[$meta])+ fn $name() { check(PAIRS, stringify!($name)); })+
    };
}
use near_misses;

fn check(pairs: &[Pair], name: &str) {
    let pair = pairs.iter().find(|pair| pair.name == name).expect("a pair of this name");
    let decision = ask(pair.exempt).decision();
    let route = decision.route().map(Route::code);
    assert_eq!(route, Some(pair.route), "{decision:?}: {}", pair.exempt);
    let decision = ask(pair.miss).decision();
    assert!(!decision.is_allowed(), "{decision:?}: {}", pair.miss);
    assert_eq!(decision.reason().code(), pair.reason, "{}", pair.miss);
}

fn pairs() -> impl Iterator<Item = &'static Pair> {
    routes::PAIRS.iter().chain(bindings::PAIRS)
}

/// How many facts of two questions differ; a basis exchanged for another is one.
fn differences(one: &Asked, other: &Asked) -> u32 {
    let (a, b) = (&one.disclosure, &other.disclosure);
    let bases = (a.bases ^ b.bases).bits().count_ones();
    let exchanged = a.bases.bits().count_ones() == b.bases.bits().count_ones();
    let (p, q) = (one.patient, other.patient);
    u32::from(a.origin != b.origin)
        + u32::from(a.boundary != b.boundary)
        + u32::from(a.identifiability != b.identifiability)
        + u32::from(a.purpose != b.purpose)
        + if exchanged { bases / 2 } else { bases }
        + (a.conditions ^ b.conditions).bits().count_ones()
        + u32::from(p.type1() != q.type1())
        + u32::from(p.national() != q.national())
        + u32::from(p.programme() != q.programme())
        + u32::from(p.has_explicit_consent() != q.has_explicit_consent())
        + u32::from(p.has_care_objection() != q.has_care_objection())
}

/// A near miss is near: one fact away from what is allowed.
#[test]
fn the_two_questions_of_a_pair_differ_in_one_fact() {
    for pair in pairs() {
        assert_eq!(differences(&ask(pair.exempt), &ask(pair.miss)), 1, "{}", pair.name);
    }
}

/// Whether this patient has recorded the opt-out.
fn has_recorded(patient: Patient, opt_out: OptOut) -> bool {
    use optout::{National, Programme, Type1};
    match opt_out {
        OptOut::Type1 => patient.type1() == Some(Type1::Dissent),
        OptOut::National => patient.national() == National::OptedOut,
        OptOut::Programme => patient.programme() == Some(Programme::OptedOut),
        OptOut::CareObjection => patient.has_care_objection(),
    }
}

/// Every opt-out that a route can be free of is seen recorded, and passed over, on that route; every
/// opt-out that a route heeds, by itself or by an assertion, is seen to deny there.
#[test]
fn every_cell_of_the_matrix_has_its_pair() {
    for cell in MATRIX.iter().flatten() {
        let free = cell.rule != Rule::Binds;
        let freed = pairs().map(|pair| ask(pair.exempt)).any(|asked| {
            asked.decision().route() == Some(cell.route)
                && has_recorded(asked.patient, cell.opt_out)
        });
        assert!(freed || !free, "{:?} on {:?}: no exemption", cell.opt_out, cell.route);
        let heeded = pairs().map(|pair| ask(pair.miss)).any(|asked| {
            asked.ruling().is_open(cell.route)
                && cell.effect(&asked.disclosure).binds()
                && asked.decision().blocked_by().intersects(cell.opt_out.reasons())
        });
        assert!(
            heeded || matches!(cell.rule, Rule::Never | Rule::Outside),
            "{:?} on {:?}",
            cell.opt_out,
            cell.route
        );
    }
}

/// Every limit of scope is seen to let a recorded opt-out pass.
#[test]
fn every_limit_of_scope_has_its_pair() {
    for (opt_out, limit) in [
        (OptOut::Type1, ScopeLimit::Origin),
        (OptOut::Type1, ScopeLimit::Boundary),
        (OptOut::Type1, ScopeLimit::Class),
        (OptOut::National, ScopeLimit::Origin),
        (OptOut::National, ScopeLimit::Class),
        (OptOut::National, ScopeLimit::Identifiability),
        (OptOut::Programme, ScopeLimit::NoProgramme),
    ] {
        let passes = pairs().map(|pair| ask(pair.exempt)).any(|asked| {
            has_recorded(asked.patient, opt_out)
                && out_of_scope(opt_out, &asked.disclosure) == Some(limit)
        });
        assert!(passes, "{opt_out:?}: {limit:?}");
    }
}

/// Every reason for which a near miss can be denied is met by one.
#[test]
fn the_near_misses_meet_the_reasons() {
    let met = |reason: &Reason| {
        pairs().map(|pair| ask(pair.miss).decision()).any(|decision| decision.reason() == *reason)
    };
    let unmet: Vec<_> = Reason::PRECEDENCE.iter().filter(|reason| !met(reason)).collect();
    assert_eq!(unmet, [&Reason::Permitted, &Reason::InvalidStatus]);
}

/// A byte with one invalid field beside the same byte with a valid one (section 3).
#[test]
fn a_valid_byte_and_an_invalid_one() {
    let asked = ask("gp-record beyond-controller anonymous research; ; ; no-opt-out");
    let ruling = asked.ruling();
    let byte = asked.patient.byte();
    assert_eq!(byte, 0b01_01_01);
    let said = |byte: u8| -> Decision { ruling.decide(Patient::from_byte(byte)) };
    assert!(said(byte).is_allowed());
    for invalid in [byte | 0b11, byte | 0b11 << 4] {
        assert_eq!(said(invalid).reason(), Reason::InvalidStatus);
    }
    // The national field has four values: none of them is invalid.
    assert!(said(byte | 0b11 << 2).is_allowed());
}
