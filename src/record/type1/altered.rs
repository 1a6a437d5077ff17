//! What exports, spreadsheets and keyboards make of a Type 1 code.

use super::code::{CodeError, CodeSystem, type1_codes};
use super::readable::{has_places_of_read, is_concept};

/// Why a code that is no Type 1 code as written may have been one: passing over it could lose a
/// dissent. `bare` is the code without what exports of its system put around it.
pub(super) fn altered(system: CodeSystem, code: &[u8], bare: &[u8]) -> Option<CodeError> {
    // Under Read, `8E14` is a code.
    let could_be_read = || system != CodeSystem::Snomed && has_places_of_read(code);
    if is_rounded(code) && !could_be_read() {
        return Some(CodeError::Rounded);
    }
    if !could_resemble(code) {
        return None;
    }
    for (of, known, _) in type1_codes() {
        if of == system && known.eq_ignore_ascii_case(bare) {
            return Some(CodeError::LetterCase);
        }
        if resembles(code, of, known) {
            return Some(CodeError::Resembles);
        }
    }
    None
}

/// What nearly all codes are found by at once to resemble none.
fn could_resemble(code: &[u8]) -> bool {
    let letter = |byte: &u8| matches!(byte, b'n' | b'N' | b'z' | b'Z') || !byte.is_ascii();
    code.iter().any(letter) || [b'8', b'2', b'7'].iter().all(|digit| code.contains(digit))
}

/// Whether a Type 1 code is somewhere in it, whatever stands between its letters and digits; or, of a
/// SNOMED CT identifier, all but the check digit, or all but its last digits with others in their
/// place.
fn resembles(code: &[u8], of: CodeSystem, known: &[u8]) -> bool {
    if of == CodeSystem::Snomed {
        // A longer identifier may hold a Type 1 code and be a concept of its own.
        return !(code.len() > known.len() && is_concept(code))
            && shortened(known)
                .any(|known| holds(code, |byte| byte.is_ascii_alphanumeric(), &known));
    }
    // A dot counts: `9Nu..00` is another code.
    holds(code, |byte| byte.is_ascii_alphanumeric() || byte == b'.', &known.iter())
}

/// What is left of a SNOMED CT identifier: without its check digit; with its last two digits or its
/// last three as zeros; and as a number of single precision, which has seven digits or so.
pub(super) fn shortened(known: &[u8]) -> impl Iterator<Item = impl Iterator<Item = &u8> + Clone> {
    let single: &[u8] =
        if known.starts_with(b"827241") { b"827240967307264" } else { b"827261032857600" };
    let kept = |lost: usize| known.get(..known.len() - lost.min(known.len())).unwrap_or_default();
    [(kept(1), &b""[..]), (kept(2), b"00"), (kept(3), b"000"), (single, b"")]
        .into_iter()
        .map(|(first, last)| first.iter().chain(last))
}

/// Whether what `counts` of a code has these characters in it, one after the other.
fn holds<'k>(
    code: &[u8],
    counts: impl Fn(u8) -> bool + Clone,
    known: &(impl Iterator<Item = &'k u8> + Clone),
) -> bool {
    let mut rest = folded(code).filter(|byte| counts(*byte));
    loop {
        let mut here = rest.clone();
        if known.clone().all(|known| here.next().is_some_and(|given| same(*known, given))) {
            return true;
        }
        if rest.next().is_none() {
            return false;
        }
    }
}

/// Whether a character may stand for one of a Type 1 code: in the other case, or a letter that is
/// taken for a digit.
pub(super) const fn same(known: u8, given: u8) -> bool {
    match (known, given) {
        (b'0', b'O' | b'o') | (b'1', b'l' | b'I') => true,
        _ => given.eq_ignore_ascii_case(&known),
    }
}

/// A letter or digit that is like none of ASCII.
pub(super) const LETTER: u8 = 0xFF;
/// A character that is neither, nor of ASCII.
const OTHER: u8 = 0x80;

