//! The register: three answers, an age, and a file that is whole or refused.

use optout::record::register::{
    Answer, BuildError, Builder, Digest, Freshness, LengthError, MaxAge, OpenError, Register,
    RegisterError, Sources,
};
use optout::record::{Existing, NhsNumber};
use optout::{Date, National};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const CHECKED: Date = Date::ymd(2026, 6, 1);

fn sources() -> Sources {
    Sources { request: Digest::of(b"request"), response: Digest::of(b"response") }
}

pub(crate) fn numbers(from: u32, count: usize, step: usize) -> Vec<NhsNumber> {
    (from..).step_by(step).filter_map(NhsNumber::from_first_nine).take(count).collect()
}

pub(crate) fn build(asked: &[NhsNumber], answered: &[NhsNumber]) -> Register {
    let mut builder = Builder::new();
    for number in asked {
        builder.ask(*number);
    }
    for number in answered {
        assert_ne!(builder.answer(*number), Answer::NotAsked);
    }
    builder.finish(CHECKED, sources()).unwrap()
}

pub(crate) fn reopened(register: &Register) -> Register {
    Register::read(register.as_bytes(), 0).unwrap()
}

#[test]
fn three_answers() {
    let [asked, others] = [numbers(400_000_000, 1000, 7), numbers(400_000_001, 1000, 7)];
    let (clear, opted_out) = asked.split_at(940);
    let built = build(&asked, clear);
    for register in [built.clone(), reopened(&built)] {
        assert_eq!((register.asked(), register.opted_out()), (1000, 60));
        assert_eq!(register.checked(), CHECKED);
        assert_eq!(register.sources(), sources());
        assert_eq!(register.digest(), built.digest());
        let view = register.at(CHECKED, MaxAge::days(0));
        assert!(clear.iter().all(|number| view.status(*number) == National::None));
        assert!(opted_out.iter().all(|number| view.status(*number) == National::OptedOut));
        assert!(others.iter().all(|number| view.status(*number) == National::Unknown));
        let far = NhsNumber::from_first_nine(700_000_000).unwrap();
        assert_eq!(view.status(far), National::Unknown);
    }
}

#[test]
fn the_age_must_be_given_and_is_kept() {
    let asked = numbers(600_000_000, 2, 1);
    let register = build(&asked, &asked[..1]);
    let known = [National::None, National::OptedOut];
    let unknown = [National::Unknown; 2];
    let day = |day| Date::ymd(2026, 6, day);
    for (on, max_age, freshness, expected) in [
        (day(1), 0, Freshness::Fresh { age_days: 0 }, known),
        (day(22), 21, Freshness::Fresh { age_days: 21 }, known),
        (day(23), 21, Freshness::TooOld { age_days: 22, max_age: MaxAge::days(21) }, unknown),
        (day(2), 0, Freshness::TooOld { age_days: 1, max_age: MaxAge::days(0) }, unknown),
        (Date::ymd(2026, 5, 31), 21, Freshness::CheckedLater { checked: CHECKED }, unknown),
        (Date::ymd(2018, 5, 25), u16::MAX, Freshness::CheckedLater { checked: CHECKED }, unknown),
        (
            Date::ymd(9999, 12, 31),
            u16::MAX,
            Freshness::TooOld { age_days: 2_912_291, max_age: MaxAge::days(u16::MAX) },
            unknown,
        ),
    ] {
        let view = register.at(on, MaxAge::days(max_age));
        assert_eq!(view.freshness(), freshness);
        assert_eq!([0, 1].map(|i| view.status(asked[i])), expected, "{on}");
        let mut many = [National::None; 3];
        view.status_many(&[Some(asked[0]), Some(asked[1]), None], &mut many).unwrap();
        assert_eq!(many, [expected[0], expected[1], National::Unknown]);
    }
    assert!(!MaxAge::days(21).is_over_21_days() && MaxAge::days(22).is_over_21_days());
}

