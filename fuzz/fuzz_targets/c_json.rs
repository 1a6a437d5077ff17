//! A question as JSON and as a structure: one answer. And any line at all: one line back, which is that
//! of the Rust library, and never a verdict when the call fails.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use optout::question::Judge;
use optout::{Bases, Boundary, Conditions, Date, Disclosure, Identifiability, Origin, Purpose};
use optout_capi::{
    OPTOUT_E_BUFFER, OPTOUT_E_QUESTION, OPTOUT_FIELD_REASON, OPTOUT_FIELD_ROUTE, OPTOUT_OK,
    optout_code, optout_decide_json, optout_disclosure,
};

#[derive(Arbitrary, Debug)]
enum Input<'a> {
    Line(&'a [u8], u16),
    Question {
        origin: u8,
        boundary: u8,
        identifiability: u8,
        purpose: u8,
        bases: u16,
        conditions: u8,
        day: u16,
        patient: u8,
    },
}

/// The answer of C in a buffer of some size, then in one that is large enough.
fn answer(line: &[u8], capacity: usize) -> (i32, String) {
    let mut needed = 0;
    let mut buffer = vec![0x78_u8; capacity + 1];
    let call = |buffer: &mut [u8], capacity, needed: &mut usize| {
        // SAFETY: the line and the buffer are as long as is said.
        unsafe {
            optout_decide_json(
                line.as_ptr().cast(),
                line.len(),
                buffer.as_mut_ptr().cast(),
                capacity,
                needed,
            )
        }
    };
    let first = call(&mut buffer, capacity, &mut needed);
    assert_eq!(buffer[capacity], 0x78);
    let size = needed;
    let mut large = vec![0x78_u8; size];
    let status = call(&mut large, size, &mut needed);
    assert_ne!(status, OPTOUT_E_BUFFER);
    assert_eq!((size, large.last()), (needed, Some(&0)));
    if size > capacity {
        assert_eq!(first, OPTOUT_E_BUFFER);
        assert!(capacity == 0 || buffer[0] == 0);
    } else {
        assert_eq!(first, status);
        assert_eq!(buffer[..size], large[..size]);
    }
    large.pop();
    (status, String::from_utf8(large).expect("an answer is UTF-8"))
}

fn text(code: *const std::ffi::c_char) -> &'static str {
    // SAFETY: a static text that ends in a NUL.
    unsafe { std::ffi::CStr::from_ptr(code) }.to_str().expect("UTF-8")
}

fn pick<T: Copy>(all: &[T], number: u8) -> T {
    all[usize::from(number) % all.len()]
}

fuzz_target!(|input: Input<'_>| {
    match input {
        Input::Line(line, capacity) => {
            let (status, found) = answer(line, capacity.into());
            let mut expected = Vec::new();
            let judged = Judge::new().answer_line(line, &mut expected);
            assert_eq!(found.as_bytes(), expected.trim_ascii_end());
            assert_eq!(status == OPTOUT_OK, judged.is_ok());
            assert_eq!(status == OPTOUT_E_QUESTION, judged.is_err());
            assert_eq!(found.contains("\"verdict\":\""), judged.is_ok());
        }
        Input::Question {
            origin,
            boundary,
            identifiability,
            purpose,
            bases,
            conditions,
            day,
            patient,
        } => {
            let on = Date::new(2018 + day / 372 % 12, (day / 31 % 12 + 1) as u8, (day % 28 + 1) as u8);
            let question = Disclosure {
                origin: pick(Origin::ALL, origin),
                boundary: pick(Boundary::ALL, boundary),
                identifiability: pick(Identifiability::ALL, identifiability),
                purpose: pick(Purpose::ALL, purpose),
                bases: Bases::from_bits_truncate(bases),
                conditions: Conditions::from_bits_truncate(conditions),
                on: on.expect("a day"),
            };
            let codes = |codes: Vec<&str>| {
                codes.iter().map(|code| format!("\"{code}\"")).collect::<Vec<_>>().join(",")
            };
            let line = format!(
                r#"{{"disclosure":{{"origin":"{}","boundary":"{}","identifiability":"{}","purpose":"{}","bases":[{}],"conditions":[{}],"on":"{}"}},"patient":{patient}}}"#,
                question.origin,
                question.boundary,
                question.identifiability,
                question.purpose,
                codes(question.bases.codes().collect()),
                codes(question.conditions.codes().collect()),
                question.on,
            );
            let (json, found) = answer(line.as_bytes(), 300);
            let c = optout_disclosure {
                struct_size: 64,
                on: question.on.yyyymmdd(),
                origin: question.origin.number().into(),
                boundary: question.boundary.number().into(),
                identifiability: question.identifiability.number().into(),
                purpose: question.purpose.number().into(),
                bases: question.bases.bits().into(),
                conditions: question.conditions.bits().into(),
                reserved: [0; 8],
            };
            let mut ruling = optout_fuzz::ruling();
            let assessed = optout_fuzz::assess(&c, &mut ruling);
            assert_eq!(json == OPTOUT_OK, assessed == OPTOUT_OK, "{line} {found}");
            if json != OPTOUT_OK {
                return;
            }
            let (_, decision) = optout_fuzz::decide(&ruling, patient);
            let verdict = if decision.verdict == 1 { "allow" } else { "deny" };
            let route = match decision.route {
                0 => "null".to_owned(),
                route => format!("\"{}\"", text(optout_code(OPTOUT_FIELD_ROUTE, route))),
            };
            let unverified = decision.unverified_bases | decision.unverified_conditions != 0;
            for part in [
                format!("\"verdict\":\"{verdict}\""),
                format!("\"reason\":\"{}\"", text(optout_code(OPTOUT_FIELD_REASON, decision.reason))),
                format!("\"route\":{route}"),
            ] {
                assert!(found.contains(&part), "{part}: {found}");
            }
            assert_eq!(found.contains("\"evidence\":\"unverified\""), unverified, "{found}");
        }
    }
});
