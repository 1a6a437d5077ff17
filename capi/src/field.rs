//! The fields of question, patient and answer: the words of each, by number and by code.

use core::ffi::c_char;

use optout::{
    Bases, BlockedBy, Boundary, Conditions, Identifiability, National, Origin, Programme, Purpose,
    Reason, Route, Type1, Verdict,
};

#[cfg(feature = "std")]
use optout::{Clause, record::NumberRange};

use crate::error::{Failure, Report, optout_error};
use crate::memory;
use crate::status::{
    OPTOUT_E_AMBIGUOUS_CODE, OPTOUT_E_ARGUMENT, OPTOUT_E_NULL, OPTOUT_E_UNKNOWN_CODE, optout_status,
};
use crate::text::{Row, Table, Word, append, words};

/// Which field: in `optout_error.field`, and to say of which field a code is.
///
/// No field of the question.
pub const OPTOUT_FIELD_NONE: u32 = 0;

/// `optout_disclosure.origin`.
pub const OPTOUT_FIELD_ORIGIN: u32 = 1;

/// `optout_disclosure.boundary`.
pub const OPTOUT_FIELD_BOUNDARY: u32 = 2;

/// `optout_disclosure.identifiability`.
pub const OPTOUT_FIELD_IDENTIFIABILITY: u32 = 3;

/// `optout_disclosure.purpose`.
pub const OPTOUT_FIELD_PURPOSE: u32 = 4;

/// `optout_disclosure.bases`; a number of it is one bit.
pub const OPTOUT_FIELD_BASES: u32 = 5;

/// `optout_disclosure.conditions`; a number of it is one bit.
pub const OPTOUT_FIELD_CONDITIONS: u32 = 6;

/// The day of the disclosure; it has no codes.
pub const OPTOUT_FIELD_ON: u32 = 7;

/// The id of a flow of the catalogue; it has no codes.
pub const OPTOUT_FIELD_FLOW: u32 = 8;

/// The Type 1 opt-out of a patient.
pub const OPTOUT_FIELD_TYPE1: u32 = 9;

/// The national data opt-out of a patient.
pub const OPTOUT_FIELD_NATIONAL: u32 = 10;

/// The opt-out of a patient from the programme.
pub const OPTOUT_FIELD_PROGRAMME: u32 = 11;

/// `optout_decision.verdict`.
pub const OPTOUT_FIELD_VERDICT: u32 = 12;

/// `optout_decision.reason`.
pub const OPTOUT_FIELD_REASON: u32 = 13;

/// `optout_decision.route`.
pub const OPTOUT_FIELD_ROUTE: u32 = 14;

/// `optout_decision.blocked_by`; a number of it is one bit.
pub const OPTOUT_FIELD_BLOCKED_BY: u32 = 15;

/// A clause that a decision stands on.
pub const OPTOUT_FIELD_CLAUSE: u32 = 16;

/// An NHS number; it has no codes.
pub const OPTOUT_FIELD_NHS_NUMBER: u32 = 17;

/// Who issues the NHS numbers of a range.
pub const OPTOUT_FIELD_RANGE: u32 = 18;

words!(ORIGIN = Origin::ALL; it => it.number(), it.code(), [it.meaning()]);
words!(BOUNDARY = Boundary::ALL; it => it.number(), it.code(), [it.meaning()]);
words!(IDENTIFIABILITY = Identifiability::ALL; it => it.number(), it.code(), [it.meaning()]);
words!(PURPOSE = Purpose::ALL; it => it.number(), it.code(), [it.meaning()]);
words!(BASES = Bases::TABLE; it => it.0.bits(), it.1, [it.2]);
words!(CONDITIONS = Conditions::TABLE; it => it.0.bits(), it.1, [it.2]);
words!(TYPE1 = Type1::ALL; it => it.number(), it.code(), [it.meaning()]);
words!(NATIONAL = National::ALL; it => it.number(), it.code(), [it.meaning()]);
words!(PROGRAMME = Programme::ALL; it => it.number(), it.code(), [it.meaning()]);
words!(VERDICT = Verdict::ALL; it => it.number(), it.code(), [it.meaning()]);
words!(REASON = Reason::ALL; it => it.number(), it.code(), [it.meaning()]);
words!(ROUTE = Route::ALL; it => it.number(), it.code(), [it.meaning()]);
words!(BLOCKED_BY = BlockedBy::TABLE; it => it.0.bits(), it.1, [it.2]);
#[cfg(feature = "std")]
words!(RANGE = NumberRange::ALL; it => it.number(), it.code(), [it.meaning()]);
#[cfg(feature = "std")]
words!(CLAUSE = Clause::ALL; it => it.number(), it.code(),
    [it.instrument(), ", ", it.section(), ": ", it.meaning()]);

