//! The bytes of a record, and the digest that they hold of themselves.

use std::string::ToString;
use std::vec::Vec;

use super::Record;
use crate::record::{Digest, shown};

/// What stands before the record's own digest: no text in a record can hold a line end.
const BEFORE: &[u8] = b"\n  \"self\": \"";
const DIGITS: usize = 64;

/// The bytes, every text masked, with the digest of all of them.
pub(super) fn write(record: &Record) -> Result<Vec<u8>, serde_json::Error> {
    let blank = Record { own: Digest::default(), ..record.clone() };
    let mut json = shown::to_json(&blank)?;
    json.push(b'\n');
    if let Some(digits) = place(&json) {
        let digest = Digest::of(&json).to_string();
        if let Some(digits) = json.get_mut(digits) {
            digits.copy_from_slice(digest.as_bytes());
        }
    }
    Ok(json)
}

/// The digest of the bytes with zeros in the place of their own; `None` where they have no such place,
/// or two.
pub(super) fn digest(json: &[u8]) -> Option<Digest> {
    let mut blank = json.to_vec();
    blank.get_mut(place(json)?)?.fill(b'0');
    Some(Digest::of(&blank))
}

fn place(json: &[u8]) -> Option<core::ops::Range<usize>> {
    let mut found = memchr::memmem::find_iter(json, BEFORE).map(|at| at + BEFORE.len());
    let at = found.next()?;
    let whole = json.get(at..at + DIGITS)?.iter().all(u8::is_ascii_hexdigit)
        && json.get(at + DIGITS) == Some(&b'"');
    (whole && found.next().is_none()).then_some(at..at + DIGITS)
}