#[test]
fn a_superset_response_is_rejected_whole() {
    let asked = numbers(400_000_000, 10, 1);
    let stranger = NhsNumber::from_first_nine(400_000_500).unwrap();
    let far = NhsNumber::from_first_nine(700_000_000).unwrap();
    for unasked in [stranger, far] {
        let mut builder = Builder::new();
        for number in &asked {
            builder.ask(*number);
        }
        assert_eq!(builder.answer(asked[0]), Answer::Clear);
        assert_eq!(builder.answer(unasked), Answer::NotAsked);
        assert_eq!(builder.answer(asked[1]), Answer::Clear);
        // Asking afterwards does not mend it.
        builder.ask(unasked);
        let error = builder.finish(CHECKED, sources()).unwrap_err();
        assert_eq!(error, BuildError::NotAsked { count: 1 });
    }
}

#[test]
fn repeats_and_order_change_nothing() {
    let asked = numbers(399_990_000, 3000, 11);
    let clear: Vec<_> = asked.iter().copied().filter(|n| n.first_nine() % 13 != 0).collect();
    let once = build(&asked, &clear);
    let backwards: Vec<_> = asked.iter().rev().chain(&asked).copied().collect();
    let twice = build(&backwards, &[clear.clone(), clear].concat());
    assert_eq!(once.as_bytes(), twice.as_bytes());
    let mut builder = Builder::new();
    assert!(builder.ask(asked[0]));
    assert!(!builder.ask(asked[0]));
    assert_eq!(builder.answer(asked[0]), Answer::Clear);
    assert_eq!(builder.answer(asked[0]), Answer::Repeated);
    assert!(!builder.ask(asked[0]));
    assert_eq!((builder.asked(), builder.answered()), (1, 1));
}

#[test]
fn nobody_asked_is_no_register() {
    let error = Builder::new().finish(CHECKED, sources()).unwrap_err();
    assert_eq!(error, BuildError::NothingAsked);
}

#[test]
fn slices_of_two_lengths_leave_nothing_known() {
    let asked = numbers(400_000_000, 3, 1);
    let register = build(&asked, &asked);
    let view = register.at(CHECKED, MaxAge::days(1));
    let mut statuses = [National::None; 2];
    let error = view.status_many(&[Some(asked[0]); 3], &mut statuses).unwrap_err();
    assert_eq!(error, LengthError { numbers: 3, statuses: 2 });
    assert_eq!(statuses, [National::Unknown; 2]);
}

#[test]
fn cut_short_or_lengthened_is_refused() {
    let asked = numbers(400_000_000, 40, 3);
    let register = build(&asked, &asked[..20]);
    let whole = register.as_bytes();
    assert_eq!(whole.len(), 4096 + 4096 + 128 * 21 + 32);
    for length in 0..whole.len() {
        assert!(Register::read(&whole[..length], 0).is_err(), "{length}");
    }
    for extra in [1, 31, 32, 4095, 4096, 4128] {
        let longer = [whole, &vec![0; extra]].concat();
        assert!(Register::read(&longer[..], 0).is_err(), "{extra}");
    }
    assert!(Register::read(&[whole, whole].concat()[..], 0).is_err());
}

#[test]
fn any_byte_altered_is_refused() {
    let asked = numbers(400_000_000, 40, 3);
    let whole = build(&asked, &asked[..20]).as_bytes().to_vec();
    for place in 0..whole.len() {
        for flip in [0x01, 0x80, 0xFF] {
            let mut altered = whole.clone();
            altered[place] ^= flip;
            assert!(Register::read(&altered[..], 0).is_err(), "{place}");
        }
    }
}

