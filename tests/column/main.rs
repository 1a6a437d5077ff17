//! A column, by every set of instructions, is what `decide` says patient by patient.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

use std::collections::HashSet;

use optout::column::{Counts, IndexError, Judge, Width};
use optout::{
    Bases, Conditions, Date, Identifiability, LengthError, Patient, Purpose, Reason, Ruling,
    Verdict, assess, flow,
};

/// What a sample of disclosures leads to, each verdict and reason of it once.
fn rulings() -> Vec<Ruling> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut add = |disclosure: &optout::Disclosure| {
        let Ok(ruling) = assess(disclosure) else { return };
        let decide = |byte| ruling.decide(Patient::from_byte(byte));
        let table: Vec<_> = (0..=255).map(|byte| decide(byte).reason().number()).collect();
        if seen.insert(table) {
            found.push(ruling);
        }
    };
    for flow in flow::all() {
        let disclosure = flow.disclosure(flow.from);
        add(&disclosure);
        for conditions in [Conditions::PROGRAMME_OPT_OUT, Conditions::LEGITIMATE_RELATIONSHIP] {
            for bases in [Bases::EXPLICIT_CONSENT, Bases::IMPLIED_CONSENT, Bases::COPI_REG_5] {
                for purpose in [disclosure.purpose, Purpose::IndividualCare] {
                    let mut other = disclosure;
                    other.conditions |= conditions;
                    other.bases |= bases;
                    other.purpose = purpose;
                    other.identifiability = Identifiability::Identifiable;
                    add(&other);
                }
            }
        }
    }
    found
}

fn judges(ruling: &Ruling) -> impl Iterator<Item = Judge> {
    Width::ALL.into_iter().filter_map(|width| Judge::with_width(ruling, width))
}

/// A column whose every window of 256 holds every byte, in no order that a fault could follow.
fn column(length: usize) -> Vec<u8> {
    (0..length).map(|i| i.wrapping_mul(167).wrapping_add(i / 256).to_le_bytes()[0]).collect()
}

/// Room before, at an alignment, and after, to see that nothing else is written.
fn aligned<T: Copy>(fill: T) -> Vec<T> {
    vec![fill; 64 + 64 + 257 + 64]
}

/// What `decide` says.
struct Expected {
    verdicts: Vec<Verdict>,
    reasons: Vec<Reason>,
}

impl Expected {
    fn of(ruling: &Ruling, column: &[u8]) -> Self {
        let decisions: Vec<_> =
            column.iter().map(|byte| ruling.decide(Patient::from_byte(*byte))).collect();
        Self {
            verdicts: decisions.iter().map(|decision| decision.verdict()).collect(),
            reasons: decisions.iter().map(|decision| decision.reason()).collect(),
        }
    }

    fn allowed(&self) -> Vec<u32> {
        let each = (0..).zip(&self.verdicts);
        each.filter(|(_, verdict)| **verdict == Verdict::Allow).map(|(i, _)| i).collect()
    }
}

fn check(judge: &Judge, statuses: &[u8], expected: &Expected, place: usize) {
    let length = statuses.len();
    let at = format!("{:?}, {place} + {length}", judge.width());

    let mut bytes = aligned(7_u8);
    judge.verdicts(statuses, &mut bytes[place..place + length]).unwrap();
    for (i, byte) in bytes.iter().enumerate() {
        let inside = i.checked_sub(place).and_then(|i| expected.verdicts.get(i));
        assert_eq!(*byte, inside.map_or(7, |verdict| verdict.number()), "byte {i}, {at}");
    }

    let mut bits = aligned(0xA5_u8);
    judge.bitmap(statuses, &mut bits[place..place + length.div_ceil(8)]).unwrap();
    for (i, byte) in bits.iter().enumerate() {
        let inside = i.checked_sub(place).filter(|i| *i < length.div_ceil(8));
        let bit = |i: usize| expected.verdicts.get(i) == Some(&Verdict::Allow);
        let eight = |i: usize| (0..8).fold(0, |bits, n| bits | u8::from(bit(8 * i + n)) << n);
        assert_eq!(*byte, inside.map_or(0xA5, eight), "byte {i} of the bitmap, {at}");
    }

    let allowed = expected.allowed();
    assert_eq!(judge.allowed(statuses), allowed.len() as u64, "{at}");
    assert_eq!(judge.kept::<_, u32>(statuses).unwrap(), allowed, "{at}");

    let counts = judge.reasons(statuses);
    for reason in Reason::ALL {
        let number = expected.reasons.iter().filter(|other| *other == reason).count();
        assert_eq!(counts.of(*reason), number as u64, "{reason:?}, {at}");
    }
}

