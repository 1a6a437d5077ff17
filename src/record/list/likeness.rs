//! Keys that name one person and differ only in what software changes on the way: capitals, zeros in
//! front, `.0` behind, the hyphens and braces of an identifier.
//!
//! Whoever is on a list by one of them would not be found by the other, and their choice would be
//! lost. A key is looked at closely only where it and the list could differ so.

use std::borrow::Cow;
use std::boxed::Box;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;
use std::vec::Vec;

/// What is in a key that software may change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is looked for by itself")]
struct Traits {
    upper: bool,
    lower: bool,
    hyphen: bool,
    brace: bool,
    /// Letters that are not ASCII.
    other: bool,
    /// Nothing but digits.
    digits: bool,
    /// Nothing but digits, with a zero in front.
    zero: bool,
    /// A point with zeros behind.
    point: bool,
}

const DIGIT: u8 = 1;
const UPPER: u8 = 1 << 1;
const LOWER: u8 = 1 << 2;
const HYPHEN: u8 = 1 << 3;
const BRACE: u8 = 1 << 4;
const OTHER: u8 = 1 << 5;
/// Any other character of ASCII.
const ASCII: u8 = 1 << 6;

/// The class of each byte.
#[expect(clippy::indexing_slicing, reason = "a place beyond the end would not compile")]
static CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        classes[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT,
            b'A'..=b'Z' => UPPER,
            b'a'..=b'z' => LOWER,
            b'-' => HYPHEN,
            b'{' | b'}' => BRACE,
            _ => ASCII,
        };
        byte += 1;
    }
    classes
};

impl Traits {
    #[inline]
    fn of(key: &[u8]) -> Self {
        let class = key.iter().fold(0, |all, byte| {
            all | CLASSES.get(usize::from(*byte)).copied().unwrap_or_default()
        });
        let has = |of| class & of != 0;
        let digits = class & !DIGIT == 0;
        Self {
            upper: has(UPPER),
            lower: has(LOWER),
            hyphen: has(HYPHEN),
            brace: has(BRACE),
            other: has(OTHER),
            digits,
            zero: digits && key.starts_with(b"0"),
            point: key.ends_with(b"0") && key.contains(&b'.'),
        }
    }
}

/// What the keys of a list are like, so that most keys of the data need no closer look.
#[derive(Clone, Debug, Default)]
pub(super) struct Likeness {
    some: Traits,
    /// What not every key has.
    not_all: Traits,
    /// The lengths of the keys of digits, from and to.
    lengths: Option<(usize, usize)>,
    /// The hashes of the plain forms, made when the first key is looked at closely.
    plain: OnceLock<(HashSet<u64>, RandomState)>,
}

impl Likeness {
    /// Notes a key of the list.
    pub(super) fn note(&mut self, key: &[u8]) {
        let of = Traits::of(key);
        let Self { some, not_all, lengths, plain } = self;
        some.upper |= of.upper;
        some.lower |= of.lower;
        some.hyphen |= of.hyphen;
        some.brace |= of.brace;
        some.other |= of.other;
        some.zero |= of.zero;
        some.point |= of.point;
        not_all.hyphen |= !of.hyphen;
        not_all.brace |= !of.brace;
        if of.digits {
            let (least, most) = lengths.unwrap_or((key.len(), key.len()));
            *lengths = Some((least.min(key.len()), most.max(key.len())));
        }
        plain.take();
    }

    /// Whether the list holds a key that differs from this one, which is not on it, only so.
    #[inline]
    pub(super) fn holds(&self, key: &[u8], keys: &HashSet<Box<[u8]>>) -> bool {
        self.may_hold(Traits::of(key), key.len()) && self.holds_plain(key, keys)
    }

    #[inline]
    fn may_hold(&self, of: Traits, length: usize) -> bool {
        let Self { some, not_all, lengths, .. } = self;
        let one_has = |some: bool, not_all: bool, it: bool| if it { not_all } else { some };
        (of.upper && some.lower)
            || (of.lower && some.upper)
            || one_has(some.hyphen, not_all.hyphen, of.hyphen)
            || one_has(some.brace, not_all.brace, of.brace)
            || (of.other || some.other)
            || (of.point || some.point)
            || (of.digits && (of.zero || some.zero) && *lengths != Some((length, length)))
    }

