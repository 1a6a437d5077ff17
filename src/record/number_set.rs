//! A set of NHS numbers.

use core::fmt;
use std::boxed::Box;
use std::vec::Vec;

use super::{Digest, NhsNumber};

/// Numbers in a page: one bit each, so 4 KiB.
const PAGE_NUMBERS: u32 = 1 << 15;
const PAGE_WORDS: usize = PAGE_NUMBERS as usize / 64;
const PAGES: usize = (1_000_000_000 / PAGE_NUMBERS + 1) as usize;

type Page = [u64; PAGE_WORDS];

/// Distinct NHS numbers, one bit each in pages that exist only where there are some: at most 125
/// MB, and 38 MB for any part of England's.
///
/// It forgets in which order and how often they came, and gives them back in ascending order, so
/// that what is made from it tells nothing of the file behind it.
#[derive(Clone)]
pub struct NumberSet {
    pages: Vec<Option<Box<Page>>>,
    len: u64,
}

impl NumberSet {
    /// No numbers.
    #[must_use]
    pub fn new() -> Self {
        let mut pages = Vec::new();
        pages.resize_with(PAGES, || None);
        Self { pages, len: 0 }
    }

    /// Adds a number. Says whether it was new.
    #[inline]
    pub fn insert(&mut self, number: NhsNumber) -> bool {
        let (page, word, bit) = address(number);
        let Some(page) = self.pages.get_mut(page) else { return false };
        let page = page.get_or_insert_with(|| Box::new([0; PAGE_WORDS]));
        let Some(word) = page.get_mut(word) else { return false };
        let new = *word & bit == 0;
        *word |= bit;
        self.len += u64::from(new);
        new
    }

    /// Adds all the numbers of another set.
    pub fn merge(&mut self, other: Self) {
        for (page, more) in self.pages.iter_mut().zip(other.pages) {
            match (page, more) {
                (_, None) => {}
                (page @ None, more) => *page = more,
                (Some(page), Some(more)) => {
                    for (word, more) in page.iter_mut().zip(*more) {
                        *word |= more;
                    }
                }
            }
        }
        let words = self.pages.iter().flatten().flat_map(|page| page.iter());
        self.len = words.map(|word| u64::from(word.count_ones())).sum();
    }

    /// Whether the number is in the set.
    #[inline]
    #[must_use]
    pub fn contains(&self, number: NhsNumber) -> bool {
        let (page, word, bit) = address(number);
        let page = self.pages.get(page).and_then(Option::as_deref);
        page.and_then(|page| page.get(word)).is_some_and(|word| word & bit != 0)
    }

    /// How many numbers there are.
    #[must_use]
    pub const fn len(&self) -> u64 {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The numbers in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = NhsNumber> {
        self.first_nines().filter_map(NhsNumber::from_first_nine)
    }

    /// The digest of the numbers, whatever the order in which they came: BLAKE3 over the first nine
    /// digits of each, ascending, four bytes little-endian. Whoever knows who may be in a small set
    /// can find out who is, so it is kept as safely as a list of numbers.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut hasher = blake3::Hasher::new();
        let mut bytes = Vec::with_capacity(CHUNK + 4);
        for first_nine in self.first_nines() {
            bytes.extend_from_slice(&first_nine.to_le_bytes());
            if bytes.len() >= CHUNK {
                hasher.update(&bytes);
                bytes.clear();
            }
        }
        hasher.update(&bytes);
        hasher.finalize().into()
    }

    /// How many pieces [`piece`](Self::piece) makes of it.
    pub(super) fn pieces(&self) -> usize {
        self.pages.len().div_ceil(PIECE)
    }

    /// Makes rows of the ten digits of each number of a piece with `end` behind them, in ascending
    /// order; and puts the first nine digits of each, four bytes little-endian, into `first_nines`.
    pub(super) fn piece<const END: usize>(&self, number: usize, end: [u8; END]) -> Piece {
        let start = (number * PIECE).min(self.pages.len());
        let pages = self.pages.get(start..self.pages.len().min(start + PIECE)).unwrap_or_default();
        let mut piece = Piece::default();
        if pages.iter().all(Option::is_none) {
            return piece;
        }
        let mut thousand = Thousand::of(0);
        for first_nine in first_nines_of(pages, start) {
            if first_nine / 1000 != thousand.number {
                thousand = Thousand::of(first_nine / 1000);
            }
            piece.rows.extend_from_slice(thousand.ten_digits(first_nine).as_slice());
            piece.rows.extend_from_slice(&end);
            piece.first_nines.extend_from_slice(&first_nine.to_le_bytes());
        }
        piece
    }

