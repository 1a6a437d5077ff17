//! From what names a person in a row to that person's byte.

use crate::patient::Patient;
use crate::record::{NhsNumber, form};
use crate::tables::key::Key;

/// Answers what is known of people by NHS number.
pub trait Statuses: Sync {
    /// Sets the byte of each number, in order. The slices are of one length, and every byte is
    /// [`Patient::UNKNOWN`] before; whatever stands at `None` is not used.
    fn look_up(&self, numbers: &[Option<NhsNumber>], patients: &mut [Patient]);
}

/// Answers what is known of people by a key that is not an NHS number, such as a pseudonym.
pub trait KeyedStatuses: Sync {
    /// The byte of a key, which is a [pseudonym](crate::record::list::pseudonym()). A key that is not
    /// known is [`Patient::UNKNOWN`].
    fn look_up(&self, key: &[u8]) -> Patient;

    /// Whether somebody with this key is known: a header that names somebody is none.
    fn is_listed(&self, _key: &[u8]) -> bool {
        false
    }
}

impl<F: Fn(NhsNumber) -> Patient + Sync> Statuses for F {
    fn look_up(&self, numbers: &[Option<NhsNumber>], patients: &mut [Patient]) {
        for (patient, number) in patients.iter_mut().zip(numbers) {
            *patient = number.map_or(Patient::UNKNOWN, self);
        }
    }
}

/// Who the rows are about, and how they are named.
#[derive(Clone, Copy)]
pub enum People<'a> {
    /// By NHS number.
    ByNumber(&'a dyn Statuses),
    /// By a key; no rule of the NHS number applies to it.
    ByKey(&'a dyn KeyedStatuses),
}

impl People<'_> {
    /// What is known of the fields that name them.
    pub(super) const fn key(self) -> Key {
        match self {
            Self::ByNumber(_) => form::NUMBERS,
            Self::ByKey(_) => form::KEYS,
        }
    }
}

impl core::fmt::Debug for People<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::ByNumber(_) => "ByNumber(..)",
            Self::ByKey(_) => "ByKey(..)",
        })
    }
}

/// What an empty field where a person should be named means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unnamed {
    /// The row is withheld.
    Withhold,
    /// The controller asserts that the record has no NHS number and that obtaining one is
    /// disproportionate: the national status is `no-nhs-number`, and everything else unknown. It
    /// has no effect on keys.
    NoNhsNumber,
}
