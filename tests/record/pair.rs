//! A request and its answer: an opt-out is request minus response, and nothing else is an answer.

use optout::National;
use optout::record::national::inbound::Unrecognised;
use optout::record::national::pair::{
    EmptyAnswer, Expected, FullAnswer, PairError, PairWarning, Paired,
};
use optout::record::national::{
    Inbound, InboundControl, Manifest, RowError, RowFault, RowsError, classify, pair,
};
use optout::record::register::{BuildError, MaxAge};
use optout::record::{Digest, NhsNumber, NhsNumberError};
use proptest::prelude::*;

use crate::mesh::{ACKNOWLEDGEMENT, CREATED, answered, list, numbers, request, text};

fn try_pair(
    asked: &[NhsNumber],
    response: &[u8],
    control: Option<&InboundControl>,
) -> Result<Paired, PairError> {
    let (dat, manifest) = request(asked);
    pair(&manifest, &dat[..], response, control, &Expected::default())
}

#[test]
fn request_minus_response() {
    let asked = numbers(400_000_000, 100);
    let stranger = numbers(700_000_000, 1)[0];
    for end in [",\n", ",\r\n", "\n", ", \n", "  \n", ",\n\n"] {
        let mut response = list(&asked[5..], end);
        if end == "\n" {
            response.pop();
        }
        let paired = try_pair(&asked, response.as_bytes(), Some(&answered("trust-0001"))).unwrap();
        assert_eq!(paired.warnings, [], "{end:?}");
        let register = paired.register;
        assert_eq!((register.asked(), register.opted_out()), (100, 5));
        assert_eq!(register.checked(), CREATED);
        assert_eq!(register.sources().response, Digest::of(response.as_bytes()));
        let view = register.at(CREATED, MaxAge::days(0));
        assert!(asked[..5].iter().all(|number| view.status(*number) == National::OptedOut));
        assert!(asked[5..].iter().all(|number| view.status(*number) == National::None));
        assert_eq!(view.status(stranger), National::Unknown);
    }
}

#[test]
fn what_is_not_the_answer_is_refused() {
    let asked = numbers(400_000_000, 100);
    let good = list(&asked[5..], ",\n");
    let ours = answered("trust-0001");
    let refused = |response: &str, control: Option<&InboundControl>| {
        try_pair(&asked, response.as_bytes(), control).unwrap_err()
    };
    let superset = good.clone() + &list(&numbers(700_000_000, 1), ",\n");
    assert!(matches!(
        refused(&superset, Some(&ours)),
        PairError::Build(BuildError::NotAsked { count: 1 })
    ));
    let another = list(&numbers(700_000_000, 95), ",\n");
    assert!(matches!(
        refused(&another, Some(&ours)),
        PairError::Build(BuildError::NotAsked { count: 95 })
    ));
    assert!(matches!(refused(&good, Some(&answered("trust-0002"))), PairError::OtherLocalId));
    // An answer to an earlier request about the same people holds no stranger.
    let dated = |text: &str| InboundControl { date_time: Some(text.into()), ..ours.clone() };
    assert!(matches!(
        refused(&good, Some(&dated("20260531235959"))),
        PairError::SentBefore { created: CREATED, .. }
    ));
    for later in ["20260601000000", "20260602", "", "2026", "20260231000000", "今日は今日は"]
    {
        assert!(try_pair(&asked, good.as_bytes(), Some(&dated(later))).is_ok(), "{later}");
    }
    assert!(matches!(refused(ACKNOWLEDGEMENT, Some(&ours)), PairError::JobCreated));
    let error = "The file contains one or more invalid NHS Numbers.";
    assert!(matches!(refused(error, Some(&ours)), PairError::ErrorText { .. }));
    assert!(matches!(refused("", Some(&ours)), PairError::Empty));
    assert!(matches!(
        refused("nhs\n9434765919", None),
        PairError::Unrecognised(Unrecognised::Text)
    ));
    let report = InboundControl { message_type: Some("Report".into()), ..ours.clone() };
    assert!(matches!(refused(&good, Some(&report)), PairError::TransportReport { .. }));
    // Something wrong further down spoils the whole, and the message names the row alone.
    for (row, fault) in [
        ("9434765918,", RowFault::Number(NhsNumberError::CheckDigit)),
        ("943476591,", RowFault::Number(NhsNumberError::Length)),
        ("{\"id\": 1}", RowFault::Number(NhsNumberError::NotADigit)),
        ("9434765919,9000962382", RowFault::MoreThanANumber),
        ("９４３４７６５９１９,", RowFault::Number(NhsNumberError::NotADigit)),
    ] {
        // Past the head by which the file is classified.
        let long = numbers(400_000_000, 9_000);
        let response = format!("{}{row}\n", list(&long, ",\n"));
        let error = try_pair(&long, response.as_bytes(), Some(&ours)).unwrap_err();
        assert!(!error.to_string().contains("94347"), "{error}");
        let PairError::Response(RowsError::Row(found)) = error else { panic!("{error:?}") };
        assert_eq!(found, RowError { row: 9_001, fault });
    }
    let endless = "9".repeat(1 << 18);
    assert!(try_pair(&asked, (good + &endless).as_bytes(), Some(&ours)).is_err());
}