#[test]
fn what_is_wrong_is_named() {
    let asked = numbers(400_000_000, 40, 3);
    let whole = build(&asked, &asked).as_bytes().to_vec();
    let refuse = |bytes: &[u8]| match Register::read(bytes, 0) {
        Err(OpenError::Register(error)) => error,
        other => panic!("{other:?}"),
    };
    let with = |place: usize, bytes: &[u8]| {
        let mut altered = whole.clone();
        altered[place..place + bytes.len()].copy_from_slice(bytes);
        altered
    };
    // The same, with the digest made right again.
    let sealed = |place, bytes: &[u8]| {
        let mut altered = with(place, bytes);
        let end = altered.len() - 32;
        let digest = Digest::of(&altered[..end]);
        altered[end..].copy_from_slice(&digest.0);
        altered
    };
    assert_eq!(refuse(b""), RegisterError::NotARegister);
    assert_eq!(refuse(b"9434765919,\n"), RegisterError::NotARegister);
    assert_eq!(refuse(&with(8, &2_u32.to_le_bytes())), RegisterError::Version { found: 2 });
    assert_eq!(refuse(&whole[..5000]), RegisterError::Length);
    assert_eq!(refuse(&with(5000, &[1])), RegisterError::Digest);
    assert_eq!(refuse(&sealed(12, &20_260_231_u32.to_le_bytes())), RegisterError::Contradiction);
    assert_eq!(refuse(&sealed(24, &41_u64.to_le_bytes())), RegisterError::Contradiction);
    assert_eq!(refuse(&sealed(100, &30_518_u16.to_le_bytes())), RegisterError::Contradiction);
}

#[test]
fn every_part_of_the_range_is_kept() {
    let asked: Vec<_> = (0..1_000_000_000)
        .step_by(9_999_991)
        .filter_map(|first| (first..).find_map(NhsNumber::from_first_nine))
        .chain((999_999_000..=999_999_999).filter_map(NhsNumber::from_first_nine))
        .collect();
    let (clear, opted_out) = asked.split_at(asked.len() / 2);
    let register = reopened(&build(&asked, clear));
    let view = register.at(CHECKED, MaxAge::days(1));
    assert!(clear.iter().all(|number| view.status(*number) == National::None));
    assert!(opted_out.iter().all(|number| view.status(*number) == National::OptedOut));
    assert!(register.memory() as u64 <= register.numbers_in_pages() / 4 + 730_000);
}

#[test]
fn many_opted_out_in_a_page_are_kept_too() {
    let start = 12_300 * 32_768;
    for opted_out in [0, 1, 14, 15, 16, 29, 30, 31, 32, 255, 3839, 20_000] {
        let asked = numbers(start, 29_000, 1);
        assert!(asked.last().unwrap().first_nine() < start + 32_768, "one page");
        let (left, clear) = asked.split_at(opted_out);
        let register = reopened(&build(&asked, clear));
        let view = register.at(CHECKED, MaxAge::days(1));
        assert_eq!(register.opted_out(), left.len() as u64);
        assert!(clear.iter().all(|number| view.status(*number) == National::None));
        assert!(left.iter().all(|number| view.status(*number) == National::OptedOut));
        assert!(register.as_bytes().len() <= 3 * 4096 + 32, "two bits a number at most");
        let next = numbers(start + 32_768, 300, 1);
        assert!(next.iter().all(|number| view.status(*number) == National::Unknown));
    }
}

#[test]
fn a_file_is_whole_private_and_not_overwritten_unasked() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("check.register");
    let asked = numbers(400_000_000, 40, 3);
    let [first, second] = [build(&asked, &asked), build(&asked, &asked[1..])];
    first.write(&path, Existing::Refuse).unwrap();
    assert_eq!(Register::open(&path).unwrap().digest(), first.digest());
    let error = second.write(&path, Existing::Refuse).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
    assert_eq!(Register::open(&path).unwrap().digest(), first.digest());
    second.write(&path, Existing::Replace).unwrap();
    assert_eq!(Register::open(&path).unwrap().digest(), second.digest());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let names: Vec<_> =
        directory.path().read_dir().unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["check.register"], "no temporary file is left");
    assert!(matches!(Register::open(directory.path().join("none")), Err(OpenError::Io(_))));
    let error = Register::open(directory.path()).unwrap_err();
    assert!(error.to_string().contains("not a regular file"), "{error}");
    let nowhere = directory.path().join("missing/check.register");
    assert!(first.write(nowhere, Existing::Refuse).is_err());
}