#[test]
fn every_instruction_set_of_this_processor_is_tested() {
    let available: Vec<_> = Width::ALL.into_iter().filter(|width| width.is_available()).collect();
    assert_eq!(available[0], Width::Portable);
    assert_eq!(available.last(), Some(&Width::widest()));
    let ruling = rulings().remove(0);
    let widths: Vec<_> = judges(&ruling).map(|judge| judge.width()).collect();
    assert_eq!(widths, available);
    assert_eq!(Judge::new(&ruling).width(), Width::widest());
}

#[test]
fn the_sample_has_every_reason_and_many_shapes() {
    let rulings = rulings();
    assert!(rulings.len() >= 20, "{}", rulings.len());
    let mut counts = Counts::default();
    let mut numbers = HashSet::new();
    for ruling in &rulings {
        let of_this = Judge::new(ruling).reasons(&column(256));
        numbers.insert(of_this.iter().count());
        counts = counts.and(&of_this);
    }
    assert_eq!(counts.patients(), 256 * rulings.len() as u64);
    let missing: Vec<_> = Reason::PRECEDENCE.iter().filter(|r| counts.of(**r) == 0).collect();
    assert!(missing.is_empty(), "{missing:?}");
    // One, two and three bits tell them apart; four are for tables made up in the unit test.
    assert!(numbers.contains(&2) && numbers.contains(&4) && numbers.contains(&8), "{numbers:?}");
}

/// Every alignment and length, for the three rulings with the fewest, middling and most reasons.
#[test]
fn every_alignment_and_length() {
    let mut rulings = rulings();
    rulings.sort_by_key(|ruling| Judge::new(ruling).reasons(&column(256)).iter().count());
    let whole = column(64 + 64 + 257);
    let start = whole.as_ptr().align_offset(64);
    for ruling in [&rulings[0], &rulings[rulings.len() / 2], &rulings[rulings.len() - 1]] {
        for judge in judges(ruling) {
            for alignment in 0..64 {
                for length in 0..=257 {
                    let statuses = &whole[start + alignment..start + alignment + length];
                    check(&judge, statuses, &Expected::of(ruling, statuses), alignment);
                }
            }
        }
    }
}

#[test]
fn every_ruling_decides_all_256_bytes_as_decide_does() {
    let whole = column(64 + 257);
    let start = whole.as_ptr().align_offset(64);
    for ruling in rulings() {
        for judge in judges(&ruling) {
            for alignment in [0, 1, 31, 63] {
                for length in [0, 1, 63, 64, 65, 255, 256, 257] {
                    let statuses = &whole[start..][..length];
                    check(&judge, statuses, &Expected::of(&ruling, statuses), alignment);
                }
            }
        }
    }
}

/// Past the block in which indices are gathered, and in parts.
#[test]
fn a_long_column_in_parts() {
    let whole = column(3 * 2048 + 777);
    for ruling in rulings() {
        let expected = Expected::of(&ruling, &whole);
        for judge in judges(&ruling) {
            assert_eq!(judge.kept::<_, u32>(&whole).unwrap(), expected.allowed());
            let first = u64::from(u32::MAX) - 5;
            let (mut kept, mut counts, mut at) = (Vec::<u64>::new(), Counts::default(), first);
            for part in whole.chunks(1000) {
                judge.append_kept(part, at, &mut kept).unwrap();
                counts = counts.and(&judge.reasons(part));
                at += part.len() as u64;
            }
            let expected: Vec<_> =
                expected.allowed().iter().map(|i| first + u64::from(*i)).collect();
            assert_eq!(kept, expected);
            assert_eq!(counts, judge.reasons(&whole));
            assert_eq!(counts.allowed(), kept.len() as u64);
        }
    }
}

