//! Where the rows of a block end and where in each of them the fields that name a person lie.

use core::ops::Range;
use std::vec::Vec;

use super::layout::Layout;
use super::masks::{Masks, Scan, dispatch};
use super::quoted;

/// What makes a block unreadable, and the byte at which it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A row with more or fewer fields than the first.
    Width { at: usize, fields: u32 },
    /// A carriage return without a line feed, outside quotes.
    LoneReturn { at: usize },
    /// A quoted field that goes on after its closing quote.
    AfterQuote { at: usize },
    /// A quoted field that is never closed.
    Unclosed { at: usize },
    /// A line of a record of several, which reads as a row of its own.
    Swallowed { at: usize },
    /// The same in the header.
    SwallowedByHeader { at: usize },
}

impl Fault {
    pub(super) const fn at(self) -> usize {
        match self {
            Self::Width { at, .. }
            | Self::LoneReturn { at }
            | Self::AfterQuote { at }
            | Self::Unclosed { at }
            | Self::Swallowed { at }
            | Self::SwallowedByHeader { at } => at,
        }
    }
}

/// The rows of a block, from its first byte to its last. Reused from block to block.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The first byte after each row.
    pub(super) ends: Vec<u32>,
    /// For each row, the places of the delimiters that were wanted.
    bounds: Vec<u32>,
    /// Rows that are empty lines, ascending.
    pub(super) blanks: Vec<u32>,
}

impl Rows {
    /// Finds the rows of a block that begins and ends with a record, or with the stream.
    pub(super) fn find(
        &mut self,
        block: &[u8],
        layout: &Layout,
        quotes: bool,
    ) -> Result<(), Fault> {
        let outcome = if quotes {
            let walk = self.walk(block, layout);
            dispatch(layout.delimiter, FindRows::<true> { block, walk })
        } else {
            let walk = self.walk(block, layout);
            dispatch(layout.delimiter, FindRows::<false> { block, walk })
        };
        match outcome {
            Ok(()) => Ok(()),
            Err(Stop::Fault(fault)) => Err(fault),
            // Quotes inside an unquoted field, or after one: byte by byte.
            Err(Stop::OddQuotes) => quoted::walk(block, layout.delimiter, self.walk(block, layout)),
        }
    }

    fn walk<'a>(&'a mut self, block: &'a [u8], layout: &'a Layout) -> Walk<'a> {
        self.ends.clear();
        self.bounds.clear();
        self.blanks.clear();
        Walk { layout, rows: self, block, start: 0, count: 0, next: 0 }
    }

    /// For each row, the field of one column that names a person, as it is written, quotes and all.
    pub(super) fn fields<'a>(
        &'a self,
        block: &'a [u8],
        layout: &'a Layout,
        person: usize,
    ) -> impl Iterator<Item = &'a [u8]> {
        let (left, right) = layout.people.get(person).copied().unwrap_or_default();
        let each = layout.wanted.len();
        let mut start = 0;
        self.ends.iter().enumerate().map(move |(row, end)| {
            let bound = |place: Option<usize>| {
                place.and_then(|place| self.bounds.get(row * each + place)).map(|at| *at as usize)
            };
            let from = bound(left).map_or(start, |at| at + 1);
            let to = bound(right).unwrap_or_else(|| content_end(block, *end as usize));
            start = *end as usize;
            block.get(from..to).unwrap_or_default()
        })
    }

    /// Where one of these fields lies.
    pub(super) fn field(
        &self,
        block: &[u8],
        layout: &Layout,
        row: usize,
        person: usize,
    ) -> Option<Range<usize>> {
        let (left, right) = *layout.people.get(person)?;
        let bound = |place: usize| {
            self.bounds.get(row * layout.wanted.len() + place).map(|at| *at as usize)
        };
        let start = || match row.checked_sub(1) {
            Some(above) => self.ends.get(above).map(|end| *end as usize),
            None => Some(0),
        };
        let from = left.map_or_else(start, |left| Some(bound(left)? + 1))?;
        let end = || Some(content_end(block, *self.ends.get(row)? as usize));
        Some(from..right.map_or_else(end, bound)?)
    }
}