#[test]
fn a_request_that_is_not_the_manifest_s_is_refused() {
    let asked = numbers(400_000_000, 100);
    let response = list(&asked[5..], ",\n");
    let (dat, manifest) = request(&asked);
    let refused = |dat: &[u8], manifest: &Manifest| {
        pair(manifest, dat, response.as_bytes(), None, &Expected::default()).unwrap_err()
    };
    // A request with people taken out would make them "not asked", and one with people added makes
    // them "opted out".
    assert!(matches!(refused(&dat[12..], &manifest), PairError::RequestAltered { .. }));
    let crlf = list(&asked, ",\r\n");
    assert!(matches!(refused(crlf.as_bytes(), &manifest), PairError::RequestAltered { .. }));
    let (_, other) = request(&asked[1..]);
    assert!(matches!(refused(&dat, &other), PairError::RequestAltered { .. }));
    let miscounted = manifest.to_json().unwrap().replace("\"numbers\": 100", "\"numbers\": 99");
    let miscounted = Manifest::from_json(&miscounted).unwrap();
    assert!(matches!(
        refused(&dat, &miscounted),
        PairError::RequestCount { expected: 99, found: 100 }
    ));
}

#[test]
fn what_is_unusual_is_warned_of() {
    let asked = numbers(400_000_000, 100);
    let ours = answered("trust-0001");
    let (dat, manifest) = request(&asked);
    let half = list(&asked[50..], ",\n");
    let most = Expected { at_least: 0.6, at_most: 0.6, ..Expected::default() };
    let paired = pair(&manifest, &dat[..], half.as_bytes(), None, &most).unwrap();
    assert_eq!(paired.warnings, [PairWarning::Share { found: 0.5 }, PairWarning::NoLocalId]);
    let twice = list(&asked[5..], ",\n").repeat(2);
    let paired = try_pair(&asked, twice.as_bytes(), Some(&ours)).unwrap();
    assert_eq!(paired.warnings, [PairWarning::Repeated { rows: 95 }]);

    let confirmed = Expected { empty: EmptyAnswer::Confirmed, ..Expected::default() };
    let paired = pair(&manifest, &dat[..], &b"\n"[..], Some(&ours), &confirmed).unwrap();
    assert_eq!(paired.warnings, []);
    assert_eq!(paired.register.opted_out(), 100);
}

