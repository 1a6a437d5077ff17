//! What a field looks like that should name a person and does not.
//!
//! A message can then say what is likely wrong with a column, by counts and never by a value.

use core::fmt::Write as _;
use core::str;
use std::string::String;

use super::NhsNumber;
use super::list::{is_unseen, is_word_for_none};
use super::nhs_number::trim_spaces;

/// How much of a field is looked at.
const LOOKED_AT: usize = 64;
/// How many of them a message names.
const TOLD: usize = 3;

/// The form of a field that is no NHS number and is not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    PointZero,
    Exponent,
    Apostrophe,
    Formula,
    Quotes,
    Unseen,
    OtherDigits,
    NotText,
    NineDigits,
    Separators,
    Placeholder,
    CheckDigit,
    Date,
    Number,
    Null,
    Words,
    Mixed,
    Other,
}

impl Look {
    const ALL: [Self; 18] = [
        Self::PointZero,
        Self::Exponent,
        Self::Apostrophe,
        Self::Formula,
        Self::Quotes,
        Self::Unseen,
        Self::OtherDigits,
        Self::NotText,
        Self::NineDigits,
        Self::Separators,
        Self::Placeholder,
        Self::CheckDigit,
        Self::Date,
        Self::Number,
        Self::Null,
        Self::Words,
        Self::Mixed,
        Self::Other,
    ];

    /// The form of a field without the quotes of its table.
    #[cold]
    pub(crate) fn of(field: &[u8]) -> Self {
        let field = trim_spaces(field.get(..LOOKED_AT).unwrap_or(field));
        let text = match str::from_utf8(field) {
            Ok(text) => text,
            // Cut within a character.
            Err(error) if error.error_len().is_none() => {
                let whole = field.get(..error.valid_up_to()).unwrap_or_default();
                str::from_utf8(whole).unwrap_or_default()
            }
            Err(_) => return Self::NotText,
        };
        if text.chars().any(is_unseen) {
            return Self::Unseen;
        }
        match text.as_bytes() {
            [b'\'', ..] => return Self::Apostrophe,
            [b'=', ..] => return Self::Formula,
            [b'"', ..] | [.., b'"'] => return Self::Quotes,
            field if says_none(field) => return Self::Null,
            _ => {}
        }
        if text.chars().any(|c| c.is_numeric() && !c.is_ascii_digit()) {
            return Self::OtherDigits;
        }
        let letters = text.chars().any(char::is_alphabetic);
        let digits = text.bytes().any(|byte| byte.is_ascii_digit());
        match (letters, digits) {
            (true, false) => Self::Words,
            (false, false) => Self::Other,
            (true, true) if is_exponent(text) => Self::Exponent,
            _ if is_date(text) => Self::Date,
            (true, true) => Self::Mixed,
            (false, true) => Self::of_digits(text),
        }
    }

    /// Of text with digits and without letters.
    fn of_digits(text: &str) -> Self {
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !rest.is_empty() && all_digits(whole) && rest.bytes().all(|byte| byte == b'0') {
            return Self::PointZero;
        }
        let mut ten = [0; 10];
        let mut given = text.bytes().filter(u8::is_ascii_digit);
        let count = given.clone().count();
        for (digit, given) in ten.iter_mut().zip(&mut given) {
            *digit = given;
        }
        let [first, others @ ..] = ten;
        match count {
            9 => Self::NineDigits,
            10 if others.iter().all(|digit| *digit == first) => Self::Placeholder,
            10 if NhsNumber::parse(&ten).is_ok() => Self::Separators,
            10 => Self::CheckDigit,
            _ => Self::Number,
        }
    }