/// The end of a row without its line end.
fn content_end(block: &[u8], end: usize) -> usize {
    match block.get(..end) {
        Some([.., b'\r', b'\n']) => end - 2,
        Some([.., b'\n']) => end - 1,
        _ => end,
    }
}

/// Takes line ends and delimiters in order and makes rows of them.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    layout: &'a Layout,
    rows: &'a mut Rows,
    block: &'a [u8],
    start: usize,
    count: u32,
    next: usize,
}

impl Walk<'_> {
    /// The delimiters among 64 bytes from `base`, all of the present row.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    #[expect(clippy::cast_possible_truncation, reason = "a block is below 4 GiB")]
    pub(super) fn delimiters(&mut self, mask: u64, base: usize) {
        let here = mask.count_ones();
        while let Some(wanted) = self.layout.wanted.get(self.next)
            && *wanted <= self.count + here
        {
            let mut rest = mask;
            for _ in self.count + 1..*wanted {
                rest &= rest.wrapping_sub(1);
            }
            self.rows.bounds.push(base as u32 + rest.trailing_zeros());
            self.next += 1;
        }
        self.count += here;
    }

    /// A row ends before `end`.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    #[expect(clippy::cast_possible_truncation, reason = "a block is below 4 GiB")]
    pub(super) fn end(&mut self, end: usize) -> Result<(), Fault> {
        if (end - self.start <= 2 || self.count + 1 != self.layout.width)
            && let Some(fault) = self.blank(end)
        {
            return Err(fault);
        }
        self.rows.ends.push(end as u32);
        self.start = end;
        self.count = 0;
        self.next = 0;
        Ok(())
    }

    /// An empty line, which every reader passes over; or a row of the wrong width.
    #[cold]
    #[expect(clippy::cast_possible_truncation, reason = "a block is below 4 GiB")]
    fn blank(&mut self, end: usize) -> Option<Fault> {
        if content_end(self.block, end) == self.start {
            self.rows.blanks.push(self.rows.ends.len() as u32);
            self.rows.bounds.extend(self.layout.wanted.iter().map(|_| self.start as u32));
            return None;
        }
        let fields = self.count + 1;
        (fields != self.layout.width).then_some(Fault::Width { at: self.start, fields })
    }

    /// The block ends; its last row may lack a line end.
    pub(super) fn finish(&mut self) -> Result<(), Fault> {
        if self.start < self.block.len() { self.end(self.block.len()) } else { Ok(()) }
    }
}

/// Why a scan by masks stopped.
enum Stop {
    Fault(Fault),
    /// The quotes are not where quoting puts them, so counting them does not tell inside from out.
    OddQuotes,
}

struct FindRows<'a, const QUOTES: bool> {
    block: &'a [u8],
    walk: Walk<'a>,
}

impl<const QUOTES: bool> Scan for FindRows<'_, QUOTES> {
    type Output = Result<(), Stop>;

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    fn with(mut self, masks: impl Fn(&[u8; 64]) -> Masks) -> Result<(), Stop> {
        let mut outside = Outside::<QUOTES>::default();
        let (words, rest) = self.block.as_chunks::<64>();
        let mut base = 0;
        for word in words {
            let masks = outside.mask(masks(word), u64::MAX, base)?;
            self.word(masks, base)?;
            base += 64;
        }
        if !rest.is_empty() {
            let mut last = [0; 64];
            for (into, byte) in last.iter_mut().zip(rest) {
                *into = *byte;
            }
            let masks = outside.mask(masks(&last), (1 << rest.len()) - 1, base)?;
            self.word(masks, base)?;
        }
        outside.finish(self.block.len()).map_err(Stop::Fault)?;
        self.walk.finish().map_err(Stop::Fault)
    }
}

impl<const QUOTES: bool> FindRows<'_, QUOTES> {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    fn word(&mut self, masks: Masks, base: usize) -> Result<(), Stop> {
        let (mut ends, mut delimiters) = (masks.ends, masks.delimiters);
        while ends != 0 {
            // The lowest line end and everything below it.
            let below = ends ^ ends.wrapping_sub(1);
            self.walk.delimiters(delimiters & below, base);
            delimiters &= !below;
            self.walk.end(base + below.count_ones() as usize).map_err(Stop::Fault)?;
            ends &= ends.wrapping_sub(1);
        }
        if delimiters != 0 {
            self.walk.delimiters(delimiters, base);
        }
        Ok(())
    }
}