#[test]
fn no_number_is_shown() {
    let register = build(&numbers(943_476_591, 1, 1), &[]);
    let shown =
        format!("{register:?} {:?} {:?}", register.at(CHECKED, MaxAge::days(1)), Builder::new());
    assert!(!shown.contains("943476591"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn request_minus_response(
        asked in proptest::collection::btree_map(400_000_000_u32..400_100_000, any::<bool>(), 1..400),
        probes in proptest::collection::vec(399_980_000_u32..400_120_000, 0..300),
    ) {
        let asked: BTreeMap<_, _> = asked
            .into_iter()
            .filter_map(|(nine, clear)| Some((NhsNumber::from_first_nine(nine)?, clear)))
            .collect();
        prop_assume!(!asked.is_empty());
        let request: Vec<_> = asked.keys().copied().collect();
        let response: BTreeSet<_> = asked.iter().filter(|(_, clear)| **clear).map(|(n, _)| *n).collect();
        let register = reopened(&build(&request, &response.iter().copied().collect::<Vec<_>>()));
        let view = register.at(CHECKED, MaxAge::days(7));
        let probes: Vec<_> = probes
            .into_iter()
            .map(NhsNumber::from_first_nine)
            .chain(request.iter().copied().map(Some))
            .collect();
        let mut many = vec![National::NoNhsNumber; probes.len()];
        view.status_many(&probes, &mut many).unwrap();
        for (probe, status) in probes.iter().zip(many) {
            let expected = match probe.and_then(|number| asked.get(&number)) {
                Some(true) => National::None,
                Some(false) => National::OptedOut,
                None => National::Unknown,
            };
            prop_assert_eq!(status, expected);
            if let Some(number) = probe {
                prop_assert_eq!(view.status(*number), expected);
            }
        }
    }

    /// A file with a right digest is no more trusted than to be read: nothing in it can make a look-up
    /// fail, or a number "no NHS number".
    #[test]
    fn a_file_made_by_another_hand_is_survived(
        changes in proptest::collection::vec((0_usize..4096 + 4096 + 128 * 21, any::<u8>()), 1..20),
        head in proptest::collection::vec((8_usize..110, any::<u8>()), 0..3),
        probes in proptest::collection::vec(1_u32..999_999_999, 20),
    ) {
        let asked = numbers(400_000_000, 40, 3);
        let mut bytes = build(&asked, &asked[..20]).as_bytes().to_vec();
        for (place, byte) in changes.into_iter().chain(head) {
            bytes[place] = byte;
        }
        let end = bytes.len() - 32;
        let digest = Digest::of(&bytes[..end]);
        bytes[end..].copy_from_slice(&digest.0);
        if let Ok(register) = Register::read(&bytes[..], 0) {
            let view = register.at(register.checked(), MaxAge::days(0));
            let probes: Vec<_> = probes
                .into_iter()
                .map(NhsNumber::from_first_nine)
                .chain(asked.iter().copied().map(Some))
                .collect();
            let mut many = vec![National::NoNhsNumber; probes.len()];
            view.status_many(&probes, &mut many).unwrap();
            for (probe, status) in probes.into_iter().zip(many) {
                let one = probe.map_or(National::Unknown, |number| view.status(number));
                prop_assert_eq!(one, status);
                prop_assert_ne!(status, National::NoNhsNumber);
            }
        }
    }

    #[test]
    fn any_bytes_give_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Register::read(&bytes[..], 0).is_err());
    }
}