/// The characters of a text, each in ASCII where it is or looks like one of it.
pub(super) fn folded(text: &[u8]) -> impl Iterator<Item = u8> + Clone {
    text.utf8_chunks().flat_map(|chunk| {
        chunk.valid().chars().map(ascii).chain(chunk.invalid().iter().map(|_| OTHER))
    })
}

/// Full-width forms, other digits, and the letters of other alphabets that look like those of codes.
#[expect(clippy::cast_possible_truncation, reason = "each range is of ASCII or of ten digits")]
fn ascii(character: char) -> u8 {
    let number = character as u32;
    let digit = |zero: u32| b'0' + (number - zero) as u8 % 10;
    match number {
        0..=0x7F => number as u8,
        0xFF01..=0xFF5E => (number - 0xFEE0) as u8,
        0x0660..=0x0669 => digit(0x0660),
        0x06F0..=0x06F9 => digit(0x06F0),
        0x0966..=0x096F => digit(0x0966),
        0x1D7CE..=0x1D7FF => digit(0x1D7CE),
        0x0391 | 0x0410 => b'A',
        0x03B1 | 0x0430 => b'a',
        0x039D => b'N',
        0x039F | 0x041E => b'O',
        0x03BF | 0x043E => b'o',
        0x03A7 | 0x0425 => b'X',
        0x03C7 | 0x0445 => b'x',
        0x0396 => b'Z',
        _ if character.is_alphanumeric() => LETTER,
        _ => OTHER,
    }
}

/// Whether it is a number in scientific notation that a Type 1 code of SNOMED CT is rounded or cut
/// off to, with however many digits are left.
pub(super) fn is_rounded(code: &[u8]) -> bool {
    if !code.iter().any(|byte| matches!(byte, b'e' | b'E') || !byte.is_ascii()) {
        return false;
    }
    let Some((number, digits, exponent)) = scientific(folded(code)) else { return false };
    // The first of its digits stands for so many hundreds of millions of millions.
    let is_of_15_digits = digits > 0 && i64::from(digits) - 1 + exponent == 14;
    is_of_15_digits
        && type1_codes().filter(|(of, ..)| *of == CodeSystem::Snomed).any(|(_, known, _)| {
            let known = known.iter().fold(0, |all, digit| all * 10 + u64::from(digit - b'0'));
            let unit = 10_u64.pow(15_u32.saturating_sub(digits));
            number == known / unit || number == (known + unit / 2) / unit
        })
}

/// A number in scientific notation: its digits without the zeros around them, how many they are, and
/// the power of ten of the last of them.
fn scientific(characters: impl Iterator<Item = u8>) -> Option<(u64, u32, i64)> {
    let mut characters = characters.filter(|byte| !b"'\"= +".contains(byte)).peekable();
    let (mut number, mut digits, mut zeros) = (0_u64, 0_u32, 0_u32);
    let (mut behind, mut has_point) = (0_i64, false);
    loop {
        match characters.next()? {
            digit @ b'0'..=b'9' => {
                behind += i64::from(has_point);
                if digit == b'0' {
                    zeros += u32::from(digits > 0);
                    continue;
                }
                // More digits than any identifier has.
                digits += zeros + 1;
                let shift = 10_u64.checked_pow(zeros + 1)?;
                number = number.checked_mul(shift)?.checked_add(u64::from(digit - b'0'))?;
                zeros = 0;
            }
            b'.' | b',' if !has_point => has_point = true,
            b'e' | b'E' => break,
            _ => return None,
        }
    }
    let negative = characters.next_if_eq(&b'-').is_some();
    let mut power = None;
    for digit in characters {
        if !digit.is_ascii_digit() {
            return None;
        }
        let so_far = power.unwrap_or(0_i64);
        power = Some(so_far.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?);
    }
    let power = if negative { -power? } else { power? };
    Some((number, digits, power.checked_add(i64::from(zeros) - behind)?))
}
