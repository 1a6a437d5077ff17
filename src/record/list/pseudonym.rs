//! What a pseudonym is: one rule for the lists, the histories and the data that they decide.

use core::str;

/// A field that is no pseudonym. To take it for one that is on no list would lose a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAPseudonym {
    /// Nothing, or only spaces and tabs.
    #[error("the pseudonym is empty")]
    Empty,
    /// A word by which software writes that there is none.
    #[error("the pseudonym is a word for none, such as NULL")]
    Null,
    /// Bytes that are not text in UTF-8, a control character, or a space that cannot be seen.
    #[error(
        "the pseudonym holds a control character, an unusual space, or bytes that are not UTF-8"
    )]
    NotText,
}

/// What software writes where there is nothing.
const NULLS: [&[u8]; 6] = [b"null", b"\\n", b"nan", b"na", b"none", b"nil"];

/// The pseudonym in a field: what is left without the ASCII spaces and tabs around it, letter for
/// letter.
///
/// # Errors
/// A field that is no pseudonym.
pub fn pseudonym(mut field: &[u8]) -> Result<&[u8], NotAPseudonym> {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = field {
        field = rest;
    }
    if field.is_empty() {
        return Err(NotAPseudonym::Empty);
    }
    if is_word_for_none(field) {
        return Err(NotAPseudonym::Null);
    }
    // Without a branch for each byte.
    if !field.iter().fold(false, |odd, byte| odd | !matches!(byte, b' '..=b'~')) {
        return Ok(field);
    }
    let text = str::from_utf8(field).map_err(|_| NotAPseudonym::NotText)?;
    if text.chars().any(is_unseen) { Err(NotAPseudonym::NotText) } else { Ok(field) }
}

/// Whether it is a word by which software writes that there is nothing, in any letter case.
pub(crate) fn is_word_for_none(field: &[u8]) -> bool {
    field.len() <= 4 && NULLS.iter().any(|null| null.eq_ignore_ascii_case(field))
}

/// Whether two fields that look alike could differ by this character.
pub(crate) fn is_unseen(character: char) -> bool {
    character.is_control()
        || (character.is_whitespace() && character != ' ')
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}
