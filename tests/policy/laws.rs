//! The twelve laws (specification, section 7), each over the whole space of disclosures and of
//! patients. A law is stated in the words of the vocabulary, by comparing neighbours, and never by
//! working out again what the library works out.

use std::sync::LazyLock;

use optout::{
    Bases, Boundary, Conditions, Decision, Disclosure, National, Origin, Patient, Programme,
    PurposeClass, Reason, Type1, Verdict, assess,
};

use crate::space::{Table, at, patients, space};

/// The patient who would allow whatever may be allowed: no opt-out, no objection, consent given.
const WILLING: Patient = Patient::UNKNOWN
    .with_type1(Type1::None)
    .with_national(National::None)
    .with_programme(Programme::None)
    .with_explicit_consent();

const SECTION_251: Bases = Bases::COPI_REG_2.union(Bases::COPI_REG_5);

/// Where not even a patient without any opt-out who consents is allowed, no route is open, and then
/// nobody is allowed, for want of a basis; no one else is ever denied for that (law 1, OP8).
#[test]
fn no_open_route_no_disclosure_whatever_the_patient_recorded() {
    let is_closed = |table: &Table| !at(table, WILLING).is_allowed();
    for (table, disclosure) in space().different() {
        let closed = is_closed(table);
        for patient in patients() {
            let decision = at(table, *patient);
            assert_eq!(decision.reason() == Reason::NoLawfulBasis, closed, "{disclosure:?}");
            assert!(!(closed && decision.is_allowed()), "{disclosure:?} {patient:?}");
        }
    }
    let on_nothing = space().tables_where(|disclosure| {
        disclosure.identifiability == optout::Identifiability::Identifiable
            && Bases::STATUTORY_POWER.contains(disclosure.bases)
    });
    for (table, disclosure) in on_nothing {
        assert!(is_closed(table), "nothing is relied on: {disclosure:?}");
    }
}

/// For a purpose of care, two patients who differ only in Type 1 and in the national opt-out get the
/// same decision (law 2, POD15 and NHSUK).
#[test]
fn type1_and_the_national_opt_out_never_deny_a_care_purpose() {
    let care = |disclosure: &Disclosure| disclosure.purpose.class() == PurposeClass::Care;
    for (table, disclosure) in space().tables_where(care) {
        for patient in patients() {
            let neither = patient.with_type1(Type1::None).with_national(National::None);
            assert_eq!(at(table, *patient), at(table, neither), "{disclosure:?} {patient:?}");
        }
    }
}

/// Patients, the second of whom has recorded an opt-out more than the first, or of whom less is
/// known; all else is alike.
fn worsened() -> &'static [(Patient, Patient)] {
    static WORSENED: LazyLock<Vec<(Patient, Patient)>> = LazyLock::new(|| {
        let mut pairs = Vec::new();
        for patient in patients() {
            for (better, worse) in [
                (Type1::None, Type1::Unknown),
                (Type1::None, Type1::Dissent),
                (Type1::Unknown, Type1::Dissent),
                (Type1::Dissent, Type1::Unknown),
            ] {
                pairs.push((patient.with_type1(better), patient.with_type1(worse)));
            }
            for (better, worse) in [
                (National::None, National::Unknown),
                (National::None, National::OptedOut),
                (National::NoNhsNumber, National::Unknown),
                (National::NoNhsNumber, National::OptedOut),
                (National::Unknown, National::OptedOut),
                (National::OptedOut, National::Unknown),
            ] {
                pairs.push((patient.with_national(better), patient.with_national(worse)));
            }
            for (better, worse) in [
                (Programme::None, Programme::Unknown),
                (Programme::None, Programme::OptedOut),
                (Programme::Unknown, Programme::OptedOut),
                (Programme::OptedOut, Programme::Unknown),
            ] {
                pairs.push((patient.with_programme(better), patient.with_programme(worse)));
            }
            pairs.push((patient.without_care_objection(), patient.with_care_objection()));
        }
        pairs
    });
    &WORSENED
}