/// The words of a field; none for a field without codes.
pub(crate) fn table(field: u32) -> Table {
    match field {
        OPTOUT_FIELD_ORIGIN => ORIGIN,
        OPTOUT_FIELD_BOUNDARY => BOUNDARY,
        OPTOUT_FIELD_IDENTIFIABILITY => IDENTIFIABILITY,
        OPTOUT_FIELD_PURPOSE => PURPOSE,
        OPTOUT_FIELD_BASES => BASES,
        OPTOUT_FIELD_CONDITIONS => CONDITIONS,
        OPTOUT_FIELD_TYPE1 => TYPE1,
        OPTOUT_FIELD_NATIONAL => NATIONAL,
        OPTOUT_FIELD_PROGRAMME => PROGRAMME,
        OPTOUT_FIELD_VERDICT => VERDICT,
        OPTOUT_FIELD_REASON => REASON,
        OPTOUT_FIELD_ROUTE => ROUTE,
        OPTOUT_FIELD_BLOCKED_BY => BLOCKED_BY,
        #[cfg(feature = "std")]
        OPTOUT_FIELD_CLAUSE => CLAUSE,
        #[cfg(feature = "std")]
        OPTOUT_FIELD_RANGE => RANGE,
        _ => Table::NONE,
    }
}

/// The name of a field of the question, as JSON spells it.
#[cfg(feature = "std")]
pub(crate) fn name(field: u32) -> &'static str {
    match field {
        OPTOUT_FIELD_ORIGIN => "origin",
        OPTOUT_FIELD_BOUNDARY => "boundary",
        OPTOUT_FIELD_IDENTIFIABILITY => "identifiability",
        OPTOUT_FIELD_PURPOSE => "purpose",
        OPTOUT_FIELD_BASES => "bases",
        OPTOUT_FIELD_CONDITIONS => "conditions",
        _ => "question",
    }
}

fn find(field: u32, number: u32) -> Option<Word> {
    table(field).words().find(|word| word.number == number)
}

fn meaning(field: u32, number: u32) -> *const c_char {
    find(field, number).map_or(c"".as_ptr(), |word| word.c_meaning())
}

/// The code of a number: the kebab-case word of JSON, of the command line and of the handbook.
///
/// @param field  one of `OPTOUT_FIELD_*`
/// @param number a number of that field; in a field that is a set, one bit
/// @return a static text such as `gp-record`, never to be freed; empty, never NULL, where the field
///         or the number has no code
#[unsafe(no_mangle)]
pub extern "C" fn optout_code(field: u32, number: u32) -> *const c_char {
    find(field, number).map_or(c"".as_ptr(), |word| word.c_code())
}

/// What a number means, in a phrase of English.
///
/// @param field  one of `OPTOUT_FIELD_*`
/// @param number a number of that field; in a field that is a set, one bit
/// @return a static text, never to be freed; empty, never NULL, where the number has no meaning
#[unsafe(no_mangle)]
pub extern "C" fn optout_meaning(field: u32, number: u32) -> *const c_char {
    meaning(field, number)
}

/// What a reason means, in a phrase of English.
///
/// @param reason one of `OPTOUT_REASON_*`
/// @return a static text, never to be freed; empty, never NULL, for an unknown reason
#[unsafe(no_mangle)]
pub extern "C" fn optout_reason_text(reason: u32) -> *const c_char {
    meaning(OPTOUT_FIELD_REASON, reason)
}

/// What a route is, in a phrase of English.
///
/// @param route one of `OPTOUT_ROUTE_*`
/// @return a static text, never to be freed; empty, never NULL, for an unknown route
#[unsafe(no_mangle)]
pub extern "C" fn optout_route_text(route: u32) -> *const c_char {
    meaning(OPTOUT_FIELD_ROUTE, route)
}

/// What a clause is: the document, where in it, and a paraphrase.
///
/// @param clause one of `OPTOUT_CLAUSE_*`
/// @return a static text, never to be freed; empty, never NULL, for an unknown clause
#[cfg(feature = "std")]
#[unsafe(no_mangle)]
pub extern "C" fn optout_clause_text(clause: u32) -> *const c_char {
    meaning(OPTOUT_FIELD_CLAUSE, clause)
}

