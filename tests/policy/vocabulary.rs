//! The vocabulary, written out again from sections 2 to 6: a number or a code that changes breaks
//! here, because numbers cross every interface and are never reused.

use std::fmt::{Debug, Display};

use optout::binding::OptOut;
use optout::{
    Bases, BlockedBy, Boundary, Conditions, Identifiability, National, Origin, Patient, Programme,
    Purpose, PurposeClass, Reason, Route, Type1, UnknownCode, Verdict,
};

/// Each number and code, both ways, and nothing else.
macro_rules! assert_numbered {
    ($name:ident, $field:literal, [$(($number:literal, $code:literal)),+ $(,)?]) => {{
        let rows: &[(u8, &str)] = &[$(($number, $code)),+];
        let all: Vec<(u8, &str)> = $name::ALL.iter().map(|it| (it.number(), it.code())).collect();
        assert_eq!(all, rows, "numbers and codes of {}", $field);
        for value in $name::ALL {
            assert_eq!($name::from_number(value.number()), Ok(*value));
            assert_eq!($name::from_code(value.code()), Ok(*value));
            assert_eq!(value.to_string(), value.code());
            assert_eq!(format!("{value:>40}").trim_start(), value.code());
            assert!(!value.meaning().is_empty());
        }
        for number in (0..=u8::MAX).filter(|number| rows.iter().all(|row| row.0 != *number)) {
            let error = $name::from_number(number).expect_err("a number without a meaning");
            assert_names_the_field(&error, $field, rows);
            assert!(error.to_string().contains(&format!("unknown code {number}")), "{error}");
        }
        for code in ["", " ", "no-such-code", "GP-RECORD", "research ", "unknow"] {
            let error = $name::from_code(code).expect_err("a code without a meaning");
            assert_names_the_field(&error, $field, rows);
            assert!(error.to_string().contains(&format!("unknown code `{code}`")), "{error}");
        }
    }};
}

fn assert_names_the_field(error: &UnknownCode, field: &str, rows: &[(u8, &str)]) {
    assert_eq!(error.field(), field);
    let codes: Vec<&str> = rows.iter().map(|row| row.1).collect();
    assert_eq!(error.accepted(), codes);
    let text = error.to_string();
    assert!(text.starts_with(&format!("{field}: ")), "{text}");
    assert!(codes.iter().all(|code| text.contains(code)), "{text}");
}

/// Section 2: the facts of a disclosure.
#[test]
#[rustfmt::skip]
fn the_facts_of_a_disclosure_have_their_numbers() {
    assert_numbered!(Origin, "origin", [
        (1, "gp-record"), (2, "england-care"), (3, "private-care"), (4, "childrens-social-care"),
        (5, "outside-england"),
    ]);
    assert_numbered!(Boundary, "boundary", [(1, "within-controller"), (2, "beyond-controller")]);
    assert_numbered!(Identifiability, "identifiability", [
        (1, "identifiable"), (2, "de-identified"), (3, "anonymous"),
    ]);
    assert_numbered!(PurposeClass, "class", [
        (1, "care"), (2, "beyond-care"), (3, "payment"), (4, "commercial"),
    ]);
}

/// Section 2: the purposes, in their classes.
#[test]
#[rustfmt::skip]
fn the_purposes_have_their_numbers_and_classes() {
    assert_numbered!(Purpose, "purpose", [
        (1, "individual-care"), (2, "case-finding"), (3, "local-clinical-audit"),
        (4, "screening-invitation"), (5, "patient-access"), (6, "incident-management"),
        (7, "patient-satisfaction"),
        (20, "research"), (21, "planning"), (22, "risk-stratification"),
        (23, "national-clinical-audit"), (24, "service-evaluation"), (25, "disease-registration"),
        (26, "communicable-disease-control"), (27, "public-health"), (28, "patient-survey"),
        (29, "official-statistics"), (30, "census"), (31, "regulation"), (32, "legal-proceedings"),
        (33, "mortality-review"), (34, "child-death-review"), (35, "medical-examiner"),
        (36, "fraud-prevention"), (37, "safeguarding"), (38, "system-assurance"),
        (60, "invoice-validation"), (61, "invoice-validation-non-contracted"),
        (62, "prescription-payment"), (63, "provider-payment"),
        (80, "marketing"), (81, "insurance"), (82, "other-commercial"),
    ]);
    for purpose in Purpose::ALL {
        let class = match purpose.number() {
            1..=7 => "care",
            20..=38 => "beyond-care",
            60..=63 => "payment",
            80..=82 => "commercial",
            other => panic!("no class for {other}"),
        };
        assert_eq!(purpose.class().code(), class, "{purpose}");
    }
    assert_eq!(Purpose::ALL.len(), 33);
}

