//! What may be said and recorded of texts that others gave: no NHS number, and no character that
//! hides or moves its neighbours.

mod json;
mod misread;

use std::string::String;
use std::vec::Vec;

pub use json::to_json;
pub use misread::misread;

use super::NhsNumber;

/// Characters between two groups of a number, at most: a space, a hyphen, a hyphen between spaces.
const APART: usize = 3;

/// Whether a text holds an NHS number: ten digits of any script, together or in groups of any
/// lengths, with up to three characters between two of them that are no letters. What cannot be seen
/// does not count. Part of a longer run of digits is none, and neither is a day with its hour.
#[must_use]
pub fn names_a_person(text: &str) -> bool {
    let mut found = false;
    numbers(text, |_| found = true);
    found
}

/// The text with each digit of an NHS number as `#`; all else as it is.
#[must_use]
pub fn masked(text: &str) -> String {
    let mut at = Vec::new();
    numbers(text, |digits| at.extend(digits.iter().map(|digit| digit.at)));
    if at.is_empty() {
        return text.into();
    }
    at.sort_unstable();
    let hidden = |(i, c)| if at.binary_search(&i).is_ok() { '#' } else { c };
    text.char_indices().map(hidden).collect()
}

/// As [`masked`], and so is each digit of what could be a number that was mistyped: nine digits or
/// more in a row, with nothing but single spaces or hyphens between them. A date has eight.
///
/// A mailbox and what follows it in the name of a MESH file, such as `AAAOT001-010626-0001`, is none:
/// it begins with letters and is not written 3-3-4.
#[must_use]
pub fn masked_widely(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    let mut of_word = false;
    for c in masked(text).chars().chain(['\n']) {
        let joins = matches!(c, ' ' | '-') && run.ends_with(|last: char| last.is_numeric());
        if c.is_numeric() || joins {
            run.push(c);
            continue;
        }
        let groups: Vec<_> = run.split([' ', '-']).map(|group| group.chars().count()).collect();
        let plain = (groups.iter().any(|digits| *digits >= 9) && !is_concept(&run))
            || groups.windows(3).any(|g| g == [3, 3, 4]);
        let personal = plain || (!of_word && groups.len() > 1 && groups.iter().sum::<usize>() >= 9);
        shown.extend(run.drain(..).map(|c| if personal && c.is_numeric() { '#' } else { c }));
        shown.push(c);
        of_word = c.is_alphabetic();
    }
    shown.pop();
    shown
}

/// Whether digits are the identifier of a concept in the United Kingdom's part of SNOMED CT, such as a
/// Type 1 code.
fn is_concept(run: &str) -> bool {
    run.len() <= 18
        && run.bytes().all(|byte| byte.is_ascii_digit())
        && run.len().checked_sub(10).is_some_and(|at| run.get(at..at + 8) == Some("10000001"))
}

/// The text with every character that is not seen, or that changes how others are seen, written out:
/// `\u{202e}` for one that turns the direction of the text.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unseen(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    shown
}

