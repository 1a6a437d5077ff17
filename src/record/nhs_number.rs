//! The NHS number: ten ASCII digits of which the last checks the others.

use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;

use crate::vocabulary::{UnknownCode, coded, read_code};

/// A valid NHS number that is not a placeholder, kept as its first nine digits.
///
/// Valid means ten ASCII digits with a right check digit (modulus 11) that are not one digit ten
/// times over: `0000000000` to `9999999999` pass modulus 11, but stand for "no number" in real
/// files (specification, section 8). Validity says nothing about whether the number was ever issued
/// or has been superseded.
///
/// The order is that of the digits. `Debug` shows none of them and there is no `Display`: text with
/// the number in it is made by [`to_digits`](Self::to_digits) alone.
///
/// ```
/// use optout::record::{NhsNumber, NhsNumberError};
///
/// let number = NhsNumber::parse(b"943 476 5919")?;
/// assert_eq!(number.first_nine(), 943_476_591);
/// assert_eq!(format!("{number:?}"), "NhsNumber(..)");
/// assert_eq!(NhsNumber::parse(b"9434765918"), Err(NhsNumberError::CheckDigit));
/// # Ok::<(), NhsNumberError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct NhsNumber(NonZeroU32);

/// Why a field is not an NHS number. It never holds the field.
///
/// Only [`Empty`](Self::Empty) may ever become `no-nhs-number`, and only where the controller
/// asserts it; whatever else is wrong, the national status is `unknown` (specification, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NhsNumberError {
    /// Nothing, or nothing but ASCII spaces.
    #[error("the NHS number is empty")]
    Empty,
    /// Digits, but not ten of them: often a leading zero that a spreadsheet took.
    #[error("an NHS number has ten digits")]
    Length,
    /// A byte that is neither an ASCII digit nor a separator; full-width and other Unicode digits
    /// are such bytes, and so is a no-break space.
    #[error("an NHS number has ASCII digits only")]
    NotADigit,
    /// Ten digits, with separators other than two equal spaces or hyphens in the 3-3-4 form.
    #[error("an NHS number is ten digits, or 3-3-4 with two spaces or two hyphens")]
    Separators,
    /// The tenth digit does not follow from the first nine: a slip in writing.
    #[error("the check digit of the NHS number is wrong")]
    CheckDigit,
    /// One digit ten times over, which files use where there is no number.
    #[error("the NHS number is a placeholder, one digit ten times over")]
    Placeholder,
}

coded! {
    /// Who issues numbers of a range, as far as is publicly known. It is reported, and never a
    /// ground for rejecting a number (specification, section 8).
    pub enum NumberRange("range") {
        NotInUse = 1, "not-in-use", "not known to be issued by anyone";
        Scotland = 2, "scotland", "a Community Health Index number of Scotland";
        NorthernIreland = 3, "northern-ireland", "a Health and Care number of Northern Ireland";
        EnglandWalesMan = 4, "england-wales-man", "an NHS number of England, Wales or the Isle of Man";
        Ireland = 5, "ireland", "an Individual Health Identifier of the Republic of Ireland";
        Test = 6, "test", "never issued: synthetic and test data";
    }
}
read_code!(NumberRange, from_code, UnknownCode);

impl NhsNumber {
    /// Reads a field: ten digits, or 3-3-4 with two spaces or two hyphens.
    ///
    /// ASCII spaces around it are padding and are dropped, because fixed-width exports pad; tabs,
    /// quotes, commas and line ends are not, because they mean that the file was split wrongly.
    ///
    /// # Errors
    /// Anything else, by what is wrong with it (specification, section 8).
    #[inline]
    pub fn parse(field: &[u8]) -> Result<Self, NhsNumberError> {
        match plain(field) {
            Some(number) => Ok(number),
            None => diagnose(field),
        }
    }

    /// The number that begins with these nine digits; `None` when there is none: above 999 999 999,
    /// without a possible check digit, or a placeholder.
    #[must_use]
    pub const fn from_first_nine(first_nine: u32) -> Option<Self> {
        if first_nine > 999_999_999
            || first_nine.is_multiple_of(111_111_111)
            || check_digit(first_nine) > 9
        {
            return None;
        }
        match NonZeroU32::new(first_nine) {
            Some(first_nine) => Some(Self(first_nine)),
            None => None,
        }
    }

    /// The first nine digits as an integer, 1 to 999 999 998: the key of the
    /// [`Register`](crate::record::Register). It identifies the patient as the number does.
    #[inline]
    #[must_use]
    pub const fn first_nine(self) -> u32 {
        self.0.get()
    }

    /// All ten digits as ASCII text, for files that must hold them; never for a message.
    #[must_use]
    pub fn to_digits(self) -> [u8; 10] {
        let mut digits = [b'0' + check_digit(self.first_nine()); 10];
        let mut rest = self.first_nine();
        for digit in digits.iter_mut().rev().skip(1) {
            let last = (rest % 10) as u8;
            *digit = b'0' + last;
            rest /= 10;
        }
        digits
    }