/// The number of a code, letter for letter. A purpose may also be one of the HL7 v3 `ActReason`
/// codes that stand for one purpose (`TREAT`, `ETREAT`, `HRESCH`, `CLINTRCH`, `PUBHLTH`, `HMARKT`,
/// `PATRQT`).
///
/// @param field  one of `OPTOUT_FIELD_*`
/// @param code   the code in UTF-8; it need not end in a NUL
/// @param length its length in bytes
/// @param number out: the number, for a field that is a set one bit; 0 when the call fails
/// @param error  out: what is wrong and which code is near; may be NULL
/// @return `OPTOUT_OK`; `OPTOUT_E_NULL`, `OPTOUT_E_STRUCT_SIZE` (of `error`), `OPTOUT_E_ARGUMENT`
///         (a field without codes), `OPTOUT_E_UNKNOWN_CODE`, `OPTOUT_E_AMBIGUOUS_CODE`
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn optout_number(
    field: u32,
    code: *const c_char,
    length: usize,
    number: *mut u32,
    error: *mut optout_error,
) -> optout_status {
    if !number.is_null() {
        // SAFETY: not NULL, and the caller's promise.
        unsafe { number.write_unaligned(0) };
    }
    // SAFETY: the caller's promise.
    let report = match unsafe { Report::take(error) } {
        Ok(report) => report,
        Err(failure) => return failure.status(),
    };
    let result = crate::guard::guard(|| {
        if number.is_null() {
            return Err(Failure::of(OPTOUT_E_NULL));
        }
        // SAFETY: the caller's promise.
        let code = unsafe { memory::bytes(code.cast(), length) }.map_err(Failure::of)?;
        let found = number_of(field, code)?;
        // SAFETY: not NULL, and the caller's promise.
        unsafe { number.write_unaligned(found) };
        Ok(())
    });
    report.close(result)
}

fn number_of(field: u32, code: &[u8]) -> Result<u32, Failure> {
    let table = table(field);
    if table.rows.is_empty() {
        return Err(Failure::of(OPTOUT_E_ARGUMENT));
    }
    if let Some(word) = table.words().find(|word| word.code() == code) {
        return Ok(word.number);
    }
    if field == OPTOUT_FIELD_PURPOSE {
        if let Some((_, purpose)) = Purpose::HL7.iter().find(|(hl7, _)| hl7.as_bytes() == code) {
            return Ok(purpose.number().into());
        }
        if Purpose::HL7_AMBIGUOUS.iter().any(|(hl7, _)| hl7.as_bytes() == code) {
            return Err(unknown(field, code, OPTOUT_E_AMBIGUOUS_CODE));
        }
    }
    Err(unknown(field, code, OPTOUT_E_UNKNOWN_CODE))
}

#[cfg(not(feature = "std"))]
fn unknown(field: u32, _: &[u8], status: optout_status) -> Failure {
    Failure::about(status, field)
}

/// In the words of the core, which knows the nearest code.
#[cfg(feature = "std")]
fn unknown(field: u32, code: &[u8], status: optout_status) -> Failure {
    let failure = Failure::about(status, field);
    let Some(code) = readable(code) else { return failure };
    match field {
        OPTOUT_FIELD_ORIGIN => failure.saying_why(Origin::from_code(&code)),
        OPTOUT_FIELD_BOUNDARY => failure.saying_why(Boundary::from_code(&code)),
        OPTOUT_FIELD_IDENTIFIABILITY => failure.saying_why(Identifiability::from_code(&code)),
        OPTOUT_FIELD_PURPOSE => failure.saying_why(Purpose::parse(&code)),
        OPTOUT_FIELD_BASES => failure.saying_why(Bases::from_code(&code)),
        OPTOUT_FIELD_CONDITIONS => failure.saying_why(Conditions::from_code(&code)),
        OPTOUT_FIELD_TYPE1 => failure.saying_why(Type1::from_code(&code)),
        OPTOUT_FIELD_NATIONAL => failure.saying_why(National::from_code(&code)),
        OPTOUT_FIELD_PROGRAMME => failure.saying_why(Programme::from_code(&code)),
        OPTOUT_FIELD_VERDICT => failure.saying_why(Verdict::from_code(&code)),
        OPTOUT_FIELD_REASON => failure.saying_why(Reason::from_code(&code)),
        OPTOUT_FIELD_ROUTE => failure.saying_why(Route::from_code(&code)),
        OPTOUT_FIELD_BLOCKED_BY => failure.saying_why(BlockedBy::from_code(&code)),
        OPTOUT_FIELD_CLAUSE => failure.saying_why(Clause::from_code(&code)),
        OPTOUT_FIELD_RANGE => failure.saying_why(NumberRange::from_code(&code)),
        _ => failure,
    }
}

/// A text, with a mark for what is not UTF-8; `None` where there is no memory for it.
#[cfg(feature = "std")]
fn readable(text: &[u8]) -> Option<std::borrow::Cow<'_, str>> {
    if let Ok(text) = str::from_utf8(text) {
        return Some(text.into());
    }
    let mut shown = String::new();
    for part in text.utf8_chunks() {
        let mark = if part.invalid().is_empty() { "" } else { "\u{FFFD}" };
        shown.try_reserve(part.valid().len() + mark.len()).ok()?;
        shown.push_str(part.valid());
        shown.push_str(mark);
    }
    Some(shown.into())
}
