//! The vocabulary of the core as C reads it: each text ended by a NUL, laid out when this is compiled,
//! so that the words are written down once, in the core. The tables hold offsets and no pointers, so
//! that loading the library relocates nothing for them.

use core::ffi::c_char;

/// A text with its NUL.
pub(crate) const fn with_nul<const N: usize>(text: &str) -> [u8; N] {
    assert!(N == text.len() + 1, "room for the text and its NUL");
    let mut bytes = [0; N];
    append(&mut bytes, 0, text);
    bytes
}

/// Writes a text into an array, and returns where it ends.
#[expect(clippy::indexing_slicing, reason = "a constant: leaving the array stops the build")]
pub(crate) const fn append(to: &mut [u8], at: usize, text: &str) -> usize {
    let mut i = 0;
    while i < text.len() {
        assert!(text.as_bytes()[i] != 0, "no text holds a NUL");
        to[at + i] = text.as_bytes()[i];
        i += 1;
    }
    at + i
}

/// One word: its number, and where its code and its meaning begin.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    pub(crate) number: u16,
    pub(crate) code: u16,
    pub(crate) meaning: u16,
}

/// The words of one field.
#[derive(Clone, Copy)]
pub(crate) struct Table {
    pub(crate) rows: &'static [Row],
    pub(crate) bytes: &'static [u8],
}

/// A word of the vocabulary.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    pub(crate) number: u32,
    code: &'static [u8],
    code_length: usize,
    meaning: &'static [u8],
}

impl Word {
    /// The code.
    pub(crate) fn code(&self) -> &'static [u8] {
        self.code.get(..self.code_length).unwrap_or_default()
    }

    /// The code, ended by a NUL.
    pub(crate) const fn c_code(&self) -> *const c_char {
        self.code.as_ptr().cast()
    }

    /// What it means, ended by a NUL.
    pub(crate) const fn c_meaning(&self) -> *const c_char {
        self.meaning.as_ptr().cast()
    }
}

impl Table {
    /// Of a field without codes.
    pub(crate) const NONE: Self = Self { rows: &[], bytes: &[] };

    pub(crate) fn words(self) -> impl Iterator<Item = Word> {
        let from = move |at: u16| self.bytes.get(usize::from(at)..).unwrap_or(b"\0");
        self.rows.iter().map(move |row| Word {
            number: row.number.into(),
            code: from(row.code),
            // The meaning stands behind the code's NUL.
            code_length: usize::from(row.meaning.saturating_sub(row.code + 1)),
            meaning: from(row.meaning),
        })
    }
}

/// A table from a slice of the core: for each of its items a number, a code, and the parts of its
/// meaning.
macro_rules! words {
    ($name:ident = $all:expr; $item:ident => $number:expr, $code:expr, [$($part:expr),+]) => {
        #[expect(
            clippy::indexing_slicing,
            clippy::cast_possible_truncation,
            reason = "a constant: leaving the array stops the build, and offsets are asserted"
        )]
        const $name: Table = {
            const TOTAL: usize = {
                let (mut total, mut i) = (0, 0);
                while i < $all.len() {
                    let $item = $all[i];
                    total += $code.len() + 1 $(+ $part.len())+ + 1;
                    i += 1;
                }
                assert!(total <= u16::MAX as usize);
                total
            };
            static LAID_OUT: ([Row; $all.len()], [u8; TOTAL]) = {
                let mut rows = [Row { number: 0, code: 0, meaning: 0 }; $all.len()];
                let mut bytes = [0; TOTAL];
                let (mut at, mut i) = (0, 0);
                while i < $all.len() {
                    let $item = $all[i];
                    let code = at;
                    at = append(&mut bytes, at, $code) + 1;
                    rows[i] = Row { number: $number as u16, code: code as u16, meaning: at as u16 };
                    $(at = append(&mut bytes, at, $part);)+
                    at += 1;
                    i += 1;
                }
                (rows, bytes)
            };
            Table { rows: &LAID_OUT.0, bytes: &LAID_OUT.1 }
        };
    };
}

pub(crate) use words;
