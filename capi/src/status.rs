//! What a call returns: whether it could be answered at all. "The policy says no" is a verdict,
//! never a status.

use core::ffi::{CStr, c_char};

/// The status of a call. 0 is success; **every other value means that nothing was decided**, and
/// every verdict that the call would have written says deny. New values may come.
///
/// | values | whose fault |
/// |---|---|
/// | 1 to 19 | the calling program's: correct the call |
/// | 20 to 89 | the question's: what was asked or given cannot be judged |
/// | 90 and above | the library's: report it |
#[expect(non_camel_case_types, reason = "the name in C")]
pub type optout_status = i32;

/// Success.
pub const OPTOUT_OK: i32 = 0;

/// A pointer that is required is NULL.
pub const OPTOUT_E_NULL: i32 = 1;

/// A `struct_size` is smaller than that structure was in version 1, or, of an input, over 4096; or a
/// stride is too small.
pub const OPTOUT_E_STRUCT_SIZE: i32 = 2;

/// A reserved byte is not zero: the caller was built for a newer library, or the structure was
/// never cleared.
pub const OPTOUT_E_RESERVED: i32 = 3;

/// An argument other than the question is out of its range.
pub const OPTOUT_E_ARGUMENT: i32 = 4;

/// The buffer is too small; `*needed` says how many bytes it must have.
pub const OPTOUT_E_BUFFER: i32 = 5;

/// The ruling does not bear the mark that `optout_assess` of this very library writes: it is zeroed,
/// failed, or kept from another version. Writing into a ruling is not always noticed:
/// `optout_explain` and `optout_clauses` judge its question again and compare every answer;
/// `optout_decide` and `optout_decide_each` compare two entries, so that no single changed byte turns
/// a denial into an allow; `optout_decide_many` compares nothing.
pub const OPTOUT_E_RULING: i32 = 6;

/// A text is not UTF-8.
pub const OPTOUT_E_UTF8: i32 = 7;

/// A number or a bit of the question has no meaning, or a field is missing.
pub const OPTOUT_E_VALUE: i32 = 20;

/// Two bases, or two conditions, cannot both be true of one disclosure.
pub const OPTOUT_E_CONTRADICTION: i32 = 21;

/// The day lies before 25 May 2018, when the national data opt-out began.
pub const OPTOUT_E_DATE_NOT_COVERED: i32 = 22;

/// A text is not a code of its field.
pub const OPTOUT_E_UNKNOWN_CODE: i32 = 23;

/// An HL7 code fits several purposes: say which is meant.
pub const OPTOUT_E_AMBIGUOUS_CODE: i32 = 24;

/// No flow of the catalogue has this id.
pub const OPTOUT_E_UNKNOWN_FLOW: i32 = 25;

/// The flow is known, but none of its terms hold on this day.
pub const OPTOUT_E_FLOW_NOT_ON_THIS_DAY: i32 = 26;

/// The line is no question that can be judged; the answer says why.
pub const OPTOUT_E_QUESTION: i32 = 27;

/// The text is not an NHS number.
pub const OPTOUT_E_NHS_NUMBER: i32 = 28;

/// There is no NHS number: the text is empty.
pub const OPTOUT_E_NHS_NUMBER_EMPTY: i32 = 29;

/// The file of a register cannot be read.
pub const OPTOUT_E_REGISTER_FILE: i32 = 30;

/// The file is not a register, whole and unaltered.
pub const OPTOUT_E_REGISTER: i32 = 31;

/// The register is of a format that this library does not read.
pub const OPTOUT_E_REGISTER_VERSION: i32 = 32;

/// The national check of a register is too old to be used on this day, or was made after it.
pub const OPTOUT_E_REGISTER_AGE: i32 = 33;

/// There is not enough memory.
pub const OPTOUT_E_MEMORY: i32 = 34;

/// A fault inside the library was caught. It keeps no state, so later calls are unharmed.
pub const OPTOUT_E_INTERNAL: i32 = 99;

/// Every status with its text; those of numbers and registers where there are such.
const TEXTS: &[(optout_status, &CStr)] = &[
    (OPTOUT_OK, c"success"),
    (OPTOUT_E_NULL, c"a pointer that is required is NULL"),
    (
        OPTOUT_E_STRUCT_SIZE,
        c"a struct_size is smaller than that structure, or far larger, or a stride is too small",
    ),
    (OPTOUT_E_RESERVED, c"a reserved byte is not zero"),
    (OPTOUT_E_ARGUMENT, c"an argument is out of its range"),
    (OPTOUT_E_BUFFER, c"the buffer is too small"),
    (
        OPTOUT_E_RULING,
        c"the ruling was not written by optout_assess of this library, or was changed since",
    ),
    (OPTOUT_E_UTF8, c"a text is not UTF-8"),
    (OPTOUT_E_VALUE, c"a number or a bit of the question has no meaning, or a field is missing"),
    (
        OPTOUT_E_CONTRADICTION,
        c"two bases, or two conditions, cannot both be true of one disclosure",
    ),
    (
        OPTOUT_E_DATE_NOT_COVERED,
        c"the day lies before 25 May 2018, when the national data opt-out began",
    ),
    (OPTOUT_E_UNKNOWN_CODE, c"a text is not a code of its field"),
    (OPTOUT_E_AMBIGUOUS_CODE, c"an HL7 code fits several purposes: say which is meant"),
    (OPTOUT_E_UNKNOWN_FLOW, c"no flow of the catalogue has this id"),
    (OPTOUT_E_FLOW_NOT_ON_THIS_DAY, c"none of the terms of the flow hold on this day"),
    (OPTOUT_E_QUESTION, c"the line is no question that can be judged; the answer says why"),
    #[cfg(feature = "std")]
    (OPTOUT_E_NHS_NUMBER, c"the text is not an NHS number"),
    #[cfg(feature = "std")]
    (OPTOUT_E_NHS_NUMBER_EMPTY, c"there is no NHS number: the text is empty"),
    #[cfg(feature = "std")]
    (OPTOUT_E_REGISTER_FILE, c"the file of the register cannot be read"),
    #[cfg(feature = "std")]
    (OPTOUT_E_REGISTER, c"the file is not a register, whole and unaltered"),
    #[cfg(feature = "std")]
    (OPTOUT_E_REGISTER_VERSION, c"the register is of a format that this library does not read"),
    #[cfg(feature = "std")]
    (
        OPTOUT_E_REGISTER_AGE,
        c"the national check is too old to be used on this day, or was made after it",
    ),
    #[cfg(feature = "std")]
    (OPTOUT_E_MEMORY, c"there is not enough memory"),
    (OPTOUT_E_INTERNAL, c"a fault inside the library; later calls are unharmed"),
];

/// The text of a status.
pub(crate) fn text(status: optout_status) -> &'static CStr {
    match TEXTS.iter().find(|(known, _)| *known == status) {
        Some((_, text)) => text,
        None => c"a failure that this library does not know",
    }
}

/// Says what a status means, in a phrase of English.
///
/// @param status any number
/// @return a static text, never NULL, never to be freed
#[unsafe(no_mangle)]
pub extern "C" fn optout_status_text(status: optout_status) -> *const c_char {
    text(status).as_ptr()
}
