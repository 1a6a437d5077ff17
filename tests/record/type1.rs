//! Type 1 from coded entries: the specification taken word by word as the oracle, in any order.

use optout::record::type1::{
    CodeError, CodeSystem as S, Effect, Entry, EntryState, History, Ignored, OtherConsent,
    Recognised, recognise,
};
use optout::{Date, Type1};
use proptest::prelude::*;

const ON: Date = Date::ymd(2026, 6, 1);

#[test]
fn the_codes() {
    use OtherConsent as O;
    use Recognised as R;
    for (system, code, expected) in [
        (S::ReadV2, &b"9Nu0."[..], R::Dissent),
        (S::ReadV2, b"9Nu0", R::Dissent),
        (S::ReadV2, b"9Nu0.00", R::Dissent),
        (S::ReadV2, b"9Nu0.11", R::Dissent),
        (S::ReadV2, b"R2_9Nu0.", R::Dissent),
        (S::ReadV2, b" 9Nu0. ", R::Dissent),
        (S::ReadV2, b"9Nu1.", R::Withdrawal),
        (S::ReadV2, b"9Nu1", R::Withdrawal),
        (S::ReadV2, b"9Nu4.", R::Other(O::Type2)),
        (S::ReadV2, b"9Nu5.", R::Other(O::Type2Withdrawn)),
        (S::ReadV2, b"9Ndo.", R::Other(O::SummaryCareRecord)),
        (S::ReadV2, b"93C1.", R::Other(O::SharedRecord)),
        (S::ReadV2, b"93C3.", R::Other(O::SharedRecord)),
        (S::ReadV2, b"9NdH.", R::Other(O::ThirdParty)),
        (S::ReadV2, b"9Nu", R::Unrelated),
        (S::ReadV2, b"9Nu..", R::Unrelated),
        (S::ReadV2, b"9Nu..00", R::Unrelated),
        (S::ReadV2, b"8E10", R::Unrelated),
        (S::ReadV2, b"C10..", R::Unrelated),
        (S::ReadV2, b"", R::Unrelated),
        (S::Ctv3, b"XaZ89", R::Dissent),
        (S::Ctv3, b"CTV3_XaZ89", R::Dissent),
        (S::Ctv3, b"XaZ8A", R::Withdrawal),
        (S::Ctv3, b"XaaVL", R::Other(O::Type2)),
        (S::Ctv3, b"XaaVM", R::Other(O::Type2Withdrawn)),
        (S::Ctv3, b"XaXj6", R::Other(O::SummaryCareRecord)),
        (S::Snomed, b"827241000000103", R::Dissent),
        (S::Snomed, b"827241000000103.0", R::Dissent),
        (S::Snomed, b"827261000000102", R::Withdrawal),
        (S::Snomed, b"881561000000100", R::Other(O::Type2)),
        (S::Snomed, b"881581000000109", R::Other(O::Type2Withdrawn)),
        (S::Snomed, b"73211009", R::Unrelated),
        (S::Snomed, b"827241000000114", R::Unrelated),
        (S::Snomed, b"NULL", R::Unrelated),
        (S::Snomed, b"E10", R::Unrelated),
    ] {
        assert_eq!(recognise(system, code), Ok(expected), "{}", code.escape_ascii());
    }
    for (given, code, actual) in [
        (S::Ctv3, &b"9Nu0."[..], S::ReadV2),
        (S::Snomed, b"9Nu0", S::ReadV2),
        (S::ReadV2, b"XaZ89", S::Ctv3),
        (S::ReadV2, b"827241000000103", S::Snomed),
        (S::Ctv3, b"827261000000102", S::Snomed),
    ] {
        assert_eq!(recognise(given, code), Err(CodeError::OtherSystem { given, actual }));
    }
    for code in [&b"8.27241E+14"[..], b"8.27241e14", b"8E14", b"8,27241E+14", b"'8.27241E+14"] {
        assert_eq!(recognise(S::Snomed, code), Err(CodeError::Rounded));
    }
}

