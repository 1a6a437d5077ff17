//! What can be shown of a first row in which a column was not found.

use core::fmt::{self, Write};
use std::format;
use std::string::String;
use std::vec::Vec;

/// What there is instead of a column that is not there. It is said only of a first row that looks
/// like a header: of any other no field is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(String);

/// Words of which names of columns are made. A row without any of them is taken for a person's.
const WORDS: [&str; 40] = [
    "age",
    "birth",
    "code",
    "column",
    "date",
    "description",
    "dob",
    "end",
    "ethnicity",
    "event",
    "gender",
    "gp",
    "group",
    "hash",
    "id",
    "identifier",
    "key",
    "name",
    "nhs",
    "no",
    "note",
    "notes",
    "number",
    "ods",
    "patient",
    "person",
    "postcode",
    "practice",
    "pseudo",
    "pseudonym",
    "ref",
    "sex",
    "spell",
    "start",
    "status",
    "system",
    "text",
    "type",
    "value",
    "ward",
];
/// More are only counted.
const MOST: usize = 20;

impl Names {
    pub(super) fn none() -> Self {
        Self::default()
    }

    /// Beside the name that was looked for. `is_no_name` is whether a field cannot be one.
    pub(super) fn beside(
        name: &str,
        first: &[Vec<u8>],
        delimiter: u8,
        is_no_name: fn(&[u8]) -> bool,
    ) -> Self {
        let mut said = String::new();
        if let [only] = first {
            said += "; the first row has one column";
            let others =
                [(b',', "a comma"), (b'\t', "a tab"), (b';', "a semicolon"), (b'|', "a `|`")];
            let counts = others
                .map(|(byte, called)| (memchr::memchr_iter(byte, only).count(), byte, called));
            let most = counts
                .into_iter()
                .filter(|(_, byte, _)| *byte != delimiter)
                .max_by_key(|most| most.0);
            if let Some((1.., _, called)) = most {
                let _ = write!(said, " with {called} in it; is that the delimiter?");
                return Self(said);
            }
        }
        let names: Option<Vec<&str>> = first.iter().map(|field| plain(field, is_no_name)).collect();
        let header =
            |names: &Vec<&str>| names.iter().any(|other| is_worded(other) || is_near(name, other));
        let Some(names) = names.filter(header) else {
            if first.len() > 1 {
                let _ = write!(said, "; the first row has {} columns", first.len());
            }
            said += ", which do not look like names: is there a header?";
            return Self(said);
        };
        if let Some(near) = nearest(name, &names) {
            let _ = write!(
                said,
                "; is {near:?} meant{}? Names are compared letter for letter",
                edges(name, near)
            );
        }
        let shown: Vec<_> = names.iter().take(MOST).map(|name| format!("{name:?}")).collect();
        let _ = write!(
            said,
            "; there {} {}",
            if names.len() == 1 { "is" } else { "are" },
            shown.join(", ")
        );
        if names.len() > MOST {
            let _ = write!(said, " and {} more", names.len() - MOST);
        }
        Self(said)
    }
}

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A field that can be shown: short words, with few digits.
fn plain(field: &[u8], is_no_name: fn(&[u8]) -> bool) -> Option<&str> {
    let text = core::str::from_utf8(field).ok()?;
    let digits = text.chars().filter(|character| character.is_numeric()).count();
    let short = text.chars().count() <= 40 && digits <= 3;
    (short && text.chars().any(char::is_alphabetic) && !is_no_name(field)).then_some(text)
}

fn letters(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn is_worded(name: &str) -> bool {
    let mut words = name.split(|character: char| !character.is_alphabetic());
    name.contains('_') || words.any(|word| WORDS.contains(&&*word.to_lowercase()))
}

fn is_near(name: &str, other: &str) -> bool {
    let (name, other) = (letters(name), letters(other));
    !name.is_empty()
        && (name == other || strsim::normalized_damerau_levenshtein(&name, &other) >= 0.75)
}

fn nearest<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    let how_near =
        |other: &str| strsim::normalized_damerau_levenshtein(&letters(name), &letters(other));
    let near = names.iter().copied().filter(|other| is_near(name, other));
    near.max_by(|a, b| how_near(a).total_cmp(&how_near(b)))
}

/// Spaces that the eye does not see.
fn edges(name: &str, near: &str) -> &'static str {
    let ends = |text: &str| text.ends_with(char::is_whitespace);
    let begins = |text: &str| text.starts_with(char::is_whitespace);
    match () {
        () if ends(near) && !ends(name) => ", which ends in a space",
        () if begins(near) && !begins(name) => ", which begins with a space",
        () if near.starts_with('\u{feff}') => ", which begins with a byte order mark",
        () => "",
    }
}