/// Of two patients, one of whom has recorded an opt-out more or is known less well, that one is
/// never allowed what the other is denied (law 3, section 1).
#[test]
fn recording_an_opt_out_or_losing_knowledge_never_turns_deny_into_allow() {
    for (table, disclosure) in space().different() {
        for (better, worse) in worsened() {
            let gained = at(table, *worse).is_allowed() && !at(table, *better).is_allowed();
            assert!(!gained, "{disclosure:?}: {better:?} then {worse:?}");
        }
    }
}

/// Unless the data come from a GP record and serve someone beyond the practice, patients who differ
/// only in Type 1 get the same decision (law 4, POD15).
#[test]
fn type1_has_no_effect_unless_gp_data_serve_someone_beyond_the_practice() {
    let elsewhere = |disclosure: &Disclosure| {
        disclosure.origin != Origin::GpRecord || disclosure.boundary != Boundary::BeyondController
    };
    for (table, disclosure) in space().tables_where(elsewhere) {
        for patient in patients() {
            let none = patient.with_type1(Type1::None);
            assert_eq!(at(table, *patient), at(table, none), "{disclosure:?} {patient:?}");
        }
    }
}

/// Without section 251 support, or where it is disapplied for the flow, patients who differ only in
/// the national opt-out get the same decision on identifiable data, unless the organisation applies
/// it voluntarily (law 5, OP5.1).
#[test]
fn the_national_opt_out_has_no_effect_unless_section_251_is_relied_on_or_it_is_voluntary() {
    let unaffected = |disclosure: &Disclosure| {
        let identifiable = disclosure.identifiability == optout::Identifiability::Identifiable;
        let without_251 = identifiable && !disclosure.bases.intersects(SECTION_251);
        let disapplied = disclosure.conditions.contains(Conditions::NATIONAL_DISAPPLIED);
        let voluntary = disclosure.conditions.contains(Conditions::NATIONAL_VOLUNTARY);
        (without_251 || disapplied) && !voluntary
    };
    for (table, disclosure) in space().tables_where(unaffected) {
        for patient in patients() {
            let none = patient.with_national(National::None);
            assert_eq!(at(table, *patient), at(table, none), "{disclosure:?} {patient:?}");
        }
    }
}

/// The same disclosure with a condition more, where that is no contradiction.
fn adding(condition: Conditions) -> impl Fn(&Disclosure) -> Option<Disclosure> + Sync {
    move |disclosure| {
        let conditions = disclosure.conditions | condition;
        let more = Disclosure { conditions, ..*disclosure };
        space().has_conditions(conditions).then_some(more)
    }
}

/// The same disclosure with a basis more, where that is no contradiction.
fn relying_on(more: Bases) -> impl Fn(&Disclosure) -> Option<Disclosure> + Sync {
    move |disclosure| {
        let bases = disclosure.bases | more;
        space().has_bases(bases).then_some(Disclosure { bases, ..*disclosure })
    }
}

const TYPE1_BITS: u32 = 1 << 5 | 1 << 9;
const NATIONAL_BITS: u32 = 1 << 6 | 1 << 10;