/// What exports make of a Type 1 code. To take any of them for another code would lose a dissent.
#[test]
fn what_resembles_a_type_1_code_is_refused() {
    for (system, code) in [
        (S::ReadV2, &b"9NU0."[..]),
        (S::ReadV2, b"9nu0"),
        (S::ReadV2, b"9NU1.00"),
        (S::Ctv3, b"XAZ89"),
        (S::Ctv3, b"xaz89"),
        (S::Ctv3, b"XaZ8a"),
        (S::Ctv3, b"CTV3_XAZ89"),
    ] {
        let refused = recognise(system, code);
        assert_eq!(refused, Err(CodeError::LetterCase), "{}", code.escape_ascii());
    }
    for (system, code) in [
        (S::ReadV2, &b"9Nu01"[..]),
        (S::ReadV2, b"9Nu0100"),
        (S::ReadV2, b"9Nu0-1"),
        (S::ReadV2, b"'9Nu0."),
        (S::ReadV2, b"\"9Nu0.\""),
        (S::ReadV2, b"9Nu0.|x"),
        (S::ReadV2, b"9Nu0.-1"),
        (S::ReadV2, b"EMIS9Nu0."),
        (S::ReadV2, b"9 Nu0."),
        (S::ReadV2, b"\xc2\xa09nu1."),
        (S::Ctv3, b"XaZ89-1"),
        (S::Ctv3, b"XaZ89.00"),
        (S::Ctv3, b"'XaZ8A"),
        (S::Snomed, b"9NU0.-1"),
        (S::Snomed, b"'827241000000103"),
        (S::Snomed, b"827241000000103|Dissent|"),
        (S::Snomed, b"SCT_827241000000103"),
        (S::Snomed, b"827,241,000,000,103"),
        (S::Snomed, b"827.241.000.000.103"),
        (S::Snomed, b"827 241 000 000 103"),
        (S::Snomed, b"827241000000103.00"),
        (S::Snomed, b"827241000000100"),
        (S::Snomed, b"827241000000000"),
        (S::Snomed, b"827261000000100.0"),
        (S::ReadV2, b"827241000000100"),
    ] {
        let refused = recognise(system, code);
        assert_eq!(refused, Err(CodeError::Resembles), "{}", code.escape_ascii());
    }
}

