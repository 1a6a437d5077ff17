//! A question and its parts in JSON: what goes in comes out, and what is wrong is an error that names
//! the field (specification, section 2).

use optout::{Bases, Conditions, Date, Disclosure, Patient, Purpose};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::matrix::any_disclosure;

const EXAMPLE: &str = r#"{"origin":"gp-record","boundary":"beyond-controller","identifiability":"identifiable","purpose":"research","bases":["copi-reg-5"],"conditions":["national-disapplied","programme-opt-out"],"on":"2026-06-01"}"#;

fn example() -> Value {
    serde_json::from_str(EXAMPLE).expect("an example")
}

fn disclosure_error(value: &Value) -> String {
    let result = serde_json::from_str::<Disclosure>(&value.to_string());
    result.expect_err("not a disclosure").to_string()
}

fn patient_error(text: &str) -> String {
    let result = serde_json::from_str::<Patient>(text);
    result.expect_err("not a patient").to_string()
}

/// The example of the design, word for word, both ways.
#[test]
fn a_disclosure_is_written_as_in_the_design() {
    let disclosure: Disclosure = serde_json::from_str(EXAMPLE).expect("a disclosure");
    assert_eq!(disclosure.purpose, Purpose::Research);
    assert_eq!(disclosure.bases, Bases::COPI_REG_5);
    let conditions = Conditions::NATIONAL_DISAPPLIED | Conditions::PROGRAMME_OPT_OUT;
    assert_eq!((disclosure.conditions, disclosure.on), (conditions, Date::ymd(2026, 6, 1)));
    assert_eq!(serde_json::to_string(&disclosure).expect("JSON"), EXAMPLE);
}

/// No field has a default, and the missing one is named.
#[test]
fn a_missing_field_is_named() {
    for field in ["origin", "boundary", "identifiability", "purpose", "bases", "conditions", "on"] {
        let mut value = example();
        value.as_object_mut().expect("an object").remove(field);
        let error = disclosure_error(&value);
        assert!(error.contains(&format!("missing field `{field}`")), "{error}");
    }
}

