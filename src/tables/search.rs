//! The search for rows, 64 bytes at a time.

use super::fault::{At, Fault};
use super::layout::Layout;
use super::masks::{Masks, Scan, dispatch};
use super::quoted;
use super::rows::{Rows, Walk};

/// Finds the rows of a block.
pub(super) fn find(rows: &mut Rows, block: &[u8], layout: &Layout, quotes: bool) -> Result<(), At> {
    let outcome = if quotes {
        let walk = rows.walk(block, layout);
        dispatch(layout.delimiter, FindRows::<true> { block, delimiter: layout.delimiter, walk })
    } else {
        let walk = rows.walk(block, layout);
        dispatch(layout.delimiter, FindRows::<false> { block, delimiter: layout.delimiter, walk })
    };
    match outcome {
        Ok(()) => Ok(()),
        Err(Stop::Fault(fault)) => Err(fault),
        // Quotes inside an unquoted field, or after one: byte by byte.
        Err(Stop::OddQuotes) => quoted::walk(block, layout.delimiter, rows.walk(block, layout)),
    }
}

/// Why a scan by masks stopped.
enum Stop {
    Fault(At),
    /// The quotes are not where quoting puts them, so counting them does not tell inside from out.
    OddQuotes,
}

struct FindRows<'a, const QUOTES: bool> {
    block: &'a [u8],
    delimiter: u8,
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
            let mut last = [if self.delimiter == b'a' { b'b' } else { b'a' }; 64];
            for (into, byte) in last.iter_mut().zip(rest) {
                *into = *byte;
            }
            let masks = outside.mask(masks(&last), (1 << rest.len()) - 1, base)?;
            self.word(masks, base)?;
        }
        outside.finish(self.block.len()).map_err(Stop::Fault)?;
        if outside.nuls != 0 {
            let at = memchr::memchr(0, self.block).unwrap_or_default();
            return Err(Stop::Fault(Fault::Nul.at(at)));
        }
        if outside.broken != 0 {
            self.walk.broken();
        }
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
    /// Line feeds and carriage returns inside quotes.
    broken: u64,
    /// Bytes of value 0.
    nuls: u32,
}

impl<const QUOTES: bool> Outside<QUOTES> {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    fn mask(&mut self, mut masks: Masks, valid: u64, base: usize) -> Result<Masks, Stop> {
        self.nuls |= masks.nuls;
        if QUOTES {
            let inside = parity(masks.quotes) ^ self.inside;
            let (opens, closes) = (masks.quotes & inside, masks.quotes & !inside);
            self.broken |= (masks.ends | masks.returns) & inside;
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
            return Err(Stop::Fault(Fault::LoneReturn.at(at.saturating_sub(1))));
        }
        self.after_return = masks.returns >> 63;
        if valid != u64::MAX {
            self.after_return = masks.returns >> (valid.count_ones() - 1);
        }
        Ok(masks)
    }

    fn finish(&self, end: usize) -> Result<(), At> {
        if self.inside != 0 {
            return Err(Fault::Unclosed.at(self.opened));
        }
        if self.after_return != 0 {
            return Err(Fault::LoneReturn.at(end.saturating_sub(1)));
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
