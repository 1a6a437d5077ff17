//! The reader of questions reads what `serde_json` reads, and stops where it stops.
#![cfg(feature = "json")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use optout::question::{Judge, Question, QuestionError};
use proptest::prelude::*;
use serde_json::error::Category;

const LINES: [&str; 6] = [
    r#"{"id":"a1","disclosure":{"origin":"gp-record","boundary":"beyond-controller","identifiability":"identifiable","purpose":"research","bases":["copi-reg-5"],"conditions":[],"on":"2026-06-01"},"patient":{"type1":"dissent","national":"none"}}"#,
    r#"{"patient":77,"disclosure":{"flow":"national-diabetes-audit","on":"2026-06-01"},"id":12.5e3}"#,
    r#"{"id":"\u00e9\n\"é\ud83d\ude00","disclosure":{"flow":"nat\u0069onal-diabetes-audit","on":"2026-06-01"},"patient":{"explicit-consent":true,"care-objection":false}}"#,
    " {\n \"id\" : null , \"disclosure\" : { \"purpose\" : \"TREAT\" ,\n\"bases\":[ \"implied-consent\" , \"court-order\" ] } , \"patient\" : -5 }",
    r#"{"id":[1,{"a":[]}],"unknown":{"a":[[[{}]],"x"]},"id":2}"#,
    r#"{"\u0069d":0,"disclosure":{"flow":"","on":"2026-06-01"}} "#,
];

/// What a slip of the keyboard, or a hostile sender, puts into a line.
const PARTS: [&str; 36] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    ",",
    ":",
    " ",
    "\n",
    "n",
    "null",
    "true",
    "fals",
    "1",
    "-",
    "0",
    ".",
    "e",
    "\\u12",
    "\\ud800",
    "\\udc00",
    "\\u0041",
    "\u{1}",
    "é",
    "\u{10FFFF}",
    "\"id\":1,",
    "x",
    "123456789",
    "\"flow\":",
    "[[[[",
    "99999999999999999999",
    "-0",
    "-9223372036854775809",
    "256",
    "{}",
];

/// A line with a few slips: where each is, what is put there, and how much goes.
fn slips() -> impl Strategy<Value = String> {
    let slip = (any::<prop::sample::Index>(), prop::option::of(0..PARTS.len()), 0..4_usize);
    (0..LINES.len(), prop::collection::vec(slip, 0..4)).prop_map(|(line, slips)| {
        let mut letters: Vec<char> = LINES[line].chars().collect();
        for (place, part, gone) in slips {
            let place = place.index(letters.len() + 1);
            let end = letters.len().min(place + gone);
            letters.splice(place..end, part.map_or("", |part| PARTS[part]).chars());
        }
        letters.into_iter().collect()
    })
}

/// The place of an error of `serde_json`, which counts columns from the last line end.
fn column(text: &str, error: &serde_json::Error) -> usize {
    let before = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    before.map(str::len).sum::<usize>() + error.column().max(1)
}

fn agrees(text: &str) -> Result<(), TestCaseError> {
    let expected = serde_json::from_str::<Question<'_>>(text);
    let error = match (Question::read(text), expected) {
        (Ok(found), Ok(expected)) => {
            prop_assert_eq!(found, expected);
            return Ok(());
        }
        (Err(QuestionError::Json(found)), Err(expected)) => (found, expected),
        (found, expected) => {
            return Err(TestCaseError::fail(format!("{found:?} {expected:?}: {text}")));
        }
    };
    let (found, expected) = error;
    let words = expected.to_string();
    // Numbers have words of their own: none is out of range, and one that breaks off is said to.
    if expected.classify() == Category::Data || words.contains("number") || words.contains("EOF") {
        return Ok(());
    }
    prop_assert_eq!(found.column(), column(text, &expected), "{}", text);
    let words = words.split(" at line ").next().unwrap_or_default();
    prop_assert!(found.to_string().ends_with(words), "{} {}: {}", found, words, text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn a_line_with_slips_is_read_as_serde_json_reads_it(text in slips()) {
        agrees(&text)?;
    }

    /// With and without memory of earlier lines, and with a writer of any kind.
    #[test]
    fn a_line_is_answered_once_as_it_is_among_others(text in slips()) {
        let (mut among, mut once) = (Vec::new(), Vec::new());
        let judged = Judge::new().answer_line(text.as_bytes(), &mut among);
        let alone = Judge::answer_once(text.as_bytes(), &mut once).expect("there is memory");
        once.push(b'\n');
        prop_assert_eq!(among, once);
        prop_assert_eq!(judged, alone);
    }
}

#[test]
fn every_beginning_of_a_line_is_read_as_serde_json_reads_it() {
    for line in LINES {
        for (place, _) in line.char_indices() {
            agrees(&line[..place]).expect(line);
        }
    }
}
