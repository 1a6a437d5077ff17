//! The line format of questions and answers.
#![cfg(feature = "json")]
#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use optout::question::{
    Answer, EvidenceStatus, Failure, Id, Judge, MAX_LINE, Question, QuestionError, Subject,
};
use optout::{BlockedBy, Clause, Date, Patient, Reason, Verdict, assess, flow};
use proptest::prelude::*;

const RESEARCH: &str = r#"{"origin":"gp-record","boundary":"beyond-controller","identifiability":"identifiable","purpose":"research","bases":["copi-reg-5"],"conditions":[],"on":"2026-06-01"}"#;

/// The answer to one line, with its line end.
#[track_caller]
fn answer(line: impl AsRef<[u8]>) -> String {
    let mut answers = Vec::new();
    let judged = Judge::new().answer_line(line.as_ref(), &mut answers);
    let answer = String::from_utf8(answers).expect("an answer is text");
    assert_eq!(answer.matches('\n').count(), 1, "one line: {answer}");
    assert!(answer.ends_with('\n'), "a whole line: {answer}");
    assert_eq!(judged.is_err(), answer.contains("\"error\":"), "{answer}");
    answer
}

/// The id and the error that answer a line.
#[track_caller]
fn failure(line: impl AsRef<[u8]>) -> (String, String) {
    let answer = answer(line);
    let failure: Failure<'_> = serde_json::from_str(&answer).expect(&answer);
    (failure.id.json().to_owned(), failure.error)
}