/// A block has up to 64 of a reason, and counts of many blocks are kept together.
#[test]
fn a_long_run_of_one_status_is_counted() {
    let mut rulings = rulings();
    rulings.sort_by_key(|ruling| Judge::new(ruling).reasons(&column(256)).iter().count());
    let ruling = &rulings[rulings.len() - 1];
    for judge in judges(ruling) {
        for byte in (0..=255).step_by(3) {
            let length = 64 * 1100 + 5;
            let counts = judge.reasons(&vec![byte; length]);
            let reason = ruling.decide(Patient::from_byte(byte)).reason();
            let found: Vec<_> = counts.iter().collect();
            assert_eq!(found, [(reason, length as u64)], "{:?}", judge.width());
        }
    }
}

#[test]
fn patients_and_verdicts_are_as_their_bytes() {
    let bytes = column(1000);
    let patients: Vec<_> = bytes.iter().map(|byte| Patient::from_byte(*byte)).collect();
    for ruling in rulings() {
        let expected = Expected::of(&ruling, &bytes);
        for judge in judges(&ruling) {
            let mut verdicts = vec![Verdict::Deny; 1000];
            judge.verdicts(&patients, &mut verdicts).unwrap();
            assert_eq!(verdicts, expected.verdicts);
            let (mut bits, mut same) = (vec![0; 125], vec![0; 125]);
            judge.bitmap(&patients, &mut bits).unwrap();
            judge.bitmap(&bytes, &mut same).unwrap();
            assert_eq!(bits, same);
            assert_eq!(judge.reasons(&patients), judge.reasons(&bytes));
            assert_eq!(judge.allowed(&patients), judge.allowed(&bytes));
            assert_eq!(
                judge.kept::<_, u32>(&patients).unwrap(),
                judge.kept::<_, u32>(&bytes).unwrap()
            );
        }
    }
}

#[test]
fn lengths_that_differ_are_refused_and_leave_denials() {
    let on = Date::ymd(2026, 6, 1);
    let terms = flow::find("section-251-research", on).unwrap().disclosure(on);
    let ruling = assess(&terms).unwrap();
    let patients = column(20);
    for judge in judges(&ruling) {
        for room in [0, 19, 21] {
            let mut bytes = vec![1_u8; room];
            let error = judge.verdicts(&patients, &mut bytes).unwrap_err();
            assert_eq!(error, LengthError { patients: 20, decisions: room });
            assert!(bytes.iter().all(|byte| *byte == 0));
            let mut verdicts = vec![Verdict::Allow; room];
            judge.verdicts(&patients, &mut verdicts).unwrap_err();
            assert!(verdicts.iter().all(|verdict| *verdict == Verdict::Deny));
        }
        for room in [0, 2, 4] {
            let mut bits = vec![0xFF; room];
            let error = judge.bitmap(&patients, &mut bits).unwrap_err();
            assert_eq!(error, LengthError { patients: 20, decisions: 8 * room });
            assert!(bits.iter().all(|byte| *byte == 0));
        }
    }
}

#[test]
fn an_index_that_does_not_fit_is_refused() {
    let on = Date::ymd(2026, 6, 1);
    let terms = flow::find("section-251-research", on).unwrap().disclosure(on);
    let judge = Judge::new(&assess(&terms).unwrap());
    let patients = [Patient::UNKNOWN.with_national(optout::National::None); 3];
    let mut kept = vec![1_u32];
    let last = (1 << 32) - 3;
    let error = judge.append_kept(&patients, last + 1, &mut kept).unwrap_err();
    assert_eq!(error, IndexError { patients: (1 << 32) + 1 });
    assert_eq!(kept, [1]);
    judge.append_kept(&patients, last, &mut kept).unwrap();
    assert_eq!(kept, [1, u32::MAX - 2, u32::MAX - 1, u32::MAX]);
}