/// A field that is not of the vocabulary is an error, not ignored.
#[test]
fn an_unknown_key_is_named() {
    let mut value = example();
    value["basis"] = json!([]);
    let error = disclosure_error(&value);
    assert!(error.contains("`basis`") && error.contains("bases"), "{error}");
    #[cfg(feature = "std")]
    assert!(error.contains("did you mean `bases`?"), "{error}");
    let error = patient_error(r#"{"type-1":"none"}"#);
    assert!(error.contains("`type-1`") && error.contains("type1"), "{error}");
    let error = patient_error(r#"{"explicit_consent":true}"#);
    assert!(error.contains("explicit-consent"), "{error}");
}

/// A field given twice is an error, and so is a code given twice in a set.
#[test]
fn what_is_given_twice_is_named() {
    let twice = EXAMPLE.replacen('{', r#"{"origin":"gp-record","#, 1);
    let error = serde_json::from_str::<Disclosure>(&twice).expect_err("twice").to_string();
    assert!(error.contains("`origin`"), "{error}");
    for (field, code) in [("bases", "copi-reg-5"), ("conditions", "type1-upheld")] {
        let mut value = example();
        value[field] = json!([code, code]);
        let error = disclosure_error(&value);
        assert!(error.contains(field) && error.contains(code), "{error}");
    }
    let error = patient_error(r#"{"type1":"none","type1":"dissent"}"#);
    assert!(error.contains("`type1`"), "{error}");
}

/// Whether an error begins with its field, or says what is expected of it.
fn names(error: &str, field: &str) -> bool {
    error.starts_with(&format!("{field}: ")) || error.contains(&format!(", expected {field}: "))
}

/// A value that is not one of the field is an error that names the field.
#[test]
fn a_value_out_of_the_vocabulary_names_its_field() {
    for (field, value) in [
        ("origin", json!("gp")),
        ("boundary", json!("within")),
        ("identifiability", json!("pseudonymised")),
        ("purpose", json!("audit")),
        ("purpose", json!("HPAYMT")),
        ("bases", json!(["consent"])),
        ("bases", json!("copi-reg-5")),
        ("bases", json!([5])),
        ("conditions", json!(["disapplied"])),
        ("conditions", json!({})),
        ("on", json!("2026-02-30")),
        ("on", json!("01/06/2026")),
        ("on", json!(20_260_601)),
        ("on", Value::Null),
        ("origin", json!(1)),
        ("purpose", Value::Null),
    ] {
        let mut question = example();
        question[field] = value.clone();
        let error = disclosure_error(&question);
        assert!(names(&error, field), "{field} as {value}: {error}");
    }
    for (field, text) in [
        ("type1", r#"{"type1":"opted-out"}"#),
        ("type1", r#"{"type1":3}"#),
        ("national", r#"{"national":"dissent"}"#),
        ("national", r#"{"national":null}"#),
        ("programme", r#"{"programme":"no-nhs-number"}"#),
        ("explicit-consent", r#"{"explicit-consent":"yes"}"#),
        ("care-objection", r#"{"care-objection":1}"#),
    ] {
        let error = patient_error(text);
        assert!(names(&error, field), "{text}: {error}");
    }
}

/// A patient may be the byte as an integer: 0 to 255 and nothing else.
#[test]
fn a_byte_is_an_integer_from_0_to_255() {
    for byte in 0..=u8::MAX {
        let patient: Patient = serde_json::from_str(&byte.to_string()).expect("a byte");
        assert_eq!(patient.byte(), byte);
    }
    for text in ["256", "-1", "1.5", "9434765919", "18446744073709551616", "true", r#""0""#, "null"]
    {
        let error = patient_error(text);
        assert!(error.contains("patient"), "{text}: {error}");
    }
}

/// What is left out of a patient is not known, or false; what is there counts.
#[test]
fn what_is_left_out_of_a_patient_is_unknown() {
    for (text, byte) in [
        ("{}", 0),
        (r#"{"type1":"dissent"}"#, 0b10),
        (r#"{"national":"no-nhs-number"}"#, 0b1100),
        (r#"{"programme":"none"}"#, 0b01_0000),
        (r#"{"explicit-consent":true}"#, 0x40),
        (r#"{"care-objection":true,"explicit-consent":false}"#, 0x80),
    ] {
        let patient: Patient = serde_json::from_str(text).expect("a patient");
        assert_eq!(patient.byte(), byte, "{text}");
    }
}

/// A patient's number in the wrong place does not come back in an error.
#[test]
fn an_error_in_json_never_repeats_what_could_be_an_nhs_number() {
    let number = json!(9_434_765_919_u64);
    let fields = ["origin", "boundary", "identifiability", "purpose", "bases", "conditions", "on"];
    let mut errors = Vec::new();
    for wrong in [number.clone(), json!(-9_434_765_919_i64), json!("943 476 5919")] {
        for field in fields {
            let mut value = example();
            value[field] = wrong.clone();
            errors.push(disclosure_error(&value));
            value[field] = json!([wrong]);
            errors.push(disclosure_error(&value));
        }
        for field in ["type1", "national", "programme", "explicit-consent", "care-objection"] {
            let mut value = json!({});
            value[field] = wrong.clone();
            errors.push(patient_error(&value.to_string()));
        }
        errors.push(patient_error(&wrong.to_string()));
        errors.push(disclosure_error(&wrong));
    }
    let mut value = example();
    value["9434765919"] = json!("none");
    errors.push(disclosure_error(&value));
    errors.push(patient_error(r#"{"9434765919":"none"}"#));
    let leaks: Vec<_> =
        errors.iter().filter(|error| error.contains("943") || error.contains("5919")).collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
}

proptest! {
    #[test]
    fn a_disclosure_goes_through_json(disclosure in any_disclosure()) {
        let text = serde_json::to_string(&disclosure).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Disclosure>(&text).expect("the same"), disclosure);
    }

    #[test]
    fn a_patient_goes_through_json(byte in any::<u8>()) {
        let patient = Patient::from_byte(byte);
        let text = serde_json::to_string(&patient).expect("JSON");
        prop_assert_eq!(text.starts_with('{'), patient.is_valid());
        prop_assert_eq!(serde_json::from_str::<Patient>(&text).expect("the same"), patient);
    }

    /// Whatever is read, it is a value or an error; nothing panics.
    #[test]
    fn no_text_panics_the_reader_of_json(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        let _ = serde_json::from_str::<Disclosure>(&text).is_ok();
        let _ = serde_json::from_str::<Patient>(&text).is_ok();
        let _ = serde_json::from_slice::<Disclosure>(&bytes).is_ok();
        let _ = serde_json::from_slice::<Patient>(&bytes).is_ok();
    }

    /// The same for text that is almost a question: any value in any field.
    #[test]
    fn no_value_in_a_field_panics_the_reader(
        field in 0..7_usize,
        text in any::<String>(),
        number in any::<i64>(),
        shape in 0..5,
    ) {
        let mut value = example();
        let keys: Vec<String> = value.as_object().expect("an object").keys().cloned().collect();
        value[keys[field].as_str()] = match shape {
            0 => json!(text),
            1 => json!(number),
            2 => json!([text, number]),
            3 => json!({ "a": text }),
            _ => Value::Null,
        };
        if let Ok(read) = serde_json::from_value::<Disclosure>(value.clone()) {
            prop_assert!(text.parse::<Purpose>().is_ok() || read.check().is_ok());
        }
        let _ = serde_json::from_value::<Patient>(json!({ "type1": value })).is_ok();
    }
}