fn status(entries: &[Entry<'_>]) -> Type1 {
    let mut history = History::new(ON);
    for entry in entries {
        history.entry(1, &entry.at("A81001")).unwrap();
    }
    history.registered(1, "A81001");
    history.practice_read("A81001");
    history.status(&1)
}

const DISSENT: Entry<'_> = Entry::new(S::ReadV2, b"9Nu0.");
const WITHDRAWAL: Entry<'_> = Entry::new(S::ReadV2, b"9Nu1.");

#[test]
fn the_latest_decides_and_doubt_keeps_a_dissent() {
    let day = |day| Date::ymd(2026, 5, day);
    let later = Date::ymd(2026, 6, 2);
    for (entries, expected) in [
        (vec![], Type1::None),
        (vec![DISSENT.on(day(1))], Type1::Dissent),
        // A withdrawal is not an opt-out.
        (vec![WITHDRAWAL.on(day(1))], Type1::None),
        (vec![DISSENT.on(day(1)), WITHDRAWAL.on(day(2))], Type1::None),
        (vec![DISSENT.on(day(2)), WITHDRAWAL.on(day(1))], Type1::Dissent),
        (vec![DISSENT.on(day(1)), WITHDRAWAL.on(day(2)), DISSENT.on(day(3))], Type1::Dissent),
        // On the same day dissent wins.
        (vec![DISSENT.on(day(1)), WITHDRAWAL.on(day(1))], Type1::Dissent),
        // On the day of disclosure both count.
        (vec![DISSENT.on(day(1)), WITHDRAWAL.on(ON)], Type1::None),
        (vec![DISSENT.on(ON)], Type1::Dissent),
        // After it, dissent alone counts, and a withdrawal then cancels nothing.
        (vec![DISSENT.on(later)], Type1::Dissent),
        (vec![DISSENT.on(later), WITHDRAWAL.on(Date::ymd(2026, 7, 1))], Type1::Dissent),
        (vec![DISSENT.on(day(1)), WITHDRAWAL.on(later)], Type1::Dissent),
        // Without a date, likewise.
        (vec![DISSENT], Type1::Dissent),
        (vec![DISSENT, WITHDRAWAL.on(day(1))], Type1::Dissent),
        (vec![DISSENT.on(day(1)), WITHDRAWAL], Type1::Dissent),
        (vec![WITHDRAWAL], Type1::None),
        // What does not stand does not count.
        (vec![DISSENT.on(day(1)).state(EntryState::Deleted)], Type1::None),
        (vec![DISSENT.state(EntryState::EnteredInError)], Type1::None),
        (
            vec![DISSENT.on(day(1)), WITHDRAWAL.on(day(2)).state(EntryState::Deleted)],
            Type1::Dissent,
        ),
        // Another choice neither is a Type 1 opt-out nor cancels one.
        (vec![Entry::new(S::ReadV2, b"9Nu4.").on(day(1))], Type1::None),
        (vec![DISSENT.on(day(1)), Entry::new(S::ReadV2, b"9Nu5.").on(day(2))], Type1::Dissent),
        (vec![DISSENT.on(day(1)), Entry::new(S::ReadV2, b"9Ndo.").on(day(2))], Type1::Dissent),
        // Systems pool.
        (vec![DISSENT.on(day(1)), Entry::new(S::Ctv3, b"XaZ8A").on(day(2))], Type1::None),
        (
            vec![WITHDRAWAL.on(day(1)), Entry::new(S::Snomed, b"827241000000103").on(day(2))],
            Type1::Dissent,
        ),
    ] {
        assert_eq!(status(&entries), expected, "{entries:?}");
        let backwards: Vec<_> = entries.iter().rev().copied().collect();
        assert_eq!(status(&backwards), expected, "{backwards:?}");
    }
}

#[test]
fn none_is_never_claimed_by_absence() {
    use Type1::{Dissent as D, None as N, Unknown as U};
    let mut history = History::new(ON);
    let diabetes = Entry::new(S::ReadV2, b"C10..").on(ON);
    history.entry("seen at both", &diabetes.at("A81001")).unwrap();
    history.entry("seen at both", &diabetes.at("B82002")).unwrap();
    history.entry("seen at one", &diabetes.at("A81001")).unwrap();
    history.entry("seen somewhere", &diabetes).unwrap();
    history.registered("seen somewhere", "A81001");
    history.registered("moved", "A81001");
    history.registered("moved", "C83003");
    history.entry("moved with dissent", &DISSENT.on(ON).at("A81001")).unwrap();
    history.registered("moved with dissent", "C83003");
    history.entry("withdrew and moved", &WITHDRAWAL.on(ON).at("A81001")).unwrap();
    history.registered("withdrew and moved", "C83003");
    assert!(history.statuses().all(|(who, status)| match *who {
        "moved with dissent" => status == Type1::Dissent,
        _ => status == Type1::Unknown,
    }));

    history.practice_read("A81001");
    let statuses = |history: &History<&str>| {
        [
            "seen at both",
            "seen at one",
            "seen somewhere",
            "moved",
            "moved with dissent",
            "withdrew and moved",
            "never heard of",
        ]
        .map(|who| history.status(&who))
    };
    assert_eq!(statuses(&history), [U, N, U, U, D, U, U]);
    history.practice_read("B82002");
    assert_eq!(statuses(&history), [N, N, U, U, D, U, U]);
    history.practice_read("C83003");
    assert_eq!(statuses(&history), [N, N, U, N, D, N, U]);
    // The name of a practice is taken letter for letter.
    let mut history = History::new(ON);
    history.registered(1, "a81001");
    history.practice_read("A81001");
    assert_eq!(history.status(&1), Type1::Unknown);
}

#[test]
fn what_is_ignored_is_counted() {
    let mut history = History::new(ON);
    let later = Date::ymd(2026, 6, 2);
    let mut expect = |entry: Entry<'_>, effect| {
        assert_eq!(history.effect(&entry), Ok(effect));
        assert_eq!(history.entry(1, &entry), Ok(effect));
    };
    expect(DISSENT.on(ON), Effect::Dissent);
    expect(DISSENT.on(later), Effect::Dissent);
    expect(DISSENT, Effect::Dissent);
    expect(WITHDRAWAL.on(ON), Effect::Withdrawal);
    expect(DISSENT.state(EntryState::Deleted), Effect::Ignored(Ignored::Deleted));
    expect(DISSENT.state(EntryState::EnteredInError), Effect::Ignored(Ignored::EnteredInError));
    expect(WITHDRAWAL, Effect::Ignored(Ignored::UndatedWithdrawal));
    expect(WITHDRAWAL.on(later), Effect::Ignored(Ignored::LaterWithdrawal));
    for (code, why) in [
        (&b"9Nu4"[..], Ignored::Type2),
        (b"9Nu5", Ignored::Type2Withdrawn),
        (b"9Ndo", Ignored::SummaryCareRecord),
        (b"93C1", Ignored::SharedRecord),
        (b"9NdH", Ignored::ThirdParty),
        (b"C10", Ignored::Unrelated),
    ] {
        expect(Entry::new(S::ReadV2, code), Effect::Ignored(why));
    }
    let report = history.report();
    assert_eq!((report.dissents, report.undated_dissents, report.later_dissents), (3, 1, 1));
    assert_eq!(report.withdrawals, 1);
    assert!(Ignored::ALL.iter().all(|why| report.ignored(*why) == 1));
    // A code that is refused leaves no trace.
    let refused = Entry::new(S::Snomed, b"8.27E+14");
    assert_eq!(history.entry(2, &refused), Err(CodeError::Rounded));
    assert_eq!(history.report(), report);
    assert!(history.statuses().all(|(patient, _)| *patient == 1));
}