    #[cold]
    fn holds_plain(&self, key: &[u8], keys: &HashSet<Box<[u8]>>) -> bool {
        let (plain_keys, hasher) = self.plain.get_or_init(|| {
            let hasher = RandomState::new();
            (keys.iter().map(|key| hasher.hash_one(&*plain(key))).collect(), hasher)
        });
        plain_keys.contains(&hasher.hash_one(&*plain(key)))
    }
}

/// A key without what software changes on the way.
fn plain(key: &[u8]) -> Cow<'_, [u8]> {
    let whole = match key.iter().position(|byte| *byte == b'.').map(|at| key.split_at(at)) {
        Some((whole, [_, zeros @ ..])) if !zeros.is_empty() && zeros.iter().all(|b| *b == b'0') => {
            whole
        }
        _ => key,
    };
    if whole.iter().all(u8::is_ascii_digit) {
        let zeros = whole.iter().take_while(|byte| **byte == b'0').count();
        return whole.get(zeros..).unwrap_or_default().into();
    }
    let letters: Vec<u8> = match core::str::from_utf8(key) {
        Ok(text) if !text.is_ascii() => text.to_lowercase().into_bytes(),
        _ => key.to_ascii_lowercase(),
    };
    letters
        .into_iter()
        .filter(|byte| !matches!(byte, b'-' | b'{' | b'}'))
        .collect::<Vec<_>>()
        .into()
}

#[cfg(test)]
mod tests {
    use std::boxed::Box;
    use std::collections::HashSet;

    use super::{Likeness, plain};

    fn holds(list: &[&str], key: &str) -> bool {
        let keys: HashSet<Box<[u8]>> = list.iter().map(|key| key.as_bytes().into()).collect();
        let mut likeness = Likeness::default();
        for key in list {
            likeness.note(key.as_bytes());
        }
        let found = likeness.holds(key.as_bytes(), &keys);
        // The quick look never hides what the close one finds.
        let close = list.iter().any(|held| plain(held.as_bytes()) == plain(key.as_bytes()));
        assert_eq!(found, close, "{list:?} {key}");
        found
    }

    #[test]
    fn what_software_changes_is_seen() {
        for (list, key) in [
            (&["f00d", "cafe"][..], "F00D"),
            (&["F00D", "CAFE"], "f00d"),
            (&["F00D", "cafe"], "Cafe"),
            (&["17", "4"], "00017"),
            (&["00017", "00004"], "17"),
            (&["00017"], "017"),
            (&["17"], "17.0"),
            (&["17.0"], "17"),
            (&["17.0"], "0017"),
            (&["ab-cd"], "abcd"),
            (&["abcd"], "{AB-CD}"),
            (&["é1"], "É1"),
        ] {
            assert!(holds(list, key), "{list:?} {key}");
        }
    }

    #[test]
    fn what_names_another_person_is_not() {
        for (list, key) in [
            (&["f00d", "cafe"][..], "beef"),
            (&["F00D"], "CAFE"),
            (&["F00D", "cafe"], "BEEF"),
            (&["00017", "00004"], "00018"),
            (&["17", "4"], "18"),
            (&["17"], "18.0"),
            (&["17"], "17.5"),
            (&["ab-cd"], "ab-ce"),
            (&["p01"], "p1"),
            (&["é1"], "É2"),
            (&[], "f00d"),
        ] {
            assert!(!holds(list, key), "{list:?} {key}");
        }
        // Keys of every form against one another.
        let forms = [
            "a1", "A1", "1", "01", "1.0", "1.00", "01.0", "a-1", "A-1", "{a1}", "{A-1}", "é", "É",
            "0", "00", "10", "b2", "7",
        ];
        for list in forms {
            for key in forms {
                if list != key && !matches!(key, "b2" | "7") {
                    holds(&[list, "b2"], key);
                    holds(&[list, "7"], key);
                    holds(&[list], key);
                }
            }
        }
    }
}