/// Sections 3 to 6: the statuses of a patient, the routes, the reasons, the verdicts. Zero is what
/// is not known, a denial, or memory that was never written.
#[test]
#[rustfmt::skip]
fn statuses_routes_reasons_and_verdicts_have_their_numbers() {
    assert_numbered!(Type1, "type1", [(0, "unknown"), (1, "none"), (2, "dissent")]);
    assert_numbered!(National, "national", [
        (0, "unknown"), (1, "none"), (2, "opted-out"), (3, "no-nhs-number"),
    ]);
    assert_numbered!(Programme, "programme", [(0, "unknown"), (1, "none"), (2, "opted-out")]);
    assert_numbered!(Route, "route", [
        (1, "anonymous"), (2, "de-identified"), (3, "explicit-consent"), (4, "implied-consent"),
        (5, "overall-benefit"), (6, "court-order"), (7, "statutory-duty"), (8, "public-interest"),
        (9, "s259-collection"), (10, "copi-reg-3"), (11, "section-251"),
    ]);
    assert_numbered!(Reason, "reason", [
        (0, "not-decided"), (1, "permitted"), (2, "invalid-status"), (3, "no-lawful-basis"),
        (4, "consent-not-recorded"), (5, "type1-dissent"), (6, "national-opt-out"),
        (7, "programme-opt-out"), (8, "care-objection"), (9, "type1-unknown"),
        (10, "national-unknown"), (11, "programme-unknown"),
    ]);
    assert_numbered!(Verdict, "verdict", [(0, "deny"), (1, "allow")]);
    assert_numbered!(OptOut, "opt-out", [
        (1, "type1"), (2, "national"), (3, "programme"), (4, "care-objection"),
    ]);
}

