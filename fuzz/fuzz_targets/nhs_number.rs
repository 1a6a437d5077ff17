//! Any bytes as an NHS number, beside an oracle that does it the long way.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use optout::record::{NhsNumber, NhsNumberError};

#[derive(Arbitrary, Debug)]
enum Input<'a> {
    Bytes(&'a [u8]),
    /// Ten digits in some form, with a byte put in or changed.
    Digits { nine: u32, right: bool, tenth: u8, form: u8, change: Option<(u8, u8)> },
}

fn oracle(field: &[u8]) -> Result<Vec<u8>, NhsNumberError> {
    let text: String = field.iter().map(|byte| char::from(*byte)).collect();
    let text = text.trim_matches(' ');
    if text.is_empty() {
        return Err(NhsNumberError::Empty);
    }
    if text.chars().any(|c| !matches!(c, '0'..='9' | ' ' | '-')) {
        return Err(NhsNumberError::NotADigit);
    }
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 10 {
        return Err(NhsNumberError::Length);
    }
    let groups = |separator| text.split(separator).map(str::len).collect::<Vec<_>>();
    if groups(' ') != [10] && groups(' ') != [3, 3, 4] && groups('-') != [3, 3, 4] {
        return Err(NhsNumberError::Separators);
    }
    if !groups(' ').iter().chain(&groups('-')).all(|length| [3, 4, 10, 12].contains(length)) {
        return Err(NhsNumberError::Separators);
    }
    if digits.windows(2).all(|pair| pair[0] == pair[1]) {
        return Err(NhsNumberError::Placeholder);
    }
    let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        check => check,
    };
    if check != digits[9] {
        return Err(NhsNumberError::CheckDigit);
    }
    Ok(digits.iter().map(|digit| b'0' + *digit as u8).collect())
}

fn bytes(input: Input<'_>) -> Vec<u8> {
    let (nine, right, tenth, form, change) = match input {
        Input::Bytes(bytes) => return bytes.to_vec(),
        Input::Digits { nine, right, tenth, form, change } => (nine, right, tenth, form, change),
    };
    let nine = nine % 1_000_000_000;
    let tenth = match NhsNumber::from_first_nine(nine) {
        Some(number) if right => number.to_digits()[9],
        _ => b'0' + tenth % 10,
    };
    let digits = format!("{nine:09}{}", char::from(tenth));
    let (a, b, c) = (&digits[..3], &digits[3..6], &digits[6..]);
    let mut field = match form % 6 {
        0 | 1 => digits.clone(),
        2 => format!("{a} {b} {c}"),
        3 => format!("{a}-{b}-{c}"),
        4 => format!("  {digits} "),
        _ => format!("{a} {b}-{c}"),
    }
    .into_bytes();
    if let Some((place, byte)) = change {
        let place = usize::from(place) % (field.len() + 1);
        if form & 0x80 == 0 || place == field.len() {
            field.insert(place, byte);
        } else {
            field[place] = byte;
        }
    }
    field
}

fuzz_target!(|input: Input<'_>| {
    let field = bytes(input);
    let found = NhsNumber::parse(&field);
    assert_eq!(found.map(|number| number.to_digits().to_vec()), oracle(&field));
    let shown = format!("{found:?} {}", found.err().map(|e| e.to_string()).unwrap_or_default());
    assert!(!shown.contains(|c: char| c.is_ascii_digit() && c != '3' && c != '4'), "{shown}");
    if let Ok(number) = found {
        assert_eq!(NhsNumber::from_first_nine(number.first_nine()), Some(number));
        let _ = number.range();
    }
});
