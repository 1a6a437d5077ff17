//! NHS numbers: the specification's rule digit by digit, and the forms real files have.

use optout::record::{NhsNumber, NhsNumberError as E, NumberRange};
use proptest::prelude::*;

/// The rule as a person would work it out.
fn check_digit(first_nine: &str) -> Option<u32> {
    let sum: u32 =
        first_nine.chars().zip(0..).map(|(c, i)| c.to_digit(10).unwrap() * (10 - i)).sum();
    match 11 - sum % 11 {
        11 => Some(0),
        10 => None,
        check => Some(check),
    }
}

#[test]
fn forms() {
    for (field, expected) in [
        (&b"9434765919"[..], Ok(943_476_591)),
        (b"943 476 5919", Ok(943_476_591)),
        (b"943-476-5919", Ok(943_476_591)),
        (b"  9434765919   ", Ok(943_476_591)),
        (b" 943 476 5919 ", Ok(943_476_591)),
        (b"0101010108", Err(E::CheckDigit)),
        (b"", Err(E::Empty)),
        (b"    ", Err(E::Empty)),
        (b"943476591", Err(E::Length)),
        (b"94347659190", Err(E::Length)),
        (b"-", Err(E::Length)),
        (b"943 476-5919", Err(E::Separators)),
        (b"943-476 5919", Err(E::Separators)),
        (b"943  476 5919", Err(E::Separators)),
        (b"94 3476 5919", Err(E::Separators)),
        (b"943476 5919", Err(E::Separators)),
        (b"9434765919-", Err(E::Separators)),
        (b"9434765918", Err(E::CheckDigit)),
        (b"943 476 5918", Err(E::CheckDigit)),
        (b"9434765919,", Err(E::NotADigit)),
        (b"\"9434765919\"", Err(E::NotADigit)),
        (b"9434765919\r", Err(E::NotADigit)),
        (b"9434765919\n", Err(E::NotADigit)),
        (b"\t9434765919", Err(E::NotADigit)),
        (b"943476591\0", Err(E::NotADigit)),
        (b"+434765919", Err(E::NotADigit)),
        (b"943/476/5919", Err(E::NotADigit)),
        (b"943476591:", Err(E::NotADigit)),
        (b"943476591\xB9", Err(E::NotADigit)),
        (b"NULL", Err(E::NotADigit)),
        (b"9.434765919e9", Err(E::NotADigit)),
        ("９４３４７６５９１９".as_bytes(), Err(E::NotADigit)),
        ("943\u{a0}476\u{a0}5919".as_bytes(), Err(E::NotADigit)),
        ("٩٤٣٤٧٦٥٩١٩".as_bytes(), Err(E::NotADigit)),
        ("\u{feff}9434765919".as_bytes(), Err(E::NotADigit)),
    ] {
        assert_eq!(NhsNumber::parse(field).map(NhsNumber::first_nine), expected, "{field:?}");
    }
}

#[test]
fn ten_equal_digits_are_placeholders_in_every_form() {
    for digit in '0'..='9' {
        let three = digit.to_string().repeat(3);
        let ten = digit.to_string().repeat(10);
        assert_eq!(check_digit(&ten[..9]), digit.to_digit(10), "each passes modulus 11");
        for form in [ten.clone(), format!("{three} {three} {three}{digit}"), format!(" {ten} ")] {
            assert_eq!(form.parse::<NhsNumber>(), Err(E::Placeholder));
        }
        assert_eq!(NhsNumber::from_first_nine(ten[..9].parse().unwrap()), None);
    }
}

#[test]
fn each_place_takes_ascii_digits_only() {
    for place in 0..10 {
        for byte in 0..=u8::MAX {
            let mut field = *b"9434765919";
            field[place] = byte;
            let expected = match byte {
                b'0'..=b'9' if field == *b"9434765919" => Ok(943_476_591),
                b'0'..=b'9' => Err(E::CheckDigit),
                b' ' if place == 0 || place == 9 => Err(E::Length),
                b' ' | b'-' => Err(E::Length),
                _ => Err(E::NotADigit),
            };
            assert_eq!(NhsNumber::parse(&field).map(NhsNumber::first_nine), expected, "{field:?}");
        }
    }
}

#[test]
fn the_published_sample_has_four_valid_numbers() {
    for valid in ["9000962382", "9000898358", "9000803888", "9000925967"] {
        assert!(valid.parse::<NhsNumber>().is_ok());
    }
}

#[test]
fn no_digit_is_shown() {
    let number = NhsNumber::parse(b"9434765919").unwrap();
    assert_eq!(format!("{number:?}"), "NhsNumber(..)");
    assert_eq!(format!("{:?}", [Some(number)]), "[Some(NhsNumber(..))]");
    for field in ["", "1", "9434765918", "1111111111", "943 4765919", "94347659X9"] {
        let error = field.parse::<NhsNumber>().unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.replace("3-3-4", "").chars().any(char::is_numeric), "{shown}");
    }
}

#[test]
fn ranges_are_reported() {
    use NumberRange as R;
    for (first, last, range) in [
        (1_u32, 9_999_999, R::NotInUse),
        (10_000_000, 311_299_999, R::Scotland),
        (311_300_000, 319_999_999, R::NotInUse),
        (320_000_000, 399_999_999, R::NorthernIreland),
        (400_000_000, 499_999_999, R::EnglandWalesMan),
        (500_000_000, 599_999_999, R::NotInUse),
        (600_000_000, 799_999_999, R::EnglandWalesMan),
        (800_000_000, 859_999_999, R::Ireland),
        (860_000_000, 899_999_999, R::NotInUse),
        (900_000_000, 999_999_998, R::Test),
    ] {
        let low = (first..).find_map(NhsNumber::from_first_nine).unwrap();
        let high = (first..=last).rev().find_map(NhsNumber::from_first_nine).unwrap();
        assert_eq!((low.range(), high.range()), (range, range), "{first}");
        assert!(low.first_nine() - first < 3 && last - high.first_nine() < 3);
    }
}

proptest! {
    #[test]
    fn the_check_digit_decides(first_nine in 1_u32..999_999_999, last in 0_u32..10) {
        let nine = format!("{first_nine:09}");
        let ten = format!("{nine}{last}");
        let valid = check_digit(&nine) == Some(last) && first_nine % 111_111_111 != 0;
        let number = NhsNumber::parse(ten.as_bytes());
        prop_assert_eq!(number.is_ok(), valid);
        let made = NhsNumber::from_first_nine(first_nine).map(NhsNumber::to_digits);
        let possible = check_digit(&nine).is_some() && first_nine % 111_111_111 != 0;
        prop_assert_eq!(made.is_some(), possible);
        prop_assert!(made.is_none_or(|digits| &digits[..9] == nine.as_bytes()));
        if let Ok(number) = number {
            prop_assert_eq!(&number.to_digits()[..], ten.as_bytes());
            prop_assert_eq!(number.first_nine(), first_nine);
        }
    }

    #[test]
    fn any_bytes_give_an_answer(field in proptest::collection::vec(any::<u8>(), 0..20)) {
        let _ = NhsNumber::parse(&field);
    }

    #[test]
    fn what_is_accepted_is_the_digits_with_separators(
        field in proptest::string::string_regex("[0-9 -]{0,14}").unwrap()
    ) {
        let digits: String = field.chars().filter(char::is_ascii_digit).collect();
        if let Ok(number) = field.parse::<NhsNumber>() {
            prop_assert_eq!(&number.to_digits()[..], digits.as_bytes());
        }
    }
}