    /// What is told of fields of the form, behind their number.
    const fn told(self) -> &'static str {
        match self {
            Self::PointZero => "end in `.0`: saved by a spreadsheet as numbers",
            Self::Exponent => {
                "have an exponent, as in `1.2E+09`: saved by a spreadsheet, which lost digits"
            }
            Self::Apostrophe => "begin with an apostrophe",
            Self::Formula => "stand in `=\"…\"`, or begin with `=`",
            Self::Quotes => "have quotes around them",
            Self::Unseen => {
                "hold what cannot be seen, such as a no-break space, a zero-width space or a tab"
            }
            Self::OtherDigits => "are written in other digits than 0 to 9",
            Self::NotText => "are not text in UTF-8",
            Self::NineDigits => "have nine digits: a zero in front may be lost",
            Self::Separators => "have ten digits with other separators than spaces or hyphens",
            Self::Placeholder => "are a placeholder, one digit ten times over",
            Self::CheckDigit => "have ten digits with a wrong check digit",
            Self::Date => "are dates",
            Self::Number => "are numbers of another length",
            Self::Null => "are words for none, such as NULL",
            Self::Words => "are words",
            Self::Mixed => "have letters and digits",
            Self::Other => "have no usual form",
        }
    }

    /// What is likely wrong with a column of such fields, and what to do.
    const fn advice(self) -> &'static str {
        match self {
            Self::PointZero | Self::Exponent | Self::NineDigits => {
                "export the column again as text: a spreadsheet has made numbers of it"
            }
            Self::Apostrophe | Self::Formula | Self::Quotes | Self::Separators => {
                "write the numbers alone, ten digits or 3-3-4, without what is around or between them"
            }
            Self::Unseen | Self::OtherDigits | Self::NotText => {
                "write the column in plain digits, in UTF-8, without spaces that cannot be seen"
            }
            Self::Placeholder | Self::Null => {
                "these records name nobody: see why they have no number, and leave the field empty"
            }
            Self::CheckDigit
            | Self::Date
            | Self::Number
            | Self::Words
            | Self::Mixed
            | Self::Other => "the column is likely the wrong one: look at which one names people",
        }
    }
}

/// How many fields there are of each form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Looks([u64; 18]);

impl Looks {
    /// Counts a field, without the quotes of its table, that is no NHS number and is not empty.
    #[cold]
    pub fn note(&mut self, field: &[u8]) {
        self.count(Look::of(field));
    }

    /// Counts one of the form.
    pub(crate) fn count(&mut self, form: Look) {
        if let Some(count) = self.0.get_mut(form as usize) {
            *count += 1;
        }
    }

    /// All fields.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The most frequent first.
    fn by_count(&self) -> impl Iterator<Item = (Look, u64)> {
        let mut looks = Look::ALL.map(|form| (form, self.0.get(form as usize).map_or(0, |n| *n)));
        looks.sort_by_key(|(_, count)| core::cmp::Reverse(*count));
        looks.into_iter().filter(|(_, count)| *count > 0)
    }

    /// What the fields look like, of so many in all: `994 of 1,000 end in ".0": …`.
    #[must_use]
    pub fn told_of(&self, of: u64) -> String {
        let mut told = String::new();
        for (form, count) in self.by_count().take(TOLD) {
            let stop = if told.is_empty() { "" } else { "; " };
            let (count, of) = (thousands(count), thousands(of));
            // Writing into text cannot fail.
            let _ = write!(told, "{stop}{count} of {of} {}", form.told());
        }
        told
    }

    /// What is likely wrong, and what to do; nothing where there is no field.
    #[must_use]
    pub fn advice(&self) -> Option<&'static str> {
        self.by_count().next().map(|(form, _)| form.advice())
    }
}

impl core::ops::Add for Looks {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count += more;
        }
        self
    }
}

impl core::ops::Sub for Looks {
    type Output = Self;

    fn sub(mut self, before: Self) -> Self {
        for (count, less) in self.0.iter_mut().zip(before.0) {
            *count = count.saturating_sub(less);
        }
        self
    }
}

/// Whether a field says that there is nothing, as software or a person writes it.
fn says_none(field: &[u8]) -> bool {
    const WORDS: [&[u8]; 7] = [b"n/a", b"-", b"--", b".", b"?", b"<null>", b"unknown"];
    is_word_for_none(field) || WORDS.iter().any(|word| word.eq_ignore_ascii_case(field))
}

/// A number with a comma between thousands.
pub(crate) fn thousands(number: u64) -> String {
    let digits = std::format!("{number}");
    let mut said = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

/// `9.43E+09`, `943E7`.
fn is_exponent(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['e', 'E']) else { return false };
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    digits(whole) && digits(part) && digits(power)
}

