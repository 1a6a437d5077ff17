//! References that refer to nothing.

use std::string::String;

use crate::record::shown::is_unseen;

/// Whole texts that say that there is no reference, in small letters and without anything between them.
const SAY_NOTHING: [&str; 45] = [
    "abc",
    "appliedfor",
    "asap",
    "asdf",
    "awaited",
    "awaiting",
    "blah",
    "dummy",
    "empty",
    "example",
    "false",
    "foo",
    "inprogress",
    "insertreference",
    "later",
    "missing",
    "na",
    "nan",
    "nil",
    "no",
    "none",
    "noneyet",
    "noreference",
    "nothing",
    "notapplicable",
    "notavailable",
    "notknown",
    "null",
    "ok",
    "pending",
    "placeholder",
    "ref",
    "reference",
    "requested",
    "required",
    "sample",
    "same",
    "seeabove",
    "test",
    "toadd",
    "tobeconfirmed",
    "tofollow",
    "true",
    "unknown",
    "yes",
];
/// Words that stand for what is still to come, whatever stands beside them.
const STILL_TO_COME: [&str; 6] = ["fixme", "tba", "tbc", "tbd", "tbs", "todo"];

/// Whether a reference refers to nothing: it is blank to the eye, has neither letter nor digit, is one
/// character again and again, or is a placeholder such as `TBC`, `n/a`, `xxx`, `<number>` or `25/CAG/????`.
#[must_use]
pub fn refers_to_nothing(reference: &str) -> bool {
    let seen = || reference.chars().filter(|c| !is_unseen(*c)).map(narrow);
    let text: String = seen().flat_map(char::to_lowercase).collect();
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let Some(first) = letters.chars().next() else { return true };
    if letters.chars().all(|c| c == first)
        || SAY_NOTHING.contains(&letters.as_str())
        || STILL_TO_COME.contains(&letters.as_str())
    {
        return true;
    }
    let still_to_come = |word: &str| {
        STILL_TO_COME.contains(&word) || (word.len() >= 3 && word.chars().all(|c| c == 'x'))
    };
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let begins = |with: [&str; 2]| words().take(2).eq(with);
    let framed = [('<', '>'), ('[', ']'), ('{', '}')].iter().any(|(opens, closes)| {
        let text = text.trim();
        text.starts_with(*opens) && text.ends_with(*closes)
    });
    framed
        || begins(["to", "be"])
        || begins(["not", "yet"])
        || text.contains("??")
        || words().any(still_to_come)
}

/// A full-width letter as the usual one.
fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::refers_to_nothing;

    #[test]
    fn placeholders_and_references() {
        for reference in [
            "",
            " ",
            "\u{200b}",
            "\u{3164}\u{2003}",
            "\u{2800}",
            "-",
            "...",
            "?",
            "n/a",
            "N.A.",
            "TBC",
            "tbd",
            "To do",
            "xxx",
            "XXXX",
            "x",
            "none",
            "None.",
            "unknown",
            "(pending)",
            "T\u{200b}B\u{200b}C",
            "ＴＢＣ",
            "CAG ref TBC",
            "25/CAG/????",
            "25/CAG/xxxx",
            "000",
            "TODO: ask IG",
            "to be confirmed",
            "to be assigned",
            "not yet",
            "not yet given",
            "<reference>",
            "[CAG number]",
            "T.B.C.",
            "abc",
        ] {
            assert!(refers_to_nothing(reference), "{reference}");
        }
        for reference in [
            "25/CAG/0000",
            "24/CAG/0001",
            "IRAS 287654",
            "DARS-NIC-123456-A1B2C",
            "REC 21/NW/0001",
            "s. 251",
            "Order of 3 May 2026",
            "Letter to Dr Test, 2026",
        ] {
            assert!(!refers_to_nothing(reference), "{reference}");
        }
    }
}