    fn first_nines(&self) -> impl Iterator<Item = u32> {
        first_nines_of(&self.pages, 0)
    }
}

/// The first nine digits of the numbers in some pages, ascending. `start` is how many pages come
/// before them.
fn first_nines_of(pages: &[Option<Box<Page>>], start: usize) -> impl Iterator<Item = u32> {
    let kept = pages.iter().zip(start..).filter_map(|(page, number)| {
        let first = u32::try_from(number).ok()? * PAGE_NUMBERS;
        page.as_deref().map(|page| (page, first))
    });
    let words = kept.flat_map(|(page, first)| page.iter().zip((first..).step_by(64)));
    words.flat_map(|(word, first)| {
        let mut rest = *word;
        core::iter::from_fn(move || {
            let bit = rest.trailing_zeros();
            rest &= rest.wrapping_sub(1);
            (bit < 64).then_some(first + bit)
        })
    })
}

/// Part of the rows of a set.
#[derive(Default)]
pub(super) struct Piece {
    pub(super) rows: Vec<u8>,
    pub(super) first_nines: Vec<u8>,
}

/// Pages of a piece, which makes 1.5 MB of rows at most.
const PIECE: usize = 4;

/// Bytes put together before they are written or digested.
const CHUNK: usize = 1 << 16;

#[inline]
const fn address(number: NhsNumber) -> (usize, usize, u64) {
    let first_nine = number.first_nine();
    let within = first_nine % PAGE_NUMBERS;
    ((first_nine / PAGE_NUMBERS) as usize, (within / 64) as usize, 1 << (within % 64))
}

/// What a thousand numbers in a row share: their first six digits, and the weighted sum of these,
/// modulo 11.
struct Thousand {
    number: u32,
    digits: [u8; 6],
    sum: u8,
}

impl Thousand {
    fn of(number: u32) -> Self {
        let (mut digits, mut sum, mut rest) = ([b'0'; 6], 0, number);
        for (digit, weight) in digits.iter_mut().rev().zip(5..) {
            *digit += last_digit(rest);
            sum += rest % 10 * weight;
            rest /= 10;
        }
        Self { number, digits, sum: remainder(sum) }
    }

    #[inline]
    fn ten_digits(&self, first_nine: u32) -> [u8; 10] {
        let last = LAST_THREE.get((first_nine % 1000) as usize);
        let &[seventh, eighth, ninth, sum] = last.unwrap_or(&[b'0'; 4]);
        let check = CHECK_DIGITS.get(usize::from(self.sum + sum)).copied().unwrap_or(b'0');
        let mut digits = [0; 10];
        let (first, rest) = digits.split_at_mut(self.digits.len());
        first.copy_from_slice(&self.digits);
        rest.copy_from_slice(&[seventh, eighth, ninth, check]);
        digits
    }
}

/// For each three digits their text, and their weighted sum modulo 11.
#[expect(clippy::indexing_slicing, reason = "a place beyond the end would not compile")]
static LAST_THREE: [[u8; 4]; 1000] = {
    let mut table = [[0; 4]; 1000];
    let mut number = 0_u32;
    while number < 1000 {
        let digits = [number / 100, number / 10 % 10, number % 10];
        let sum = 4 * digits[0] + 3 * digits[1] + 2 * digits[2];
        let [seventh, eighth, ninth] =
            [last_digit(digits[0]), last_digit(digits[1]), last_digit(digits[2])];
        table[number as usize] = [b'0' + seventh, b'0' + eighth, b'0' + ninth, remainder(sum)];
        number += 1;
    }
    table
};

/// The check digit's text for each sum of two remainders; no number of a set has one of ten.
const CHECK_DIGITS: [u8; 21] = *b"0-9876543210-98765432";

const fn remainder(sum: u32) -> u8 {
    (sum % 11) as u8
}

const fn last_digit(number: u32) -> u8 {
    (number % 10) as u8
}

impl Default for NumberSet {
    fn default() -> Self {
        Self::new()
    }
}

impl Extend<NhsNumber> for NumberSet {
    fn extend<T: IntoIterator<Item = NhsNumber>>(&mut self, numbers: T) {
        for number in numbers {
            self.insert(number);
        }
    }
}

impl FromIterator<NhsNumber> for NumberSet {
    fn from_iter<T: IntoIterator<Item = NhsNumber>>(numbers: T) -> Self {
        let mut set = Self::new();
        set.extend(numbers);
        set
    }
}

impl fmt::Debug for NumberSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NumberSet({} numbers)", self.len)
    }
}