    /// Who issues numbers of this range.
    #[must_use]
    pub const fn range(self) -> NumberRange {
        match self.first_nine() {
            10_000_000..=311_299_999 => NumberRange::Scotland,
            320_000_000..=399_999_999 => NumberRange::NorthernIreland,
            400_000_000..=499_999_999 | 600_000_000..=799_999_999 => NumberRange::EnglandWalesMan,
            800_000_000..=859_999_999 => NumberRange::Ireland,
            900_000_000.. => NumberRange::Test,
            0..=9_999_999
            | 311_300_000..=319_999_999
            | 500_000_000..=599_999_999
            | 860_000_000..=899_999_999 => NumberRange::NotInUse,
        }
    }
}

/// The tenth digit after these nine, or 10 when there can be none.
const fn check_digit(first_nine: u32) -> u8 {
    let (mut rest, mut weight, mut sum) = (first_nine, 2, 0);
    while rest > 0 {
        sum += rest % 10 * weight;
        rest /= 10;
        weight += 1;
    }
    ((11 - sum % 11) % 11) as u8
}

/// Ten digits and nothing else, without a branch for each: eight at a time in one word.
#[inline]
fn plain(field: &[u8]) -> Option<NhsNumber> {
    let (eight, &[ninth, tenth]) = field.split_first_chunk::<8>()? else { return None };
    let word = u64::from_le_bytes(*eight) ^ 0x3030_3030_3030_3030;
    let (ninth, tenth) = (u32::from(ninth ^ b'0'), u32::from(tenth ^ b'0'));
    // A byte over 9 sets its high bit, either its own or when 0x76 is added.
    let high = (word | word.wrapping_add(0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080;

    // Digits 1, 3, 5, 7 and digits 2, 4, 6, 8, each in a lane of 16 bits; the top lane of a product
    // is then the sum of the lanes, each by its weight.
    let odd = word & 0x00FF_00FF_00FF_00FF;
    let even = word >> 8 & 0x00FF_00FF_00FF_00FF;
    let weighted = (odd.wrapping_mul(0x000A_0008_0006_0004) >> 48)
        + (even.wrapping_mul(0x0009_0007_0005_0003) >> 48);
    let pairs = odd * 10 + even;
    let eight = (pairs & 0x0000_FFFF_0000_FFFF)
        .wrapping_mul(0x000F_4240_0000_0064)
        .wrapping_add((pairs >> 16 & 0x0000_FFFF_0000_FFFF).wrapping_mul(0x0000_2710_0000_0001))
        >> 32;

    #[expect(clippy::cast_possible_truncation, reason = "eight digits, and a sum below 2^17")]
    let (eight, weighted) = (eight as u32, weighted as u32);
    let nine = eight.wrapping_mul(10).wrapping_add(ninth);
    let digits = high == 0 && ninth <= 9 && tenth <= 9;
    let checked = (weighted + 2 * ninth + tenth).is_multiple_of(11);
    let placeholder = nine == ninth.wrapping_mul(111_111_111);
    if digits && checked && !placeholder { NonZeroU32::new(nine).map(NhsNumber) } else { None }
}

/// The slow way, for what is not ten right digits: separators, padding, and what is wrong.
#[cold]
fn diagnose(field: &[u8]) -> Result<NhsNumber, NhsNumberError> {
    let field = trim_spaces(field);
    if field.is_empty() {
        return Err(NhsNumberError::Empty);
    }
    if !field.iter().all(|byte| matches!(byte, b'0'..=b'9' | b' ' | b'-')) {
        return Err(NhsNumberError::NotADigit);
    }
    let mut digits = [0; 10];
    let given = field.iter().filter(|byte| byte.is_ascii_digit());
    if given.clone().count() != digits.len() {
        return Err(NhsNumberError::Length);
    }
    for (digit, given) in digits.iter_mut().zip(given) {
        *digit = *given;
    }
    let grouped = matches!(
        *field,
        [_, _, _, b' ', _, _, _, b' ', _, _, _, _] | [_, _, _, b'-', _, _, _, b'-', _, _, _, _]
    );
    if field.len() != digits.len() && !grouped {
        return Err(NhsNumberError::Separators);
    }
    let [first, rest @ ..] = digits;
    if rest.iter().all(|digit| *digit == first) {
        return Err(NhsNumberError::Placeholder);
    }
    plain(&digits).ok_or(NhsNumberError::CheckDigit)
}

/// The field without the ASCII spaces around it.
pub(crate) fn trim_spaces(mut field: &[u8]) -> &[u8] {
    while let [b' ', rest @ ..] | [rest @ .., b' '] = field {
        field = rest;
    }
    field
}

impl FromStr for NhsNumber {
    type Err = NhsNumberError;

    /// # Errors
    /// As [`NhsNumber::parse`].
    fn from_str(text: &str) -> Result<Self, NhsNumberError> {
        Self::parse(text.as_bytes())
    }
}

impl fmt::Debug for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NhsNumber(..)")
    }
}