/// Whether a character moves others, or ends a line: a control, a mark of direction.
#[must_use]
pub fn is_misleading(c: char) -> bool {
    let direction =
        matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    c.is_control() || direction || matches!(c, '\u{61C}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character is not seen, or changes how others are seen: a control, a line end, a mark of
/// direction, one without width.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{3164}')
        || matches!(c, '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}')
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}')
        || matches!(c, '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a text is blank to the eye.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_unseen(c) || c == '\u{2800}')
}

/// A digit of a text, and where it stands.
#[derive(Clone, Copy)]
struct Digit {
    at: usize,
    value: u8,
}

/// Gives the digits of every NHS number in a text.
fn numbers(text: &str, mut found: impl FnMut(&[Digit])) {
    let mut digits: Vec<Digit> = Vec::new();
    // Where each group begins among them.
    let mut groups: Vec<usize> = Vec::new();
    let mut apart = 0;
    let mut in_group = false;
    for (at, c) in text.char_indices().chain([(text.len(), 'a')]) {
        if let Some(value) = digit(c) {
            if !in_group {
                groups.push(digits.len());
                in_group = true;
            }
            digits.push(Digit { at, value });
            continue;
        }
        if is_unseen(c) && !matches!(c, '\t' | '\n' | '\r') || is_combining(c) {
            continue;
        }
        if in_group {
            last_ten(&digits, &groups).map(&mut found);
            in_group = false;
            apart = 0;
        }
        apart += 1;
        if c.is_alphabetic() || apart > APART {
            digits.clear();
            groups.clear();
        }
    }
}

/// The last groups where they are ten digits together, and an NHS number.
fn last_ten<'d>(digits: &'d [Digit], groups: &[usize]) -> Option<&'d [Digit]> {
    let from = digits.len().checked_sub(10)?;
    let first = groups.binary_search(&from).ok()?;
    let ten = digits.get(from..)?;
    let mut text = [0; 10];
    for (text, digit) in text.iter_mut().zip(ten) {
        *text = b'0' + digit.value;
    }
    let ends = groups.get(first + 1..)?.iter().map(|begin| begin - from);
    (NhsNumber::parse(&text).is_ok() && !is_time(&text, ends)).then_some(ten)
}

/// Whether ten digits are a day and an hour: `2026112809` in any groups, of which no NHS number is given
/// out, nor a Scottish one, which begins with a day and a month; any year where the groups are a date's,
/// as in `1900-01-01 00` and `31.12.9999 23`.
fn is_time(ten: &[u8; 10], ends: impl Iterator<Item = usize>) -> bool {
    let number = |from: usize, to: usize| {
        let digits = ten.get(from..to).unwrap_or_default().iter();
        digits.fold(0_u32, |number, digit| number * 10 + u32::from(digit - b'0'))
    };
    let day = |month, day| (1..=12).contains(&month) && (1..=31).contains(&day);
    let groups: Vec<_> = ends.collect();
    let year = number(0, 4);
    let usual = (1913..2000).contains(&year) || (2013..2100).contains(&year);
    let clock = |hour, minute, second| hour < 24 && minute < 60 && second < 60;
    ((usual || groups == [4, 6, 8]) && day(number(4, 6), number(6, 8)))
        || (groups == [2, 4, 8] && day(number(2, 4), number(0, 2)))
        // What ends in a time without the year, or without the day, before it.
        || (groups == [2, 4, 6, 8]
            && (day(number(0, 2), number(2, 4)) || day(number(2, 4), number(0, 2)))
            && clock(number(4, 6), number(6, 8), number(8, 10)))
        || (groups == [2, 6, 8] && day(number(0, 2), 1) && clock(number(6, 8), number(8, 10), 0))
}

/// Marks that stand on the character before them.
const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}')
}

/// The value of a digit of any script, raised, lowered or in a circle.
fn digit(c: char) -> Option<u8> {
    if let Some(value) = c.to_digit(10) {
        return u8::try_from(value).ok();
    }
    if !c.is_numeric() {
        return None;
    }
    let from = |zero: u32| u32::from(c).checked_sub(zero).filter(|value| *value < 10);
    let of_script = ZEROS.iter().find_map(|zero| from(*zero));
    let value = of_script.or(match c {
        '\u{B9}' => Some(1),
        '\u{B2}' => Some(2),
        '\u{B3}' => Some(3),
        '\u{24EA}' => Some(0),
        '\u{2460}'..='\u{2468}' => from(0x245F),
        _ => None,
    });
    value.and_then(|value| u8::try_from(value).ok())
}

/// The zero of every script that counts in tens (Unicode, general category Nd), and those that are
/// raised and lowered.
const ZEROS: [u32; 72] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0x2070, 0x2080, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
    0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450,
    0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x11F50,
    0x16A60, 0x16AC0, 0x16B50, 0x1CCF0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140,
    0x1E2F0, 0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