/// The specification, sentence by sentence, with none of the library's shortcuts.
fn oracle(entries: &[(bool, Option<Date>, EntryState)], read: bool) -> Type1 {
    let standing = || entries.iter().filter(|(.., state)| *state == EntryState::Current);
    // A dissent with no date counts and no withdrawal cancels it; a dissent dated after counts.
    if standing().any(|(dissent, date, _)| *dissent && date.is_none_or(|date| date > ON)) {
        return Type1::Dissent;
    }
    // The latest entry on or before the date of disclosure decides.
    let dated =
        || standing().filter_map(|(dissent, date, _)| Some((date.filter(|d| *d <= ON)?, *dissent)));
    let latest = dated().map(|(date, _)| date).max();
    // On the same day dissent wins.
    if dated().any(|(date, dissent)| Some(date) == latest && dissent) {
        return Type1::Dissent;
    }
    if read { Type1::None } else { Type1::Unknown }
}

proptest! {
    #[test]
    fn any_order_gives_the_answer_of_the_specification(
        (entries, order) in proptest::collection::vec(
            (
                any::<bool>(),
                proptest::option::weighted(0.9, (1_u8..=6, 1_u8..=28)),
                prop_oneof![
                    8 => Just(EntryState::Current),
                    1 => Just(EntryState::Deleted),
                    1 => Just(EntryState::EnteredInError),
                ],
                0_usize..3,
            ),
            0..8,
        )
        .prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle())),
        unrelated in 0_usize..3,
        read in any::<bool>(),
        years in proptest::collection::vec(2024_u16..=2027, 8),
    ) {
        let codes = [(S::ReadV2, [&b"9Nu0."[..], b"9Nu1"]), (S::Ctv3, [b"XaZ89", b"XaZ8A"]),
            (S::Snomed, [b"827241000000103", b"827261000000102"])];
        let date = |date: Option<(u8, u8)>| {
            let (month, day) = date?;
            Date::new(years[usize::from(day) % 8], month, day)
        };
        let simple: Vec<_> = entries.iter().map(|(dissent, on, state, _)| (*dissent, date(*on), *state)).collect();
        let expected = oracle(&simple, read);
        for entries in [&entries, &order] {
            let mut history = History::new(ON);
            if read {
                history.practice_read("A81001");
            }
            history.registered("patient", "A81001");
            for (dissent, on, state, system) in entries {
                let (system, codes) = codes[*system];
                let mut entry = Entry::new(system, codes[usize::from(!dissent)]).at("A81001").state(*state);
                entry.date = date(*on);
                history.entry("patient", &entry).unwrap();
                // Another patient's dissent is another patient's.
                history.entry("other", &DISSENT.at("A81001")).unwrap();
                for _ in 0..unrelated {
                    let other = Entry::new(S::ReadV2, b"9Nu5.").on(ON).at("A81001");
                    history.entry("patient", &other).unwrap();
                }
            }
            prop_assert_eq!(history.status(&"patient"), expected);
        }
    }

    #[test]
    fn any_code_gives_an_answer(code in proptest::collection::vec(any::<u8>(), 0..20)) {
        for system in S::ALL {
            let _ = recognise(*system, &code);
        }
    }
}
