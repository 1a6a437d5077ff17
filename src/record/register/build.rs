//! A register from a request and its response.

use std::boxed::Box;
use std::vec::Vec;

use super::format::{self, Head};
use super::{PAGE_NUMBERS, PAGE_SHIFT, PAGES, Register, Sources};
use crate::Date;
use crate::record::NhsNumber;

/// Two bits a number, the lowest number in the lowest bits: 0 not asked, 1 asked and came back, 2
/// asked and did not.
pub(super) type Page = [u8; PAGE_NUMBERS as usize / 4];

/// Collects who was asked and who came back. A number asked counts as opted out until it is
/// answered. Repeats change nothing; the order does not matter beyond asking before answering.
pub struct Builder {
    pages: Vec<Option<Box<Page>>>,
    asked: u64,
    answered: u64,
    not_asked: u64,
}

/// What an answer said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a number that was not asked spoils the whole register"]
pub enum Answer {
    /// The number was asked, and is hereby clear.
    Clear,
    /// It had come back before.
    Repeated,
    /// It was never asked: the response is not that of the request, and the register will not be
    /// built.
    NotAsked,
}

/// Why there is no register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Numbers came back that were not asked, so the response is not that of the request, and
    /// neither can be used (specification, section 8).
    #[error(
        "the response holds {count} numbers that the request did not ask: it answers another request"
    )]
    NotAsked {
        /// How many answers named a number that had not been asked.
        count: u64,
    },
    /// Nobody was asked.
    #[error("the request asks about nobody")]
    NothingAsked,
    /// There is not enough memory.
    #[error("there is not enough memory for the register")]
    NoMemory,
}

impl Builder {
    /// Nobody asked.
    #[must_use]
    pub fn new() -> Self {
        let mut pages = Vec::new();
        pages.resize_with(PAGES, || None);
        Self { pages, asked: 0, answered: 0, not_asked: 0 }
    }

    /// Notes that a number was asked. Says whether it was new.
    #[inline]
    pub fn ask(&mut self, number: NhsNumber) -> bool {
        let (page, byte, shift) = address(number);
        let Some(page) = self.pages.get_mut(page) else { return false };
        let page = page.get_or_insert_with(|| Box::new([0; PAGE_NUMBERS as usize / 4]));
        let Some(byte) = page.get_mut(byte) else { return false };
        match *byte >> shift & 0b11 {
            0 => {
                *byte |= 0b10 << shift;
                self.asked += 1;
                true
            }
            _ => false,
        }
    }

    /// Notes that a number came back. After one that was not asked there is no register, whatever
    /// else comes.
    #[inline]
    pub fn answer(&mut self, number: NhsNumber) -> Answer {
        let (page, byte, shift) = address(number);
        let byte = self
            .pages
            .get_mut(page)
            .and_then(Option::as_deref_mut)
            .and_then(|page| page.get_mut(byte));
        if let Some(byte) = byte {
            match *byte >> shift & 0b11 {
                2 => {
                    *byte ^= 0b11 << shift;
                    self.answered += 1;
                    return Answer::Clear;
                }
                1 => return Answer::Repeated,
                _ => {}
            }
        }
        self.not_asked += 1;
        Answer::NotAsked
    }

    /// How many distinct numbers were asked so far.
    #[must_use]
    pub const fn asked(&self) -> u64 {
        self.asked
    }

    /// How many distinct numbers came back so far.
    #[must_use]
    pub const fn answered(&self) -> u64 {
        self.answered
    }

    /// The register of a check made on the day `checked`, from these sources. Where the service
    /// gives no date, take the day on which the request was made, the earliest that it can be.
    ///
    /// # Errors
    /// When a number came back that was not asked, or nobody was asked.
    pub fn finish(self, checked: Date, sources: Sources) -> Result<Register, BuildError> {
        if self.not_asked > 0 {
            return Err(BuildError::NotAsked { count: self.not_asked });
        }
        if self.asked == 0 {
            return Err(BuildError::NothingAsked);
        }
        let opted_out = self.asked - self.answered;
        let head = Head { checked, sources, asked: self.asked, opted_out };
        format::assemble(head, self.pages).ok_or(BuildError::NoMemory)
    }
}

/// Page, byte in it and shift of a number.
#[inline]
const fn address(number: NhsNumber) -> (usize, usize, u32) {
    let first_nine = number.first_nine();
    let within = first_nine % PAGE_NUMBERS;
    ((first_nine >> PAGE_SHIFT) as usize, (within / 4) as usize, within % 4 * 2)
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl core::fmt::Debug for Builder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Builder")
            .field("asked", &self.asked)
            .field("answered", &self.answered)
            .field("not_asked", &self.not_asked)
            .finish_non_exhaustive()
    }
}