/// A question that differs from a good one in its disclosure.
fn of(disclosure: &str) -> String {
    format!(r#"{{"id":1,"disclosure":{disclosure},"patient":5}}"#)
}

#[test]
fn the_example_of_the_design_is_answered_byte_for_byte() {
    let line = format!(
        r#"{{"id":"a1","disclosure":{RESEARCH},"patient":{{"type1":"dissent","national":"none"}}}}"#
    );
    let expected = r#"{"id":"a1","verdict":"deny","reason":"type1-dissent","blocked_by":["type1-dissent"],"route":null,"clauses":["POD15","S251"]}"#;
    assert_eq!(answer(line), format!("{expected}\n"));
}

#[test]
fn evidence_is_said_to_be_unverified_where_an_allow_rests_on_it() {
    let expected = r#"{"id":1,"verdict":"allow","reason":"permitted","blocked_by":[],"route":"section-251","clauses":["OP5.1","S251","COPI"],"evidence":"unverified"}"#;
    assert_eq!(answer(of(RESEARCH)), format!("{expected}\n"));
}

#[test]
fn every_byte_is_answered_as_the_ruling_decides() {
    let mut judge = Judge::new();
    let question: Question<'_> = serde_json::from_str(RESEARCH_QUESTION).unwrap();
    let ruling = assess(&question.disclosure.disclosure().unwrap()).unwrap();
    for byte in (0..=u8::MAX).chain(0..=u8::MAX) {
        let patient = Patient::from_byte(byte);
        let decision = ruling.decide(patient);
        let mut line = Vec::new();
        let question = RESEARCH_QUESTION.replace("77", &byte.to_string());
        judge.answer_line(question.as_bytes(), &mut line).unwrap();
        let answer: Answer<'_> = serde_json::from_slice(&line).unwrap();
        assert_eq!(answer.verdict, decision.verdict());
        assert_eq!(answer.reason, decision.reason());
        assert_eq!(answer.blocked_by, decision.blocked_by());
        assert_eq!(answer.route, decision.route());
        assert_eq!(answer.clauses, ruling.clauses(patient));
        assert_eq!(answer.id, Id::NONE);
    }
}

const RESEARCH_QUESTION: &str = r#"{"patient":77,"disclosure":{"origin":"gp-record","boundary":"beyond-controller","identifiability":"de-identified","purpose":"research","bases":[],"conditions":["type1-not-upheld","programme-opt-out"],"on":"2026-06-01"}}"#;

#[test]
fn an_id_is_repeated_letter_for_letter() {
    for id in [
        "\"a1\"",
        "\"\"",
        "null",
        "0",
        "-0.0",
        "1e400",
        "12345678901234567890123",
        r#""\u00e9\n\"é""#,
        "\"\u{2028}\"",
    ] {
        let line = format!(r#"{{"disclosure":{RESEARCH}, "id" : {id} }}"#);
        assert!(answer(&line).starts_with(&format!("{{\"id\":{id},\"verdict\":\"deny\"")), "{id}");
    }
    let absent = format!(r#"{{"disclosure":{RESEARCH}}}"#);
    assert!(answer(absent).starts_with(r#"{"id":null,"verdict":"deny""#));
    for id in ["true", "[]", "{}", "[1]"] {
        let (given, error) = failure(format!(r#"{{"id":{id},"disclosure":{RESEARCH}}}"#));
        assert_eq!(given, "null");
        assert!(error.ends_with("id: expected a string, a number or `null`"), "{error}");
    }
}

#[test]
fn the_id_of_a_bad_line_is_recovered_where_it_is_complete() {
    for (line, id) in [
        (r#"{"id":"a1","disclosure":{}}"#, "\"a1\""),
        (r#"{"disclosure":{},"id":"a1"}"#, "\"a1\""),
        (r#"{"\u0069d":"a1","disclosure":{}}"#, "\"a1\""),
        (r#"{"id":"a1","disclosure":"#, "\"a1\""),
        (r#"{"id":"a1""#, "\"a1\""),
        (r#"{"id":12,"disc"#, "12"),
        (r#"{"id":12 "#, "12"),
        (r#"{"id":12}"#, "12"),
        // A number that breaks off may have had more digits.
        (r#"{"id":12"#, "null"),
        (r#"{"id":"a"#, "null"),
        (r#"{"disclosure":x,"id":"a1"}"#, "null"),
        (r#"{"id":"a1","id":"a2"}"#, "null"),
        (r#"{"patient":{"id":"a1"}}"#, "null"),
        (r#"["id","a1"]"#, "null"),
        ("", "null"),
        ("a1", "null"),
    ] {
        assert_eq!(failure(line).0, id, "{line}");
    }
}

#[test]
fn a_flow_stands_for_its_terms_on_a_day() {
    let entry = flow::all().next().expect("the catalogue has entries");
    let by_id = format!(r#"{{"flow":"{}","on":"{}"}}"#, entry.id, entry.from);
    let in_full = serde_json::to_string(&entry.disclosure(entry.from)).unwrap();
    assert_eq!(answer(of(&by_id)), answer(of(&in_full)));

    let (id, error) = failure(of(r#"{"flow":"no-such-flow-at-all","on":"2026-06-01"}"#));
    assert_eq!(id, "1");
    assert!(error.starts_with("flow: no flow has the id `no-such-flow-at-all`"), "{error}");
    let (_, error) = failure(of(&format!(r#"{{"flow":"{}","on":"0001-01-01"}}"#, entry.id)));
    assert!(error.contains("has no terms that hold on 0001-01-01"), "{error}");
}

#[test]
fn a_purpose_may_be_an_hl7_code_that_fits_one() {
    let hl7 = RESEARCH.replace("\"research\"", "\"HRESCH\"");
    assert_eq!(answer(of(&hl7)), answer(of(RESEARCH)));
    let (_, error) = failure(of(&RESEARCH.replace("\"research\"", "\"HPAYMT\"")));
    assert!(error.contains("purpose: HL7 code `HPAYMT` is ambiguous"), "{error}");
}

#[test]
fn what_is_not_stated_is_never_assumed() {
    for key in ["origin", "boundary", "identifiability", "purpose", "bases", "conditions", "on"] {
        let mut disclosure: serde_json::Map<_, _> = serde_json::from_str(RESEARCH).unwrap();
        disclosure.remove(key);
        let (_, error) = failure(of(&serde_json::to_string(&disclosure).unwrap()));
        assert!(error.contains(&format!("disclosure: missing `{key}`; state all")), "{error}");
        disclosure.insert(key.to_owned(), serde_json::Value::Null);
        failure(of(&serde_json::to_string(&disclosure).unwrap()));
    }
    assert!(failure(r#"{"id":1}"#).1.ends_with("missing key `disclosure`"));
    // Nothing known of the patient is the zero byte, which an opt-out that binds denies.
    let nothing = answer(format!(r#"{{"disclosure":{RESEARCH}}}"#));
    assert_eq!(nothing, answer(format!(r#"{{"disclosure":{RESEARCH},"patient":0}}"#)));
    assert_eq!(nothing, answer(format!(r#"{{"disclosure":{RESEARCH},"patient":{{}}}}"#)));
    assert!(nothing.contains(r#""blocked_by":["type1-unknown","national-unknown"]"#));
}

#[test]
fn what_is_wrong_is_named_with_its_column() {
    let disclosure = |from: &str, to: &str| of(&RESEARCH.replace(from, to));
    for (line, expected) in [
        (
            disclosure("\"gp-record\"", "\"gp_records\""),
            "column 43: origin: unknown code `gp_records`, did you mean `gp-record`? (accepted: gp-record, england-care, private-care, childrens-social-care, outside-england)",
        ),
        (disclosure("\"gp-record\"", "1"), "column 32: origin: expected a code, found a number"),
        (
            disclosure("[\"copi-reg-5\"]", "\"copi-reg-5\""),
            "column 148: bases: expected a list of codes, found a string",
        ),
        (
            disclosure("[\"copi-reg-5\"]", "[\"copi-reg-5\",\"copi-reg-5\"]"),
            "column 163: bases: code `copi-reg-5` is given twice",
        ),
        (
            disclosure("2026-06-01", "soon"),
            "column 178: on: `soon` is not a day of the calendar; write it as year-month-day, such as 2026-06-01",
        ),
        (
            disclosure("\"on\"", "\"at\""),
            "column 171: disclosure: unknown key `at` (accepted: flow, origin, boundary, identifiability, purpose, bases, conditions, on)",
        ),
        (disclosure("\"conditions\"", "\"bases\""), "column 158: key `bases` is given twice"),
        (
            disclosure("{", "{\"flow\":\"x\","),
            "column 196: disclosure: `flow` stands for all keys but `on`; leave out `origin`, `boundary`, `identifiability`, `purpose`, `bases`, `conditions`",
        ),
        (
            of("[]"),
            "column 23: disclosure: expected an object of all seven keys, or of the keys `flow` and `on`, found a list",
        ),
        (
            of(r#"{"flow":"x"}"#),
            "column 33: disclosure: missing `on`, the day on which the terms of `flow` must hold",
        ),
        (
            format!(r#"{{"disclosure":{RESEARCH},"patients":5}}"#),
            "column 189: question: unknown key `patients`, did you mean `patient`? (accepted: id, disclosure, patient)",
        ),
        (
            disclosure("[\"copi-reg-5\"]", "[\"statutory-duty\",\"s259-collection\"]"),
            "bases: `statutory-duty` and `s259-collection` contradict each other; a collection notice is itself a duty, and another statute is another disclosure: judge each by itself",
        ),
        (
            disclosure("2026-06-01", "2018-05-24"),
            "on: 2018-05-24 is before 2018-05-25, when the national data opt-out began; earlier disclosures are not covered",
        ),
        (
            "[]".to_owned(),
            "column 2: question: expected an object with the key `disclosure`, found a list",
        ),
        (of(RESEARCH) + "{}", "column 199: trailing characters"),
        (of(RESEARCH)[..100].to_owned(), "column 100: EOF while parsing a string"),
        (String::new(), "column 1: EOF while parsing a value"),
        ("\n\n x".to_owned(), "column 4: expected value"),
    ] {
        assert_eq!(failure(&line).1, expected, "{line}");
    }
}

#[test]
fn a_patient_is_an_object_of_statuses_or_a_byte() {
    let patient = |patient: &str| format!(r#"{{"disclosure":{RESEARCH},"patient":{patient}}}"#);
    let all = r#"{"type1":"none","national":"no-nhs-number","programme":"opted-out","explicit-consent":true,"care-objection":true}"#;
    assert_eq!(answer(patient(all)), answer(patient("237")));
    for wrong in [
        "null",
        "true",
        "\"5\"",
        "[1]",
        "-1",
        "256",
        "5.0",
        "1e1",
        r#"{"type1":null}"#,
        r#"{"type1":1}"#,
        r#"{"type1":"None"}"#,
        r#"{"type2":"none"}"#,
        r#"{"type1":"none","type1":"none"}"#,
        r#"{"explicit-consent":"yes"}"#,
        r#"{"explicit_consent":true}"#,
        r#"{"care-objection":1}"#,
    ] {
        failure(patient(wrong));
    }
}

#[test]
fn an_error_shows_no_digits_that_could_be_a_persons() {
    let patient = |patient: &str| format!(r#"{{"disclosure":{RESEARCH},"patient":{patient}}}"#);
    for line in [
        patient("9434765919"),
        patient("-9434765919"),
        patient("9434765919.0"),
        patient("\"943 476 5919\""),
        patient(r#"{"type1":"943 476 5919"}"#),
        patient(r#"{"type1":9434765919}"#),
        patient(r#"{"9434765919":"none"}"#),
        patient(r#"{"a`, expected `9434765919":"none"}"#),
        patient(r#"{"explicit-consent":"9434765919, expected 9434765919"}"#),
        of("\"9434765919\""),
        of(r#"{"flow":"9434765919","on":"2026-06-01"}"#),
        of(r#"{"flow":"x","on":"9434-76-5919"}"#),
        of(r#"{"flow":9434765919,"on":"2026-06-01"}"#),
        of(&RESEARCH.replace("copi-reg-5", "943-476-5919")),
        r#"{"id":[9434765919]}"#.to_owned(),
        "9434765919".to_owned(),
        "\"9434765919\"".to_owned(),
        "{9434765919}".to_owned(),
    ] {
        let answer = answer(&line);
        for part in ["9434", "943-", "943 ", "5919"] {
            assert!(!answer.contains(part), "{line} is answered {answer}");
        }
    }
}

#[test]
fn a_line_that_is_not_text_or_too_long_is_refused() {
    let mut line = of(RESEARCH).into_bytes();
    line[30] = 0xff;
    assert_eq!(failure(&line), ("1".to_owned(), "column 31: not UTF-8 text".to_owned()));

    let long = format!(r#"{{"id":"a1","disclosure":{RESEARCH},{}"#, " ".repeat(MAX_LINE));
    let mut answers = b"before\n".to_vec();
    let error = Judge::new().answer_line(long.as_bytes(), &mut answers).unwrap_err();
    assert_eq!(error, QuestionError::TooLong);
    assert_eq!(
        answers,
        b"before\n{\"id\":\"a1\",\"error\":\"the line is longer than 1048576 bytes\"}\n"
    );
}

#[test]
fn a_line_end_belongs_to_the_line() {
    let line = of(RESEARCH);
    assert_eq!(answer(line.clone() + "\n"), answer(&line));
    assert_eq!(answer(line.clone() + "\r\n"), answer(&line));
}

#[test]
fn more_disclosures_than_are_remembered_are_answered_alike() {
    let days = (1..=28).flat_map(|day| (1..=12).map(move |month| (month, day)));
    let lines: Vec<_> = days
        .map(|(month, day)| of(&RESEARCH.replace("06-01", &format!("{month:02}-{day:02}"))))
        .collect();
    let mut judge = Judge::new();
    for _ in 0..2 {
        for line in &lines {
            let mut answers = Vec::new();
            judge.answer_line(line.as_bytes(), &mut answers).unwrap();
            assert_eq!(answers, answer(line).into_bytes());
        }
    }
}

#[test]
fn a_service_may_use_the_types() {
    let text = of(RESEARCH);
    let question: Question<'_> = serde_json::from_str(&text).unwrap();
    let answered = Judge::new().answer(&question).unwrap();
    assert_eq!(answered.id.json(), "1");
    assert_eq!(answered.verdict, Verdict::Allow);
    assert_eq!(answered.reason, Reason::Permitted);
    assert_eq!(answered.blocked_by, BlockedBy::empty());
    assert_eq!(answered.clauses.as_slice().first(), Some(&Clause::Op5_1));
    assert_eq!(answered.evidence, Some(EvidenceStatus::Unverified));

    let written = serde_json::to_string(&answered).unwrap();
    assert_eq!(format!("{written}\n"), answer(&text));
    assert_eq!(serde_json::from_str::<Answer<'_>>(&written).unwrap(), answered);

    let again = serde_json::to_string(&question).unwrap();
    assert_eq!(serde_json::from_str::<Question<'_>>(&again).unwrap(), question);
    let by_flow = Subject::Flow { flow: "x".into(), on: Date::ymd(2026, 6, 1) };
    assert_eq!(serde_json::to_string(&by_flow).unwrap(), r#"{"flow":"x","on":"2026-06-01"}"#);
}

proptest! {
    /// Whatever is asked, it is answered by one line of JSON, and nothing panics.
    #[test]
    fn any_bytes_are_answered_by_one_line(line in any::<Vec<u8>>()) {
        let mut answers = Vec::new();
        let _ = Judge::new().answer_line(&line, &mut answers).is_ok();
        prop_assert_eq!(answers.iter().position(|byte| *byte == b'\n'), Some(answers.len() - 1));
        prop_assert!(serde_json::from_slice::<Failure<'_>>(&answers).is_ok());
    }

    /// The same for a good line with a slip in it.
    #[test]
    fn a_slip_in_a_good_line_is_answered_by_one_line(place in 0..198_usize, byte in any::<u8>()) {
        let mut line = of(RESEARCH).into_bytes();
        line[place] = byte;
        let mut answers = Vec::new();
        let judged = Judge::new().answer_line(&line, &mut answers);
        prop_assert_eq!(answers.iter().position(|byte| *byte == b'\n'), Some(answers.len() - 1));
        let is_answer = serde_json::from_slice::<Answer<'_>>(&answers).is_ok();
        let is_failure = serde_json::from_slice::<Failure<'_>>(&answers).is_ok();
        prop_assert_eq!((judged.is_ok(), judged.is_err()), (is_answer, is_failure));
    }

    /// Every line is answered as if it were alone (law 11): what a judge remembers changes nothing.
    #[test]
    fn a_line_is_answered_as_if_it_were_alone(asked in proptest::collection::vec((1..=9_u8, any::<u8>()), 0..60)) {
        let mut judge = Judge::new();
        for (day, byte) in asked {
            let line = of(&RESEARCH.replace("06-01", &format!("06-0{day}")))
                .replace("\"patient\":5", &format!("\"patient\":{byte}"));
            let mut answers = Vec::new();
            prop_assert!(judge.answer_line(line.as_bytes(), &mut answers).is_ok());
            prop_assert_eq!(String::from_utf8(answers).unwrap(), answer(&line));
        }
    }
}