/// What the requester sent is no answer; what could be it needs a word, or proof of another sender.
#[test]
fn what_was_sent_is_no_answer() {
    let sent = InboundControl {
        from: Some("aaaot001 ".into()),
        to: Some("BBBHC001".into()),
        ..answered("trust-0001")
    };
    let came = InboundControl {
        from: Some("BBBHC001".into()),
        to: Some("AAAOT001".into()),
        ..answered("trust-0001")
    };
    let to_alone = InboundControl { from: None, ..sent.clone() };
    let by_address =
        InboundControl { from_address: Some("trust@example.org".into()), ..answered("trust-0001") };
    let unsaid = answered("trust-0001");
    for people in [1, 15, 99, 100, 500] {
        let asked = numbers(400_000_000, people);
        let (dat, mut manifest) = request(&asked);
        manifest.from.push("Trust@example.org".into());
        let judged = |response: &[u8], control: &InboundControl, full| {
            let expected = Expected { full, ..Expected::default() };
            pair(&manifest, &dat[..], response, Some(control), &expected)
        };
        let other = list(&asked, ",\r\n").into_bytes();
        let few = list(&asked[people / 20..], "\n").into_bytes();
        for full in [FullAnswer::Refuse, FullAnswer::Confirmed] {
            for control in [&sent, &to_alone, &by_address] {
                for response in [&dat, &other, &few] {
                    assert!(matches!(judged(response, control, full), Err(PairError::Sent)));
                }
            }
            assert!(matches!(judged(&dat, &unsaid, full), Err(PairError::TheRequest)));
        }
        let refused = |response: &[u8], control| {
            let error = judged(response, control, FullAnswer::Refuse).unwrap_err();
            assert!(matches!(error, PairError::NobodyOptedOut { .. }), "{error}");
            judged(response, control, FullAnswer::Confirmed).unwrap()
        };
        refused(&other, &unsaid);
        let paired = refused(&dat, &came);
        assert!(paired.warnings.contains(&PairWarning::SameFile));
        if people < 100 {
            // Of few people it may well be that nobody has opted out.
            let paired = judged(&other, &came, FullAnswer::Refuse).unwrap();
            assert_eq!(paired.register.opted_out(), 0);
        } else {
            refused(&other, &came);
            assert!(judged(&few, &came, FullAnswer::Refuse).is_ok());
        }
    }
    // Where the requester is not known, no sender is another.
    let asked = numbers(400_000_000, 15);
    let (dat, mut manifest) = request(&asked);
    (manifest.from, manifest.to) = (Vec::new(), Vec::new());
    let expected = Expected { full: FullAnswer::Confirmed, ..Expected::default() };
    let error = pair(&manifest, &dat[..], &dat[..], Some(&came), &expected).unwrap_err();
    assert!(matches!(error, PairError::TheRequest));
}

#[test]
fn an_answer_cut_short_is_refused() {
    let asked = numbers(400_000_000, 100);
    let ours = answered("trust-0001");
    for (opted_out, accepted) in [(15, true), (16, false), (50, false), (99, false)] {
        let response = list(&asked[opted_out..], ",\n");
        let paired = try_pair(&asked, response.as_bytes(), Some(&ours));
        assert_eq!(paired.is_ok(), accepted, "{opted_out}");
        if let Err(error) = paired {
            assert!(matches!(error, PairError::TooManyOptedOut { asked: 100, .. }), "{error}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_file_is_classified_and_only_a_list_pairs(
        bytes in proptest::collection::vec(any::<u8>(), 0..200)
    ) {
        let kind = classify(&bytes, None);
        let asked = numbers(400_000_000, 10);
        if kind != Inbound::CleanedList {
            prop_assert!(try_pair(&asked, &bytes, None).is_err());
        }
    }

    #[test]
    fn a_list_reads_the_same_however_it_is_cut(
        ends in proptest::collection::vec(
            proptest::sample::select(vec![",\n", "\n", ",\r\n", " ,  \n", ",\n\n", "\r\n"]), 95),
        step in 1_usize..60,
    ) {
        struct Slowly<'a>(&'a [u8], usize);
        impl std::io::Read for Slowly<'_> {
            fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
                let length = into.len().min(self.1);
                std::io::Read::read(&mut self.0, &mut into[..length])
            }
        }
        let asked = numbers(400_000_000, 100);
        let response: String = asked[5..].iter().zip(&ends).map(|(n, end)| text(*n) + end).collect();
        let (dat, manifest) = request(&asked);
        let slowly = Slowly(response.as_bytes(), step);
        let paired = pair(&manifest, Slowly(&dat, step), slowly, None, &Expected::default()).unwrap();
        prop_assert_eq!(paired.register.opted_out(), 5);
    }
}