#[cfg(test)]
mod tests {
    use std::string::String;

    use super::{escaped, is_blank, masked, masked_widely, names_a_person};

    #[test]
    fn a_number_is_known_however_it_is_grouped() {
        let wide: String =
            "9434765919".chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        for text in [
            "9434765919",
            "CAG9434765919x",
            "943 476 5919",
            "25/CAG 943-476-5919",
            "943.476.5919.csv",
            "943_476_5919",
            "943  476  5919",
            "943 - 476 - 5919",
            "943\u{2013}476\u{2013}5919",
            "943476 5919",
            "943 4765919",
            "94 34 76 59 19",
            "9-4-3-4-7-6-5-9-1-9",
            "94347/65919",
            "1, 943 476 5919",
            "943\u{a0}476\u{a0}5919",
            "943\u{200b}476\u{200b}\u{200b}\u{200b}\u{200b}5919",
            "94347\u{202e}65919",
            "9\u{301}434765919",
            "\u{0669}\u{0664}\u{0663}\u{0664}\u{0667}\u{0666}\u{0665}\u{0669}\u{0661}\u{0669}",
            "\u{2079}\u{2074}\u{b3}4765919",
            &wide,
        ] {
            assert!(names_a_person(text), "{text}");
            let shown = masked(text);
            assert!(!shown.contains("5919") && !names_a_person(&shown), "{text}");
            assert_eq!(shown.matches('#').count(), 10, "{text}");
            assert_eq!(masked_widely(text), shown);
        }
    }

    #[test]
    fn other_digits_name_nobody() {
        for text in [
            "9434765918",
            "19434765919",
            "94347659190",
            "tel. 0943 476 5919",
            "943 476 59190",
            "943    476    5919",
            "943a476b5919",
            "2026-11-22/07",
            "25/CAG/0000",
            "",
        ] {
            assert!(!names_a_person(text), "{text}");
            assert_eq!(masked(text), text);
        }
    }

    /// Of ten digits one in eleven passes the check, so a time must not depend on its luck.
    #[test]
    fn a_time_is_no_person() {
        for year in 1..=9999 {
            assert!(!names_a_person(&std::format!("{year:04}-12-31 23:59:59")));
            assert!(!names_a_person(&std::format!("31/12/{year:04} 23:59")));
        }
        for hour in 0..24 {
            for day in 1..=28 {
                for text in [
                    std::format!("hes-2026-11-{day:02}-{hour:02}.csv"),
                    std::format!("hes_202611{day:02}{hour:02}.csv"),
                    std::format!("{day:02}-11-2026 {hour:02}"),
                    std::format!("2026-11-{day:02}T{hour:02}:15:00Z"),
                ] {
                    assert!(!names_a_person(&text), "{text}");
                }
            }
        }
    }

    #[test]
    fn what_could_be_a_number_is_masked_and_a_code_is_not() {
        for (text, shown) in [
            ("943476591", "#########"),
            ("19434765919", "###########"),
            ("9434765919 9000962382", "########## ##########"),
            ("943 476 591", "### ### ###"),
            ("827241000000103, 827261000000102", "827241000000103, 827261000000102"),
            ("2026-11-28", "2026-11-28"),
            ("AAAOT001-010626-0001", "AAAOT001-010626-0001"),
        ] {
            assert_eq!(masked_widely(text), shown);
        }
    }

    #[test]
    fn what_is_not_seen_is_written_out() {
        assert_eq!(escaped("a\u{202e}vsc.b\u{1b}[2J\n"), "a\\u{202e}vsc.b\\u{1b}[2J\\u{a}");
        assert_eq!(escaped("Übersicht 1.csv"), "Übersicht 1.csv");
        assert!(is_blank("\u{200b} \u{2003}\u{3164}\t") && !is_blank("."));
    }
}