/// What switches one opt-out on or off leaves every patient alone whom that opt-out does not block,
/// and so cannot touch the other; and of a patient who is denied, what each of the two blocks stays
/// the same when the other is withdrawn (law 6, section 5).
///
/// If a switch of the national opt-out moved Type 1, it would show in a patient with a dissent and
/// no national opt-out. If Type 1 blocked only together with the national opt-out, or only without
/// it, its bits would change when the national one is withdrawn.
#[test]
fn type1_and_the_national_opt_out_are_independent() {
    let space = space();
    let without_national =
        |patient: &&Patient| matches!(patient.national(), National::None | National::NoNhsNumber);
    let without_type1 = |patient: &&Patient| patient.type1() == Some(Type1::None);
    for switch in [Conditions::NATIONAL_DISAPPLIED, Conditions::NATIONAL_VOLUNTARY] {
        for (table, switched, disclosure) in space.pairs(adding(switch)) {
            for patient in patients().iter().filter(without_national) {
                let (before, after) = (at(table, *patient), at(switched, *patient));
                assert_eq!(before, after, "{disclosure:?} {switch:?}");
            }
        }
    }
    for switch in [Conditions::TYPE1_NOT_UPHELD, Conditions::TYPE1_UPHELD] {
        for (table, switched, disclosure) in space.pairs(adding(switch)) {
            for patient in patients().iter().filter(without_type1) {
                let (before, after) = (at(table, *patient), at(switched, *patient));
                assert_eq!(before, after, "{disclosure:?} {switch:?}");
            }
        }
    }
    for (table, disclosure) in space.different() {
        for patient in patients() {
            let both = at(table, *patient);
            let type1_alone = at(table, patient.with_national(National::None));
            let national_alone = at(table, patient.with_type1(Type1::None));
            for (alone, bits) in [(type1_alone, TYPE1_BITS), (national_alone, NATIONAL_BITS)] {
                if !alone.is_allowed() {
                    let (alone, both) = (alone.blocked_by().bits(), both.blocked_by().bits());
                    assert_eq!(alone & bits, both & bits, "{disclosure:?} {patient:?}");
                }
            }
        }
    }
}

/// A patient who has consented to this use is allowed where consent is relied on, whatever else is
/// recorded; and consent is nothing where it is not relied on (law 7, RES6 and RCGP).
///
/// A byte has no order of time: whichever came first, the byte is the same.
#[test]
fn consent_to_this_use_where_it_is_relied_on_defeats_both_whichever_came_first() {
    let relied_on = |disclosure: &Disclosure| disclosure.bases.contains(Bases::EXPLICIT_CONSENT);
    for (table, disclosure) in space().tables_where(relied_on) {
        for patient in patients() {
            let consenting = at(table, patient.with_explicit_consent());
            assert!(consenting.is_allowed(), "{disclosure:?} {patient:?}");
        }
    }
    for (table, disclosure) in space().tables_where(|disclosure| !relied_on(disclosure)) {
        for patient in patients() {
            let consenting = at(table, patient.with_explicit_consent());
            let without = at(table, patient.without_explicit_consent());
            assert_eq!(consenting, without, "{disclosure:?} {patient:?}");
        }
    }
}

/// Whether no patient whom the first table allows is denied by the second.
fn keeps_what_is_allowed(before: &'static Table, after: &'static Table) -> bool {
    let mut pairs = before.iter().zip(after);
    std::ptr::eq(before, after)
        || pairs.all(|(before, after)| after.is_allowed() || !before.is_allowed())
}

/// A basis more never turns allow into deny; a promise to honour an opt-out never turns deny into
/// allow; a lift of one, or a legitimate relationship, never turns allow into deny (law 8, section 1).
#[test]
fn adding_a_basis_or_an_assertion_moves_verdicts_in_one_direction_only() {
    let space = space();
    for basis in Bases::all().iter() {
        for (table, more, disclosure) in space.pairs(relying_on(basis)) {
            assert!(keeps_what_is_allowed(table, more), "{basis:?} added: {disclosure:?}");
        }
    }
    for (condition, only_denies) in [
        (Conditions::NATIONAL_VOLUNTARY, true),
        (Conditions::TYPE1_UPHELD, true),
        (Conditions::PROGRAMME_OPT_OUT, true),
        (Conditions::NATIONAL_DISAPPLIED, false),
        (Conditions::TYPE1_NOT_UPHELD, false),
        (Conditions::LEGITIMATE_RELATIONSHIP, false),
    ] {
        for (table, more, disclosure) in space.pairs(adding(condition)) {
            let (before, after) = if only_denies { (more, table) } else { (table, more) };
            let kept = keeps_what_is_allowed(before, after);
            assert!(kept, "{condition:?} added: {disclosure:?}");
        }
    }
}

/// Reasons 9 to 11, not known, at the places of reasons 5 to 7, recorded.
fn as_if_recorded(decision: Decision) -> u32 {
    let bits = decision.blocked_by().bits();
    bits & 0b1_1110_0000 | bits >> 4 & 0b1110_0000
}

