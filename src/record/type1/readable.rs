//! What can be a code of a system, and what shows that something else stands in its place.

use super::code::{CodeSystem, is_term, without_dots};
use crate::record::list::is_word_for_none;

/// Whether it is a supplier's own code: `^ESCT1173456`, `EMISNQTE170`.
pub(super) fn is_local(code: &[u8]) -> bool {
    let body = match code {
        [b'^', body @ ..] => body,
        _ if [&b"EMIS"[..], b"ESCT", b"EGTON"].iter().any(|of| code.starts_with(of)) => code,
        _ => return false,
    };
    let of_code = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    body.len() > 1 && body.iter().all(of_code)
}

/// Whether it can be a code of the system: under SNOMED CT the identifier of a concept; under Read
/// anything but nothing, and numbers that are none of its codes.
pub(super) fn is_readable(system: CodeSystem, code: &[u8]) -> bool {
    if is_nothing(code) {
        return false;
    }
    match system {
        CodeSystem::ReadV2 | CodeSystem::Ctv3 => !is_number(code) || is_read_number(code),
        CodeSystem::Snomed => is_concept(code),
    }
}

/// Whether nothing stands where a code should.
pub(super) fn is_nothing(code: &[u8]) -> bool {
    let code = code.trim_ascii();
    code.is_empty() || code == b"-99" || is_word_for_none(code)
}

/// Whether a number can be a Read code: up to five digits, with or without final dots; or those five
/// places followed by the two characters of a term.
fn is_read_number(code: &[u8]) -> bool {
    let is = |code: &[u8]| {
        let digits = without_dots(code);
        (1..=5).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
    };
    match code {
        [five @ .., a, b] if five.len() == 5 && is_term(*a, *b) && is(five) => true,
        _ => is(code),
    }
}

/// Whether it is a number: digits with a sign, points or commas, perhaps in scientific notation; and
/// no Read code that has the form of one (`8E10`, `1E05.00`).
fn is_number(code: &[u8]) -> bool {
    let Some(at) = code.iter().position(|byte| byte.eq_ignore_ascii_case(&b'e')) else {
        return is_plain(code);
    };
    let (number, power) = code.split_at(at);
    !has_places_of_read(code) && is_plain(number) && is_plain(power.get(1..).unwrap_or_default())
}

/// Whether it has the form of a Read code: up to five letters and digits with or without final dots,
/// perhaps followed by the two of a term.
pub(super) fn has_places_of_read(code: &[u8]) -> bool {
    let five = match code {
        [five @ .., a, b] if five.len() == 5 && is_term(*a, *b) => five,
        _ => code,
    };
    let places = without_dots(five);
    places.len() <= 5 && places.iter().all(u8::is_ascii_alphanumeric)
}

fn is_plain(number: &[u8]) -> bool {
    number.iter().any(u8::is_ascii_digit)
        && number.iter().all(|byte| byte.is_ascii_digit() || b".,+-".contains(byte))
}

/// Whether it is the identifier of a SNOMED CT concept: 6 to 18 digits, the partition of a concept
/// before the check digit, and that digit right.
pub(super) fn is_concept(code: &[u8]) -> bool {
    let [item @ .., b'0' | b'1', b'0', _] = code else { return false };
    (3..=15).contains(&item.len())
        && code.first() != Some(&b'0')
        && code.iter().all(u8::is_ascii_digit)
        && has_check_digit(code)
}

/// How two digits combine in Verhoeff's check: the group of turns and flips of a pentagon.
const COMBINED: [[u8; 10]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];

/// What a digit counts as, by its place from the right.
const PLACED: [[u8; 10]; 8] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
    [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
    [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
    [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
    [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
];

/// Whether the last digit is that of Verhoeff's check.
fn has_check_digit(digits: &[u8]) -> bool {
    let look_up =
        |row: Option<&[u8; 10]>, at: u8| row.and_then(|row| row.get(usize::from(at))).copied();
    let sum = digits.iter().rev().zip(PLACED.iter().cycle()).try_fold(0, |sum, (digit, placed)| {
        let digit = look_up(Some(placed), digit.checked_sub(b'0')?)?;
        look_up(COMBINED.get(usize::from(sum)), digit)
    });
    sum == Some(0)
}
