//! What a field looks like where a person is named, and what cannot be the name of a column.

use std::string::String;
use std::vec::Vec;

use super::NhsNumber;
use crate::tables::key::{Key, Kind};

/// Tables that name people by NHS number.
pub(crate) const NUMBERS: Key = Key { kind: Kind::Number, ..ANY };
/// Tables that name people by keys.
pub(crate) const KEYS: Key = Key { kind: Kind::Other, ..ANY };
/// Tables of which nothing says how they name people.
pub(crate) const ANY: Key = Key {
    kind: Kind::Unsaid,
    is_number: holds_a_number,
    looks_like: looks_like_a_number,
    is_no_name,
};

/// Words by which software and people write that there is nothing, without what is no letter.
const NONE: [&str; 20] = [
    "na",
    "null",
    "none",
    "nil",
    "nan",
    "nat",
    "void",
    "undefined",
    "unknown",
    "notknown",
    "unk",
    "missing",
    "notapplicable",
    "notavailable",
    "notrecorded",
    "notstated",
    "tbc",
    "tba",
    "xxx",
    "xxxx",
];

/// Whether a field of a header holds an NHS number, whatever separates its digits, so that it is the
/// first row of data.
fn holds_a_number(field: &[u8]) -> bool {
    let digits: Vec<u8> = whole(field).iter().copied().filter(u8::is_ascii_digit).collect();
    NhsNumber::parse(&digits).is_ok()
}

/// Without the decimals that a spreadsheet adds.
fn whole(field: &[u8]) -> &[u8] {
    let field = field.trim_ascii();
    match field.iter().position(|byte| *byte == b'.').map(|at| field.split_at(at)) {
        Some((whole, [_, zeros @ ..])) if zeros.iter().all(|byte| matches!(byte, b'0' | b'"')) => {
            whole
        }
        _ => field,
    }
}

/// Whether a field is an NHS number, or would be one but for its digits: a placeholder, a wrong check
/// digit, a leading zero that was lost, a number or formula of a spreadsheet.
fn looks_like_a_number(field: &[u8]) -> bool {
    let whole = whole(field);
    let digits = whole.iter().filter(|byte| byte.is_ascii_digit()).count();
    let others = |byte: &u8| byte.is_ascii_digit() || b" -\t\"'=".contains(byte);
    (9..=10).contains(&digits) && whole.iter().all(others)
}

/// Whether a field cannot be the name of the column that names people: it has the form of a number,
/// of any count of digits, whatever stands between and around them; it has as many digits as an NHS
/// number; or it is a word for none. A first row with such a field is a person's.
fn is_no_name(field: &[u8]) -> bool {
    let text = String::from_utf8_lossy(field);
    let digits = text.chars().filter(|character| character.is_numeric()).count();
    let mut letters = text.chars().filter(|character| character.is_alphabetic());
    // `9.43E+09`.
    let scientific = || {
        let (before, after) = text.split_once(['e', 'E'])?;
        let after = after.trim_start_matches(['+', '-']);
        Some(
            before.ends_with(|c: char| c.is_numeric() || c == '.')
                && after.starts_with(char::is_numeric),
        )
    };
    match (letters.next(), letters.next()) {
        (None, _) => return true,
        (Some('e' | 'E'), None) if digits > 0 && scientific() == Some(true) => return true,
        (Some('N'), None) if text.trim() == "\\N" => return true,
        _ if digits >= 9 => return true,
        _ => {}
    }
    let word: String =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    NONE.contains(&&*word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_column_is_told_from_a_person() {
        for person in [
            "9434765919",
            "9990000019",
            "943 476 5919",
            "943-476-5919",
            "943476591",
            "123",
            "7",
            "0000000000",
            "9434765919.0",
            "9.43477E+09",
            "9.43477e9",
            "'9434765919",
            "=\"9434765919\"",
            "\u{a0}9434765919",
            "9434765919\u{200b}",
            "９４３４７６５９１９",
            "943.476.5919",
            "943/476/5919",
            "(943) 476 5919",
            "NHS 9434765918",
            "NULL",
            "null",
            "N/A",
            "#N/A",
            "n.a.",
            "\\N",
            "NaN",
            "none",
            "-",
            "?",
            "--",
            "unknown",
            "Not known",
            "<NULL>",
            "",
            " ",
            "9,434,765,919",
            "+44 7700 900123",
        ] {
            assert!(is_no_name(person.as_bytes()), "{person:?}");
        }
        for name in [
            "nhs",
            "n",
            "NHS Number",
            "NHS_NO",
            "id",
            "e",
            "E",
            "patient1",
            "key 2",
            "nhs_number_2024",
            "N",
            "ref",
            "national id",
            "Næringskode",
            "person (1)",
            "#",
            "Nummer",
            "null_flavour",
            "e1",
        ] {
            assert_eq!(is_no_name(name.as_bytes()), name == "#", "{name:?}");
        }
    }
}
