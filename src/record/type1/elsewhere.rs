//! A Type 1 code in another field than the one that holds codes.

use super::altered::{LETTER, folded, is_rounded, same, shortened};
use super::code::{CodeSystem, Recognised, type1_codes};

/// Whether a row may hold a Type 1 code; most do not, and are read no further.
pub(super) fn may_hold(row: &[u8]) -> bool {
    // How characters begin that look like those of a code: full-width forms, other digits and alphabets.
    let is_like = |byte: &u8| matches!(byte, 0xCE..=0xD1 | 0xD9 | 0xDB | 0xE0 | 0xEF | 0xF0);
    if !row.is_ascii() && row.iter().any(is_like) {
        return true;
    }
    // Without a way out in the middle, so that many bytes are looked at together.
    let behind = row.iter().skip(1).zip(row.iter().skip(2).chain([&0]));
    row.iter().zip(behind).fold(false, |found, (a, (b, c))| {
        let read = *a == b'9' && (*b | 0x20) == b'n';
        let ctv3 = (*a | 0x20) == b'z' && *b == b'8';
        let snomed = matches!(*a, b'8' | b'.' | b',') && *b == b'2' && *c == b'7';
        found | read | ctv3 | snomed
    })
}

/// What fields beside the code say of Type 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Elsewhere {
    /// A Type 1 code is a whole field, or a word in one.
    pub(super) any: bool,
    /// The code of a dissent is a whole field.
    pub(super) dissent: bool,
}

impl Elsewhere {
    /// The same with what another field says.
    pub(super) fn or(self, field: &[u8]) -> Self {
        if !may_hold(field) {
            return self;
        }
        type1_codes().fold(self, |found, (of, code, meaning)| {
            let whole = is_whole(field, of, code);
            Self {
                any: found.any || whole || has_word(field, code),
                dissent: found.dissent || (whole && meaning == Recognised::Dissent),
            }
        })
    }
}

/// Whether a field is this code, in any spelling: without or with what stands around its letters and
/// digits, the prefix of its system, the term of a Read code, the `.0` of a number; or what is left of
/// a SNOMED CT identifier in a spreadsheet.
fn is_whole(field: &[u8], of: CodeSystem, code: &[u8]) -> bool {
    let prefixes: &[&[u8]] = match of {
        CodeSystem::ReadV2 => &[b"", b"R2"],
        CodeSystem::Ctv3 => &[b"", b"R3", b"CTV3"],
        CodeSystem::Snomed => &[b"", b"SCT", b"SN"],
    };
    let is = prefixes.iter().any(|prefix| {
        behind(field, prefix.iter().chain(code)).is_some_and(|mut rest| match of {
            CodeSystem::ReadV2 => matches!(rest.count(), 0 | 2),
            // As a number, with a zero behind the point.
            CodeSystem::Snomed if field.contains(&b'.') => rest.all(|digit| digit == b'0'),
            CodeSystem::Ctv3 | CodeSystem::Snomed => rest.next().is_none(),
        })
    });
    let is_left = |left| behind(field, left).is_some_and(|mut rest| rest.next().is_none());
    is || (of == CodeSystem::Snomed && (is_rounded(field) || shortened(code).any(is_left)))
}

/// The letters and digits of a field behind these, where it begins with them.
fn behind<'k>(
    field: &[u8],
    mut first: impl Iterator<Item = &'k u8>,
) -> Option<impl Iterator<Item = u8>> {
    let mut rest = folded(field).filter(|byte| byte.is_ascii_alphanumeric() || *byte == LETTER);
    first.all(|known| rest.next().is_some_and(|given| same(*known, given))).then_some(rest)
}

/// Whether a code is a word of a text by itself, with no letter or digit on either side.
fn has_word(text: &[u8], code: &[u8]) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == LETTER;
    let mut rest = folded(text);
    let mut within = false;
    loop {
        let mut here = rest.clone();
        let is = !within
            && code.iter().all(|known| here.next().is_some_and(|given| same(*known, given)))
            && !here.next().is_some_and(is_letter);
        if is {
            return true;
        }
        match rest.next() {
            Some(byte) => within = is_letter(byte),
            None => return false,
        }
    }
}
