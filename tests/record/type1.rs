//! Type 1 from coded entries: the specification taken word by word as the oracle, in any order.

use optout::record::type1::{
    CodeError, CodeSystem as S, Effect, Entry, EntryState, FIRST_DAY, History, Ignored,
    Registration, recognise,
};
use optout::{Date, Type1};
use proptest::prelude::*;

const ON: Date = Date::ymd(2026, 6, 1);

fn status(entries: &[Entry<'_>]) -> Type1 {
    let mut history = History::new(ON);
    for entry in entries {
        history.entry(1, &entry.at("A81001")).unwrap();
    }
    history.registered(1, &Registration::open("A81001"));
    history.practice_read("A81001");
    history.status(&1)
}

const DISSENT: Entry<'_> = Entry::new(S::ReadV2, b"9Nu0.");
/// How a system writes that it knows no date.
const UNKNOWN_DAY: Date = Date::ymd(1900, 1, 1);

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
        // With a date from before there were any, likewise.
        (vec![DISSENT.on(UNKNOWN_DAY), WITHDRAWAL.on(day(1))], Type1::Dissent),
        (vec![DISSENT.on(Date::ymd(1800, 1, 1)), WITHDRAWAL.on(day(1))], Type1::Dissent),
        (vec![DISSENT.on(Date::ymd(1902, 2, 2)), WITHDRAWAL.on(day(1))], Type1::Dissent),
        (vec![DISSENT.on(Date::ymd(2012, 12, 31)), WITHDRAWAL.on(day(1))], Type1::Dissent),
        (vec![DISSENT.on(FIRST_DAY), WITHDRAWAL.on(day(1))], Type1::None),
        (vec![DISSENT.on(FIRST_DAY), WITHDRAWAL.on(UNKNOWN_DAY)], Type1::Dissent),
        (vec![WITHDRAWAL.on(Date::ymd(2012, 12, 31))], Type1::None),
        (vec![DISSENT.on(UNKNOWN_DAY).state(EntryState::Deleted)], Type1::None),
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
    history.registered("seen somewhere", &Registration::open("A81001"));
    history.registered("moved", &Registration::open("A81001"));
    history.registered("moved", &Registration::open("C83003"));
    history.entry("moved with dissent", &DISSENT.on(ON).at("A81001")).unwrap();
    history.registered("moved with dissent", &Registration::open("C83003"));
    history.entry("withdrew and moved", &WITHDRAWAL.on(ON).at("A81001")).unwrap();
    history.registered("withdrew and moved", &Registration::open("C83003"));
    for (who, practice) in
        [("seen at both", "A81001"), ("seen at one", "A81001"), ("withdrew and moved", "A81001")]
    {
        history.registered(who, &Registration::open(practice));
    }
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
    history.registered(1, &Registration::open("a81001"));
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
    expect(WITHDRAWAL.on(UNKNOWN_DAY), Effect::Ignored(Ignored::EarlyWithdrawal));
    expect(DISSENT.on(UNKNOWN_DAY), Effect::Dissent);
    for (code, why) in [
        (&b"9Nu4"[..], Ignored::Type2),
        (b"9Nu5", Ignored::Type2Withdrawn),
        (b"9Ndo", Ignored::SummaryCareRecord),
        (b"93C1", Ignored::SharedRecord),
        (b"9NdH", Ignored::ThirdParty),
        (b"C10", Ignored::Unrelated),
        (b"^ESCT1173456", Ignored::Local),
        (b"195967001", Ignored::Unreadable),
    ] {
        expect(Entry::new(S::ReadV2, code), Effect::Ignored(why));
    }
    let report = history.report();
    assert_eq!((report.dissents, report.undated_dissents, report.later_dissents), (4, 1, 1));
    assert_eq!((report.early_dissents, report.type1(), report.of_something_else()), (1, 8, 6));
    assert_eq!(report.entries, 18);
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
    // A dissent with no date counts and no withdrawal cancels it; a dissent dated after counts; one dated
    // before 2013 has no date.
    let early = |date: Date| date < Date::ymd(2013, 1, 1);
    let lasts = |date: Date| early(date) || date > ON;
    if standing().any(|(dissent, date, _)| *dissent && date.is_none_or(lasts)) {
        return Type1::Dissent;
    }
    // The latest entry on or before the date of disclosure decides.
    let dated = || {
        standing().filter_map(|(dissent, date, _)| {
            Some((date.filter(|d| *d <= ON && !early(*d))?, *dissent))
        })
    };
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
        years in proptest::collection::vec(
            prop_oneof![3 => 2024_u16..=2027, 1 => 2012_u16..=2013, 1 => Just(1900_u16)], 8),
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
            history.registered("patient", &Registration::open("A81001"));
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
