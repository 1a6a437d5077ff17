//! What is not in the vocabulary: an error that names the field, what was given and what is accepted,
//! and that never repeats what could be a patient's number (specification, section 2).

use std::fmt::{Debug, Display};
use std::str::FromStr;

use optout::binding::OptOut;
use optout::{
    Bases, BlockedBy, Boundary, Clause, Conditions, Date, Grade, Identifiability, National, Origin,
    Programme, Purpose, PurposeError, Reason, Route, Type1, Verdict, flow,
};
use proptest::prelude::*;

/// HL7 codes are read as the purpose that they stand for, and never written (section 2).
#[test]
fn hl7_codes_are_accepted_one_way() {
    let known = [
        ("TREAT", "individual-care"),
        ("ETREAT", "individual-care"),
        ("HRESCH", "research"),
        ("CLINTRCH", "research"),
        ("PUBHLTH", "public-health"),
        ("HMARKT", "marketing"),
        ("PATRQT", "patient-access"),
    ];
    for (hl7, code) in known {
        let purpose: Purpose = hl7.parse().expect("a code of HL7");
        assert_eq!(purpose.code(), code, "{hl7}");
        assert_eq!(Purpose::parse(hl7), Ok(purpose));
        assert!(Purpose::from_code(hl7).is_err(), "{hl7} is no code of the project's own");
    }
    assert_eq!(Purpose::HL7.len(), known.len());
    for other in ["treat", "Treat", "TREAT ", "HPAYMT2", "COVERAGE", "BTG"] {
        assert!(matches!(Purpose::parse(other), Err(PurposeError::Unknown(_))), "{other}");
    }
}

/// A code that fits several purposes is never guessed: the error names the candidates (section 2).
#[test]
fn an_ambiguous_hl7_code_names_its_candidates() {
    let payment: &[&str] = &[
        "invoice-validation",
        "invoice-validation-non-contracted",
        "prescription-payment",
        "provider-payment",
    ];
    for (hl7, some) in [
        ("HPAYMT", payment),
        ("HOPERAT", &["planning", "service-evaluation"]),
        ("HSYSADMIN", &["system-assurance", "planning"]),
    ] {
        let error = Purpose::parse(hl7).expect_err("several purposes");
        let text = error.to_string();
        assert!(text.starts_with("purpose: ") && text.contains(hl7), "{text}");
        let PurposeError::Ambiguous(ambiguous) = error else {
            panic!("not ambiguous: {text}");
        };
        assert_eq!(ambiguous.code(), hl7);
        assert!(ambiguous.candidates().len() >= 2, "{text}");
        for candidate in ambiguous.candidates() {
            assert!(text.contains(candidate.code()), "{candidate}: {text}");
        }
        for code in some {
            assert!(ambiguous.candidates().iter().any(|known| known.code() == *code), "{code}");
        }
    }
    assert_eq!(Purpose::HL7_AMBIGUOUS.len(), 3);
}

/// A slip of the pen is told the code that was meant; what is like nothing is told none.
#[cfg(feature = "std")]
#[test]
fn an_unknown_code_gives_the_nearest_valid_one() {
    for (given, nearest) in [
        ("gp-records", Some("gp-record")),
        ("GP record", Some("gp-record")),
        ("gp_record", Some("gp-record")),
        ("england-cares", Some("england-care")),
        ("outside", Some("outside-england")),
        ("scotland", None),
        ("", None),
        ("9434765919", None),
    ] {
        let error = Origin::from_code(given).expect_err("no code");
        assert_eq!(error.nearest(), nearest, "{given}");
        let suggested = error.to_string().contains("did you mean");
        assert_eq!(suggested, nearest.is_some(), "{error}");
    }
    let error = Bases::from_code("copi-regulation-5").expect_err("no code");
    assert!(error.to_string().contains("copi-reg-5"), "{error}");
    let error = Purpose::parse("reserch").expect_err("no code").to_string();
    assert!(error.contains("did you mean `research`?"), "{error}");
}