/// Keeps what is outside quotes, and refuses what a row cannot hold there.
#[derive(Default)]
struct Outside<const QUOTES: bool> {
    /// All ones inside a quoted field.
    inside: u64,
    opened: usize,
    after_close: u64,
    after_return: u64,
    /// The first byte, or the byte after one that a field may begin after.
    not_after_edge: u64,
}

impl<const QUOTES: bool> Outside<QUOTES> {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    fn mask(&mut self, mut masks: Masks, valid: u64, base: usize) -> Result<Masks, Stop> {
        if QUOTES {
            let inside = parity(masks.quotes) ^ self.inside;
            let (opens, closes) = (masks.quotes & inside, masks.quotes & !inside);
            masks.ends &= !inside;
            masks.delimiters &= !inside;
            masks.returns &= !inside;
            let edges = masks.ends | masks.delimiters;
            let begins = (edges | closes) << 1 | (1 ^ self.not_after_edge);
            let follows = closes << 1 | self.after_close;
            let goes_on = follows & !(edges | masks.returns | masks.quotes) & valid;
            if opens & !begins != 0 || goes_on != 0 {
                return Err(Stop::OddQuotes);
            }
            if opens != 0 {
                self.opened = base + 63 - opens.leading_zeros() as usize;
            }
            self.inside = 0_u64.wrapping_sub(inside >> 63);
            self.after_close = closes >> 63;
            self.not_after_edge = 1 ^ (edges | closes) >> 63;
        }
        let alone = (masks.returns << 1 | self.after_return) & !masks.ends & valid;
        if alone != 0 {
            let at = base + alone.trailing_zeros() as usize;
            return Err(Stop::Fault(Fault::LoneReturn { at: at.saturating_sub(1) }));
        }
        self.after_return = masks.returns >> 63;
        if valid != u64::MAX {
            self.after_return = masks.returns >> (valid.count_ones() - 1);
        }
        Ok(masks)
    }

    fn finish(&self, end: usize) -> Result<(), Fault> {
        if self.inside != 0 {
            return Err(Fault::Unclosed { at: self.opened });
        }
        if self.after_return != 0 {
            return Err(Fault::LoneReturn { at: end.saturating_sub(1) });
        }
        Ok(())
    }
}

/// Bit *i* is the parity of the bits up to and with *i*.
#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
fn parity(mut mask: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        mask ^= mask << shift;
    }
    mask
}

/// The end of the last whole record of a block that begins with a record and may hold quotes, if
/// there is one; the whole block when it is unreadable, so that [`Rows::find`] says why.
pub(super) fn last_end_with_quotes(block: &[u8], delimiter: u8) -> Option<usize> {
    match dispatch(delimiter, LastEnd { block }) {
        Ok(end) => end,
        Err(Stop::OddQuotes | Stop::Fault(_)) => quoted::last_end(block, delimiter),
    }
}

struct LastEnd<'a> {
    block: &'a [u8],
}

impl Scan for LastEnd<'_> {
    type Output = Result<Option<usize>, Stop>;

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    fn with(self, masks: impl Fn(&[u8; 64]) -> Masks) -> Self::Output {
        let mut outside = Outside::<true>::default();
        let (words, rest) = self.block.as_chunks::<64>();
        let mut last = None;
        let mut base = 0;
        for word in words {
            let ends = outside.mask(masks(word), u64::MAX, base)?.ends;
            if ends != 0 {
                last = Some(base + 64 - ends.leading_zeros() as usize);
            }
            base += 64;
        }
        if !rest.is_empty() {
            let mut word = [0; 64];
            for (into, byte) in word.iter_mut().zip(rest) {
                *into = *byte;
            }
            let ends = outside.mask(masks(&word), (1 << rest.len()) - 1, base)?.ends;
            if ends != 0 {
                last = Some(base + 64 - ends.leading_zeros() as usize);
            }
        }
        Ok(last)
    }
}
