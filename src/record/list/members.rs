//! Who is on a list.

use core::fmt;
use std::boxed::Box;
use std::collections::HashSet;
use std::io::Read;

use super::likeness::Likeness;
use super::{EmptyList, NotAPseudonym, pseudonym};
use crate::record::rows::{self, RowsError};
use crate::record::{NhsNumber, NhsNumberError, NumberSet};

/// How a patient is found on a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Key<'a> {
    /// By NHS number.
    Number(NhsNumber),
    /// By the pseudonym that the data and the list share, as [`pseudonym()`] reads it. What it refuses
    /// is of no kind that a list holds.
    Pseudonym(&'a [u8]),
}

impl From<&NhsNumber> for Key<'_> {
    fn from(number: &NhsNumber) -> Self {
        Self::Number(*number)
    }
}

impl<'a> From<&'a Box<[u8]>> for Key<'a> {
    fn from(pseudonym: &'a Box<[u8]>) -> Self {
        Self::Pseudonym(pseudonym)
    }
}

/// People by NHS number or by pseudonym. A person given twice is there once.
#[derive(Clone)]
pub struct Members {
    keys: Keys,
    confirmed: bool,
}

#[derive(Clone)]
enum Keys {
    Numbers(NumberSet),
    Pseudonyms(Pseudonyms),
}

/// The pseudonyms of a list, and what they are like.
#[derive(Clone, Default)]
struct Pseudonyms {
    keys: HashSet<Box<[u8]>>,
    likeness: Likeness,
}

impl Pseudonyms {
    fn insert(&mut self, key: &[u8]) -> bool {
        self.likeness.note(key);
        self.keys.insert(key.into())
    }
}

/// A field that is no key. To leave out a row of a list would lose a choice, so it is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MemberError {
    /// Not an NHS number.
    #[error(transparent)]
    Number(#[from] NhsNumberError),
    /// Not a pseudonym.
    #[error(transparent)]
    Pseudonym(#[from] NotAPseudonym),
}

impl Members {
    /// Nobody yet, by NHS number.
    #[must_use]
    pub fn of_numbers() -> Self {
        NumberSet::new().into()
    }

    /// Nobody yet, by pseudonym.
    #[must_use]
    pub fn of_pseudonyms() -> Self {
        Self { keys: Keys::Pseudonyms(Pseudonyms::default()), confirmed: false }
    }

    /// Reads a list of NHS numbers to its end, without a header: `number` or `number,` on each line,
    /// perhaps in double quotes, with LF or CRLF.
    ///
    /// # Errors
    /// The first row that is not an NHS number.
    pub fn read_numbers(reader: impl Read) -> Result<Self, RowsError> {
        let mut numbers = NumberSet::new();
        rows::read(reader, |number| {
            numbers.insert(number);
        })?;
        Ok(numbers.into())
    }

    /// The same, where somebody has made sure that a list without anybody is right.
    #[must_use]
    pub fn confirmed_empty(self) -> Self {
        Self { confirmed: true, ..self }
    }

    /// Adds a person. Says whether the person was new.
    ///
    /// # Errors
    /// A field that is no key: an empty one, or, on a list of NHS numbers, anything else.
    pub fn add(&mut self, field: &[u8]) -> Result<bool, MemberError> {
        match &mut self.keys {
            Keys::Numbers(numbers) => Ok(numbers.insert(NhsNumber::parse(field)?)),
            Keys::Pseudonyms(pseudonyms) => Ok(pseudonyms.insert(pseudonym(field)?)),
        }
    }

    /// Adds a person by key. Says whether the person was new; `None` for a key of the other kind, or
    /// of none.
    pub fn insert(&mut self, key: Key<'_>) -> Option<bool> {
        match (&mut self.keys, key) {
            (Keys::Numbers(numbers), Key::Number(number)) => Some(numbers.insert(number)),
            (Keys::Pseudonyms(pseudonyms), Key::Pseudonym(field)) => {
                Some(pseudonyms.insert(pseudonym(field).ok()?))
            }
            (Keys::Numbers(_), Key::Pseudonym(_)) | (Keys::Pseudonyms(_), Key::Number(_)) => None,
        }
    }

    /// Whether somebody is there; `None` for a key of the other kind, or of none.
    #[inline]
    #[must_use]
    pub fn contains(&self, key: Key<'_>) -> Option<bool> {
        match key {
            Key::Number(_) => self.has(key),
            Key::Pseudonym(field) => self.has(Key::Pseudonym(pseudonym(field).ok()?)),
        }
    }

    /// The same of a key that is as [`pseudonym()`] reads it.
    #[inline]
    pub(super) fn has(&self, key: Key<'_>) -> Option<bool> {
        match (&self.keys, key) {
            (Keys::Numbers(numbers), Key::Number(number)) => Some(numbers.contains(number)),
            (Keys::Pseudonyms(pseudonyms), Key::Pseudonym(key)) => {
                Some(pseudonyms.keys.contains(key))
            }
            (Keys::Numbers(_), Key::Pseudonym(_)) | (Keys::Pseudonyms(_), Key::Number(_)) => None,
        }
    }

    /// Whether somebody is there by a key that differs from this one, which is not there, only in what
    /// software changes on the way.
    #[inline]
    pub(super) fn has_like(&self, key: &[u8]) -> bool {
        match &self.keys {
            Keys::Pseudonyms(pseudonyms) => pseudonyms.likeness.holds(key, &pseudonyms.keys),
            Keys::Numbers(_) => false,
        }
    }

    /// How many people there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        match &self.keys {
            Keys::Numbers(numbers) => numbers.len(),
            Keys::Pseudonyms(pseudonyms) => pseudonyms.keys.len() as u64,
        }
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether they are known by NHS number, not by pseudonym.
    #[must_use]
    pub const fn are_numbers(&self) -> bool {
        match self.keys {
            Keys::Numbers(_) => true,
            Keys::Pseudonyms(_) => false,
        }
    }

    /// Nobody, by the same kind of key.
    #[must_use]
    pub fn nobody(&self) -> Self {
        if self.are_numbers() { Self::of_numbers() } else { Self::of_pseudonyms() }
    }

    pub(super) fn some_or_confirmed(self) -> Result<Self, EmptyList> {
        if self.is_empty() && !self.confirmed { Err(EmptyList) } else { Ok(self) }
    }
}

impl From<NumberSet> for Members {
    fn from(numbers: NumberSet) -> Self {
        Self { keys: Keys::Numbers(numbers), confirmed: false }
    }
}

impl fmt::Debug for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.are_numbers() { "NHS numbers" } else { "pseudonyms" };
        write!(f, "Members({} {kind})", self.len())
    }
}

impl fmt::Debug for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number(_) => "Number(..)",
            Self::Pseudonym(_) => "Pseudonym(..)",
        })
    }
}