type Read = (&'static str, fn(&str) -> Option<[String; 2]>);

fn read<T: FromStr>(text: &str) -> Option<[String; 2]>
where
    T::Err: Debug + Display,
{
    text.parse::<T>().err().map(|error| [format!("{error}"), format!("{error:?}")])
}

fn said(error: Option<impl Debug + Display>) -> Option<[String; 2]> {
    error.map(|error| [format!("{error}"), format!("{error:?}")])
}

/// Everything that reads text: what it says of text that it does not accept.
const READERS: [Read; 18] = [
    ("origin", read::<Origin>),
    ("boundary", read::<Boundary>),
    ("identifiability", read::<Identifiability>),
    ("purpose", read::<Purpose>),
    ("type1", read::<Type1>),
    ("national", read::<National>),
    ("programme", read::<Programme>),
    ("route", read::<Route>),
    ("reason", read::<Reason>),
    ("verdict", read::<Verdict>),
    ("clause", read::<Clause>),
    ("grade", read::<Grade>),
    ("opt-out", read::<OptOut>),
    ("bases", |text| said(Bases::from_code(text).err())),
    ("conditions", |text| said(Conditions::from_code(text).err())),
    ("blocked_by", |text| said(BlockedBy::from_code(text).err())),
    ("flow", |text| said(flow::find(text, Date::ymd(2026, 6, 1)).err())),
    ("", read::<Date>),
];

/// A patient's number in the wrong column does not come back, in whatever writing; other text does.
#[test]
fn an_error_never_repeats_what_could_be_an_nhs_number() {
    let texts = [
        "9434765919",
        "943 476 5919",
        "943-476-5919",
        " 9434765919\n",
        "nhs:9434765919",
        "９４３４７６５９１９",
        "1943-04-07 born",
        "a very long text before the number, cut off after it: 9434765919 and more",
    ];
    for (field, read) in READERS {
        for text in texts {
            for error in read(text).expect("no reader accepts it") {
                for digits in ["943", "476", "5919", "９４３", "1943"] {
                    assert!(!error.contains(digits), "{field}: {error}");
                }
            }
        }
        let [error, _] = read("no-such-code").expect("no reader accepts it");
        assert!(error.starts_with(field) && error.contains("no-such-code"), "{error}");
    }
}

/// The days of the calendar, and only they, written as year, month and day.
#[test]
fn a_date_that_does_not_exist_is_an_error() {
    for text in ["2026-06-01", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
        assert_eq!(text.parse::<Date>().expect("a day").to_string(), text);
    }
    for text in [
        "2026-02-29",
        "1900-02-29",
        "2026-04-31",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "0000-01-01",
        "2026-6-1",
        "20260601",
        "2026/06/01",
        "2026-06-01T00:00",
        "2026-06-01 ",
        "",
        "+026-06-01",
        "２026-06-01",
    ] {
        let error = text.parse::<Date>().expect_err("no day");
        assert!(error.to_string().contains("not a day of the calendar"), "{error}");
        assert!(error.to_string().contains("2026-06-01"), "an example: {error}");
    }
    for (number, known) in
        [(20_260_601, true), (20_260_229, false), (0, false), (99_991_232, false)]
    {
        assert_eq!(Date::from_yyyymmdd(number).is_some(), known, "{number}");
    }
    assert_eq!(Date::ymd(1970, 1, 1).days_since_1970(), 0);
    assert_eq!(Date::ymd(2018, 5, 25).days_since_1970(), 17_676);
    assert_eq!(Date::ymd(1969, 12, 31).days_since_1970(), -1);
    assert_eq!(Date::ymd(2000, 2, 29).days_since_1970(), 11_016);
}

proptest! {
    /// Whatever the text, it is a code or an error that names the field; nothing panics.
    #[test]
    fn no_text_panics_a_reader(text in any::<String>()) {
        for (field, read) in READERS {
            if let Some([error, debug]) = read(&text) {
                prop_assert!(error.starts_with(field), "{}: {}", field, error);
                prop_assert!(!debug.is_empty());
            }
        }
    }

    /// A day stands as text and as a number, in the order of the calendar, each day one later.
    #[test]
    fn a_day_goes_through_text_and_number(day in any_day(), other in any_day()) {
        prop_assert_eq!(Date::from_yyyymmdd(day.yyyymmdd()), Some(day));
        prop_assert_eq!(day.to_string().parse::<Date>().expect("the same day"), day);
        prop_assert_eq!(day.cmp(&other), day.days_since_1970().cmp(&other.days_since_1970()));
        let number = day.yyyymmdd();
        let next = (number + 1..number + 9000).find_map(Date::from_yyyymmdd);
        if let Some(next) = next {
            prop_assert_eq!(next.days_since_1970(), day.days_since_1970() + 1);
        } else {
            prop_assert_eq!(number, 99_991_231);
        }
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (1_u16..=9999, 1_u8..=12, 1_u8..=31)
        .prop_filter_map("no such day", |(year, month, day)| Date::new(year, month, day))
}