/// A patient of whom a status is not known is blocked exactly where the same patient, opted out,
/// would be (law 9, section 1).
#[test]
fn unknown_blocks_exactly_where_opted_out_would() {
    for (table, disclosure) in space().different() {
        for patient in patients() {
            for (unknown, opted_out) in [
                (patient.with_type1(Type1::Unknown), patient.with_type1(Type1::Dissent)),
                (
                    patient.with_national(National::Unknown),
                    patient.with_national(National::OptedOut),
                ),
                (
                    patient.with_programme(Programme::Unknown),
                    patient.with_programme(Programme::OptedOut),
                ),
            ] {
                let (unknown, opted_out) = (at(table, unknown), at(table, opted_out));
                assert_eq!(unknown.verdict(), opted_out.verdict(), "{disclosure:?} {patient:?}");
                assert_eq!(unknown.route(), opted_out.route(), "{disclosure:?} {patient:?}");
                assert_eq!(as_if_recorded(unknown), as_if_recorded(opted_out), "{disclosure:?}");
            }
        }
    }
}

/// Relying on a mere power to disclose, alone or beside a basis, leaves every decision as it was
/// (law 10, section 2).
#[test]
fn a_statutory_power_changes_no_verdict() {
    for (table, more, disclosure) in space().pairs(relying_on(Bases::STATUTORY_POWER)) {
        assert!(table == more, "{disclosure:?}");
    }
}

/// The patients of a batch: every byte, four times over, in an order that is none, after this one.
fn batch(first: u8) -> Vec<Patient> {
    let shuffled = (0..4).flat_map(|turn| (0..=u8::MAX).map(move |byte| (turn, byte)));
    let bytes = shuffled.map(|(turn, byte)| byte.wrapping_mul(77) ^ (turn * 9) ^ first);
    bytes.map(Patient::from_byte).collect()
}

/// Each row of a batch gets the decision, and the verdict, that it gets alone, in its place, whether
/// a patient without any opt-out who consents, one with every opt-out, one unknown or one invalid
/// goes before, for every ruling that differs from another (law 11, RES6).
#[test]
fn a_batch_decides_every_row_as_if_it_were_alone() {
    for rows in [0b0101_0101, 0b1010_1010, 0, 0xff].map(batch) {
        assert!((0..=u8::MAX).all(|byte| rows.contains(&Patient::from_byte(byte))));
        for (table, disclosure) in space().different() {
            let ruling = assess(disclosure).expect("a disclosure of the space");
            // What stood in memory before must not matter: here, whatever the table begins with.
            let mut decisions = vec![table[0]; rows.len()];
            let mut verdicts = vec![Verdict::Allow; rows.len()];
            ruling.decide_many(&rows, &mut decisions).expect("one length");
            ruling.verdicts(&rows, &mut verdicts).expect("one length");
            for (row, patient) in rows.iter().enumerate() {
                let alone = at(table, *patient);
                assert_eq!(decisions[row], alone, "row {row}: {disclosure:?}");
                assert_eq!(verdicts[row], alone.verdict(), "row {row}: {disclosure:?}");
            }
        }
    }
}

/// The same question gets the same ruling again, on another thread, and after other questions (law
/// 12, section 7); the matrix in `tests/expected` says the same of another process.
#[test]
fn the_same_question_always_gets_the_same_answer() {
    let ask = || -> Vec<_> {
        let questions = space().different().iter();
        questions.map(|(table, disclosure)| (*table, assess(disclosure))).collect()
    };
    let (first, second) = (ask(), ask());
    let other = std::thread::spawn(ask).join().expect("answers of another thread");
    for ((one, two), three) in first.iter().zip(&second).zip(&other) {
        let ruling = one.1.as_ref().expect("a disclosure of the space");
        assert!(one == two && two == three, "{ruling:?}");
        for (byte, decision) in (0..=u8::MAX).zip(one.0) {
            assert_eq!(ruling.decide(Patient::from_byte(byte)), *decision, "{ruling:?}");
        }
    }
}
