//! The register: the answer of one national check, by NHS number.
//!
//! The check answers by omission: of the numbers asked, those without an opt-out come back
//! (specification, section 8). A number asked is therefore opted out until it comes back, and a
//! number not asked is unknown. The register is a temporary cache of that answer: it must not be
//! written into a patient's record.
//!
//! ```
//! use optout::record::register::{Answer, Builder, MaxAge, Sources};
//! use optout::record::NhsNumber;
//! use optout::{Date, National};
//!
//! let [clear, opted_out, stranger] =
//!     [b"9434765919", b"9000962382", b"9000898358"].map(|digits| NhsNumber::parse(digits).unwrap());
//! let mut builder = Builder::new();
//! builder.ask(clear);
//! builder.ask(opted_out);
//! assert_eq!(builder.answer(clear), Answer::Clear);
//! let register = builder.finish(Date::ymd(2026, 6, 1), Sources::default())?;
//!
//! let view = register.at(Date::ymd(2026, 6, 8), MaxAge::days(14));
//! assert_eq!(view.status(clear), National::None);
//! assert_eq!(view.status(opted_out), National::OptedOut);
//! assert_eq!(view.status(stranger), National::Unknown);
//! let late = register.at(Date::ymd(2026, 6, 16), MaxAge::days(14));
//! assert_eq!(late.status(clear), National::Unknown);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod block;
mod build;
mod format;
mod memory;
mod opted_out;
mod view;

pub use build::{Answer, BuildError, Builder};
pub use format::{OpenError, RegisterError};
pub use view::{Freshness, LengthError, MaxAge, View};

use core::fmt;
use std::boxed::Box;

pub use crate::record::Digest;
use crate::record::NhsNumber;
use crate::{Date, National};
use format::Head;
use memory::Memory;
use opted_out::OptedOut;

/// Numbers in a page: one bit each for "came back", so 4 KiB.
const PAGE_NUMBERS: u32 = 1 << PAGE_SHIFT;
const PAGE_SHIFT: u32 = 15;
const PAGE_BYTES: usize = PAGE_NUMBERS as usize / 8;
/// Pages of the nine-digit numbers: 30 518.
const PAGES: usize = (1_000_000_000 / PAGE_NUMBERS + 1) as usize;

/// A place for each page that a number of 32 bits could have, so that looking one up has no limit to
/// check.
type Places = [u32; 1 << (u32::BITS - PAGE_SHIFT)];

/// Who was asked in one national check, and who came back.
///
/// One bit a number says that it came back, in pages of 32 768 numbers that exist only where
/// somebody was asked. That settles nearly every look-up with one cache miss. Beside each page
/// stand those of its numbers that were asked and did not come back, few as they are.
#[derive(Clone)]
pub struct Register {
    head: Head,
    digest: Digest,
    /// For each page of numbers, its place in `bytes`, in pages. Place 0 is a page of zeros, so a
    /// page that is not kept needs no branch.
    places: Box<Places>,
    /// For each place, where the opted-out of that page are.
    opted_out: Box<[OptedOut]>,
    /// A page of zeros, then the file.
    bytes: Memory,
}

/// The digests of the files that a register was made from; zero where there was no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Sources {
    /// Of the request's `.dat`, byte for byte.
    pub request: Digest,
    /// Of the response's `.dat`, byte for byte.
    pub response: Digest,
}

impl Register {
    /// The version of the file's format, which is the only one that is read.
    pub const FORMAT_VERSION: u32 = format::VERSION;

    /// The day on which the national check was made.
    #[must_use]
    pub const fn checked(&self) -> Date {
        self.head.checked
    }

    /// The digests of the files that the register was made from.
    #[must_use]
    pub const fn sources(&self) -> Sources {
        self.head.sources
    }

    /// How many distinct numbers were asked.
    #[must_use]
    pub const fn asked(&self) -> u64 {
        self.head.asked
    }

    /// How many of the numbers asked did not come back: those with an opt-out.
    #[must_use]
    pub const fn opted_out(&self) -> u64 {
        self.head.opted_out
    }

    /// The digest of the whole file, for an audit record. The same numbers, date and sources give
    /// the same file and digest, whatever the order in which they were added.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// What the register says on the day `on` of a disclosure, where a check is used for `max_age`
    /// at most. Past that age, and for a check made after `on`, every status is unknown.
    #[must_use]
    pub fn at(&self, on: Date, max_age: MaxAge) -> View<'_> {
        View::new(self, on, max_age)
    }

    /// Bytes that the register holds in memory.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.bytes.held() + size_of_val(&*self.places) + size_of_val(&*self.opted_out)
    }

    /// Numbers that the pages kept can tell apart: 32 768 for each page.
    #[must_use]
    pub fn numbers_in_pages(&self) -> u64 {
        let kept = self.places.iter().filter(|place| **place != 0).count();
        kept as u64 * u64::from(PAGE_NUMBERS)
    }

    /// The status of a number, whatever the age of the check.
    #[inline]
    fn status(&self, number: NhsNumber) -> National {
        let first_nine = number.first_nine();
        let address = address(&self.places, first_nine);
        if self.byte(address) >> (first_nine % 8) & 1 == 1 {
            return National::None;
        }
        self.not_back(address, first_nine)
    }

    #[inline]
    fn byte(&self, address: u32) -> u8 {
        self.bytes.get(address as usize).copied().unwrap_or(0)
    }

    /// The status of a number that has its bit in this byte and did not come back.
    #[inline(never)]
    fn not_back(&self, address: u32, first_nine: u32) -> National {
        let page = self.opted_out_of(address);
        let window = page.window(&self.bytes, first_nine);
        let found = window.is_some_and(|window| page.contains(window, &self.bytes, first_nine));
        if found { National::OptedOut } else { National::Unknown }
    }

    /// Where the opted-out are of the page that holds this address.
    #[inline]
    fn opted_out_of(&self, address: u32) -> OptedOut {
        self.opted_out.get(address as usize / PAGE_BYTES).copied().unwrap_or_default()
    }
}

/// Where the byte is that holds the bit of a number; its last three bits say which bit.
#[inline]
#[expect(clippy::indexing_slicing, reason = "there is a place for each page of 32 bits")]
const fn address(places: &Places, first_nine: u32) -> u32 {
    let place = places[(first_nine >> PAGE_SHIFT) as usize];
    place * (PAGE_NUMBERS / 8) + first_nine % PAGE_NUMBERS / 8
}

impl fmt::Debug for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.head, f)?;
        write!(f, " {}", self.digest)
    }
}