/// A day in one of the usual forms, perhaps with a time behind it.
fn is_date(text: &str) -> bool {
    let parts: [&str; 3] = {
        let mut parts = text.splitn(3, ['-', '/', '.', ' ']);
        [(); 3].map(|()| parts.next().unwrap_or_default())
    };
    let [first, second, third] = parts;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let third = third.split(['T', ' ']).next().unwrap_or_default();
    let number = |text: &str| text.parse::<u32>().unwrap_or(u32::MAX);
    let month = |text: &str| {
        let named = text.len() >= 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        named || (digits(text) && text.len() <= 2 && (1..=12).contains(&number(text)))
    };
    let day = |text: &str| digits(text) && text.len() <= 2 && (1..=31).contains(&number(text));
    let year = |text: &str| digits(text) && matches!(text.len(), 2 | 4);
    if digits(text) && text.len() == 8 {
        let (year, rest) = text.split_at(4);
        let (its_month, its_day) = rest.split_at(2);
        return (1850..=2150).contains(&number(year)) && month(its_month) && day(its_day);
    }
    let third_is = |test: &dyn Fn(&str) -> bool| digits(third) && test(third);
    (first.len() == 4 && digits(first) && month(second) && third_is(&day))
        || (day(first) && month(second) && third_is(&year))
        || (month(first) && day(second) && third_is(&year))
}

#[cfg(test)]
mod tests {
    use std::string::String;

    use super::{Look, Looks};

    #[test]
    fn every_form_is_told_apart() {
        for (field, form) in [
            ("9434765919.0", Look::PointZero),
            ("9434765919.00", Look::PointZero),
            ("9.43E+09", Look::Exponent),
            ("9.434765919e9", Look::Exponent),
            ("943E7", Look::Exponent),
            ("'9434765919", Look::Apostrophe),
            ("=\"9434765919\"", Look::Formula),
            ("\"9434765919\"", Look::Quotes),
            ("9434765919\u{a0}", Look::Unseen),
            ("943\u{200b}4765919", Look::Unseen),
            ("\u{feff}9434765919", Look::Unseen),
            ("9434765919\t", Look::Unseen),
            ("\u{ff19}434765919", Look::OtherDigits),
            ("943476591", Look::NineDigits),
            ("943.476.5919", Look::Separators),
            ("943/4765919", Look::Separators),
            ("94 34 76 59 19", Look::Separators),
            ("9999999999", Look::Placeholder),
            ("0000000000", Look::Placeholder),
            ("9434765918", Look::CheckDigit),
            ("943 476 5918", Look::CheckDigit),
            ("2026-06-01", Look::Date),
            ("2026-06-01T10:00:00", Look::Date),
            ("2026-06-01 10:00", Look::Date),
            ("01/06/2026", Look::Date),
            ("1/6/26", Look::Date),
            ("01-Jun-2026", Look::Date),
            ("20260601", Look::Date),
            ("99999999", Look::Number),
            ("7", Look::Number),
            ("12345678901", Look::Number),
            ("0.5", Look::Number),
            ("NULL", Look::Null),
            ("n/a", Look::Null),
            ("Ward", Look::Words),
            ("Ward 7", Look::Mixed),
            ("f00dcafe", Look::Mixed),
            ("RXX01", Look::Mixed),
            ("NHS 9434765919", Look::Mixed),
            ("%", Look::Other),
        ] {
            assert_eq!(Look::of(field.as_bytes()), form, "{field}");
        }
        assert_eq!(Look::of(b"\xff9434765919"), Look::NotText);
        // A long field is cut, also within a character.
        let long = "é".repeat(40);
        assert_eq!(Look::of(&[b"x", long.as_bytes()].concat()), Look::Words);
    }

    #[test]
    fn the_most_frequent_forms_are_told_without_a_value() {
        let mut looks = Looks::default();
        assert_eq!((looks.told_of(9), looks.advice()), (String::new(), None));
        for (field, times) in
            [("9434765919.0", 994), ("943476591", 3), ("Ward", 2), ("2026-06-01", 1)]
        {
            (0..times).for_each(|_| looks.note(field.as_bytes()));
        }
        assert_eq!(looks.all(), 1000);
        let told = looks.told_of(1000);
        assert!(
            told.starts_with("994 of 1,000 end in `.0`: saved by a spreadsheet as numbers; 3 of"),
            "{told}"
        );
        assert!(!told.contains("943") && !told.contains("dates"), "{told}");
        assert!(looks.advice().unwrap().contains("as text"));
        assert_eq!((looks + looks) - looks, looks);
    }

    #[test]
    fn each_form_has_a_place_of_its_own() {
        for (place, form) in Look::ALL.into_iter().enumerate() {
            assert_eq!(form as usize, place);
        }
    }
}