/// Section 2 and 6: the bits of each set.
#[test]
#[rustfmt::skip]
fn the_sets_have_their_bits() {
    fn rows<T: Copy>(
        table: &[(T, &'static str, &str)],
        bits: impl Fn(T) -> u32,
    ) -> Vec<(u32, &'static str)> {
        table.iter().map(|(member, code, _)| (bits(*member), *code)).collect()
    }
    let bit = |bits: u32| {
        assert!(bits.is_power_of_two());
        bits.trailing_zeros()
    };
    assert_eq!(rows(Bases::TABLE, |set: Bases| bit(set.bits().into())), [
        (0, "implied-consent"), (1, "explicit-consent"), (2, "overall-benefit"), (3, "court-order"),
        (4, "statutory-duty"), (5, "s259-collection"), (6, "copi-reg-2"), (7, "copi-reg-3"),
        (8, "copi-reg-5"), (9, "public-interest"), (10, "statutory-power"),
    ]);
    assert_eq!(rows(Conditions::TABLE, |set: Conditions| bit(set.bits().into())), [
        (0, "legitimate-relationship"), (1, "national-disapplied"), (2, "type1-not-upheld"),
        (3, "type1-upheld"), (4, "programme-opt-out"), (5, "national-voluntary"),
    ]);
    assert_eq!(rows(BlockedBy::TABLE, |set: BlockedBy| bit(set.bits())), [
        (5, "type1-dissent"), (6, "national-opt-out"), (7, "programme-opt-out"),
        (8, "care-objection"), (9, "type1-unknown"), (10, "national-unknown"),
        (11, "programme-unknown"),
    ]);
    for (member, code, meaning) in Bases::TABLE {
        assert_eq!(Bases::from_code(code), Ok(*member));
        assert_eq!(member.codes().collect::<Vec<_>>(), [*code]);
        assert!(!meaning.is_empty());
    }
    for (member, code, meaning) in Conditions::TABLE {
        assert_eq!(Conditions::from_code(code), Ok(*member));
        assert_eq!(member.codes().collect::<Vec<_>>(), [*code]);
        assert!(!meaning.is_empty());
    }
    assert_eq!(Bases::NEED_EVIDENCE.bits(), 0b011_1111_1000, "bits 3 to 9");
    assert_eq!(Conditions::NEED_EVIDENCE.bits(), 0b00_0110, "bits 1 and 2");
    assert_eq!(Bases::from_code("consent").expect_err("no code").field(), "bases");
    assert_eq!(Conditions::from_code("upheld").expect_err("no code").field(), "conditions");
    assert_eq!(BlockedBy::from_code("permitted").expect_err("no code").field(), "blocked_by");
}

/// Each opt-out blocks for the reasons of its own name, and the four share none (section 6).
#[test]
fn each_opt_out_has_its_reasons() {
    let bits = OptOut::ALL.iter().map(|opt_out| opt_out.reasons().bits()).collect::<Vec<_>>();
    assert_eq!(bits, [1 << 5 | 1 << 9, 1 << 6 | 1 << 10, 1 << 7 | 1 << 11, 1 << 8]);
}

/// Section 3: the fields of the byte, each at its bits, for all 256.
#[test]
fn the_byte_of_a_patient_has_its_layout() {
    for byte in 0..=u8::MAX {
        let patient = Patient::from_byte(byte);
        assert_eq!(patient.byte(), byte);
        let (type1, programme) = (byte & 0b11, byte >> 4 & 0b11);
        assert_eq!(patient.type1().map(Type1::number), (type1 < 3).then_some(type1));
        assert_eq!(patient.national().number(), byte >> 2 & 0b11);
        assert_eq!(
            patient.programme().map(Programme::number),
            (programme < 3).then_some(programme)
        );
        assert_eq!(patient.has_explicit_consent(), byte >> 6 & 1 == 1);
        assert_eq!(patient.has_care_objection(), byte >> 7 & 1 == 1);
        assert_eq!(patient.is_valid(), type1 < 3 && programme < 3);
        assert_eq!(patient.with_explicit_consent().byte(), byte | 0x40);
        assert_eq!(patient.without_explicit_consent().byte(), byte & !0x40);
        assert_eq!(patient.with_care_objection().byte(), byte | 0x80);
        assert_eq!(patient.without_care_objection().byte(), byte & !0x80);
        for status in Type1::ALL {
            assert_eq!(patient.with_type1(*status).byte(), byte & !0x03 | status.number());
        }
        for status in National::ALL {
            assert_eq!(patient.with_national(*status).byte(), byte & !0x0c | status.number() << 2);
        }
        for status in Programme::ALL {
            assert_eq!(patient.with_programme(*status).byte(), byte & !0x30 | status.number() << 4);
        }
    }
    assert_eq!(Patient::UNKNOWN.byte(), 0);
    assert_eq!((0..=u8::MAX).filter(|byte| Patient::from_byte(*byte).is_valid()).count(), 144);
}

/// What is printed of a value names no more than the value.
#[test]
fn a_patient_is_printed_as_its_statuses() {
    fn both(value: impl Debug + Display) -> [String; 2] {
        [format!("{value:?}"), format!("{value}")]
    }
    assert_eq!(both(Type1::Dissent), ["Dissent", "dissent"]);
    let printed = format!("{:?}", Patient::from_byte(0b1110_0110));
    for part in ["Dissent", "None", "OptedOut", "explicit_consent: true", "care_objection: true"] {
        assert!(printed.contains(part), "{part}: {printed}");
    }
}
