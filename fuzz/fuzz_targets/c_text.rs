//! Any bytes where a code, the id of a flow or an NHS number belongs.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use optout_capi::*;

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    field: u8,
    text: &'a [u8],
    day: u32,
    number: u32,
    patient: u8,
    status: u32,
}

fn text(text: *const std::ffi::c_char) -> &'static str {
    assert!(!text.is_null());
    // SAFETY: a static text that ends in a NUL.
    unsafe { std::ffi::CStr::from_ptr(text) }.to_str().expect("UTF-8")
}

fuzz_target!(|input: Input<'_>| {
    let field = u32::from(input.field) % 24;
    let mut number = 9;
    let mut error = optout_error {
        struct_size: optout_sizeof_error(),
        status: 9,
        field: 9,
        reserved: 9,
        message: [0x78; OPTOUT_ERROR_MESSAGE_SIZE],
    };
    let (bytes, length) = (input.text.as_ptr().cast(), input.text.len());
    // SAFETY: each pointer is to a value of its type, and the text is as long as is said.
    let status = unsafe { optout_number(field, bytes, length, &mut number, &mut error) };
    assert_eq!(error.status, status);
    assert!(error.message.contains(&0));
    if status == OPTOUT_OK {
        let code = text(optout_code(field, number)).as_bytes();
        let is_hl7 = field == OPTOUT_FIELD_PURPOSE && input.text.iter().all(u8::is_ascii_uppercase);
        assert!(code == input.text || is_hl7);
    } else {
        assert_eq!(number, 0);
    }

    let mut ruling = optout_fuzz::ruling();
    // SAFETY: as above.
    let status = unsafe { optout_assess_flow(bytes, length, input.day, &mut ruling, &mut error) };
    assert_eq!(error.status, status);
    let expected = if status == OPTOUT_OK { OPTOUT_OK } else { OPTOUT_E_RULING };
    assert_eq!(optout_fuzz::decide(&ruling, input.patient).0, expected);

    let (mut digits, mut range) = ([0x78_u8; OPTOUT_NHS_NUMBER_SIZE + 1], 9);
    // SAFETY: as above.
    let status = unsafe {
        optout_nhs_number_parse(bytes, length, digits.as_mut_ptr().cast(), &mut range, &mut error)
    };
    assert_eq!((error.status, digits[OPTOUT_NHS_NUMBER_SIZE]), (status, 0x78));
    if status == OPTOUT_OK {
        let given: Vec<u8> = input.text.iter().copied().filter(u8::is_ascii_digit).collect();
        assert_eq!(given, digits[..10]);
        assert!(digits[10] == 0 && range > 0);
    } else {
        assert_eq!((digits[..11].iter().max(), range), (Some(&0), 0));
    }

    for number in [input.number, input.number % 64, 1 << (input.number % 32)] {
        text(optout_code(field, number));
        text(optout_meaning(field, number));
        text(optout_reason_text(number));
        text(optout_route_text(number));
        text(optout_clause_text(number));
    }
    assert_ne!(text(optout_status_text(input.status.cast_signed())), "");
    let with: [unsafe extern "C" fn(u8, u32) -> u8; 5] = [
        optout_patient_with_type1,
        optout_patient_with_national,
        optout_patient_with_programme,
        optout_patient_with_explicit_consent,
        optout_patient_with_care_objection,
    ];
    for with in with {
        // SAFETY: these take no pointer.
        let patient = unsafe { with(input.patient, input.status) };
        assert!(input.status < 4 || patient == OPTOUT_PATIENT_INVALID);
        assert!(input.patient != OPTOUT_PATIENT_INVALID || patient == OPTOUT_PATIENT_INVALID);
    }
});
