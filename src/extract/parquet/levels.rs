//! Counts that stand inside a page.

use super::thrift::Damaged;

/// Levels of one page or run, as the entries of rows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Record {
    /// Entries so far of the row that is not over.
    pub(super) open: u64,
    /// The most entries of one row.
    pub(super) longest: u64,
    /// Rows that begin.
    pub(super) rows: u64,
}

impl Record {
    fn add(&mut self, level: u64, times: u64) {
        if times == 0 {
            return;
        }
        if level == 0 {
            self.open = 1;
            self.rows += times;
        } else {
            self.open += times;
        }
        self.longest = self.longest.max(self.open);
    }

    /// Goes through so many repetition levels, in runs and packed bits, of this width.
    pub(super) fn follow(
        &mut self,
        mut bytes: &[u8],
        width: u32,
        levels: u64,
    ) -> Result<(), Damaged> {
        self.longest = self.open;
        let mut left = levels;
        while left > 0 {
            let (head, rest) = unsigned(bytes)?;
            bytes = rest;
            if head & 1 == 0 {
                let times = (head >> 1).min(left);
                let (level, rest) =
                    bytes.split_at_checked(width.div_ceil(8) as usize).ok_or(Damaged)?;
                bytes = rest;
                let level = level.iter().rev().fold(0, |level, byte| level << 8 | u64::from(*byte));
                if head >> 1 == 0 {
                    return Err(Damaged);
                }
                self.add(level, times);
                left -= times;
            } else {
                // Eight levels take as many bytes as one takes bits. The last may be cut short.
                let groups = usize::try_from(head >> 1).map_err(|_| Damaged)?;
                let length = groups.checked_mul(width as usize).ok_or(Damaged)?.min(bytes.len());
                let (packed, rest) = bytes.split_at_checked(length).ok_or(Damaged)?;
                bytes = rest;
                let before = left;
                for level in
                    unpacked(packed, width).take(usize::try_from(left).unwrap_or(usize::MAX))
                {
                    self.add(level, 1);
                    left -= 1;
                }
                if before == left {
                    return Err(Damaged);
                }
            }
        }
        Ok(())
    }
}

/// Numbers of some bits each, the lowest bits first.
fn unpacked(bytes: &[u8], width: u32) -> impl Iterator<Item = u64> + '_ {
    let (mut bits, mut held) = (0_u64, 0);
    let mut bytes = bytes.iter();
    core::iter::from_fn(move || {
        while held < width {
            bits |= u64::from(*bytes.next()?) << held;
            held += 8;
        }
        let value = bits & ((1 << width) - 1);
        bits >>= width;
        held -= width;
        Some(value)
    })
}

fn unsigned(bytes: &[u8]) -> Result<(u64, &[u8]), Damaged> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(9).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Ok((value, bytes.get(at + 1..).ok_or(Damaged)?));
        }
    }
    Err(Damaged)
}

/// How many numbers are packed as differences, and what stands behind them.
pub(super) fn differences(bytes: &[u8]) -> Result<(u64, &[u8]), Damaged> {
    let (block, rest) = unsigned(bytes)?;
    let (runs, rest) = unsigned(rest)?;
    let (count, rest) = unsigned(rest)?;
    let ((), mut rest) = signed(rest)?;
    let each = block.checked_div(runs).ok_or(Damaged)?;
    if block > 1 << 20 || each == 0 || !each.is_multiple_of(32) {
        return Err(Damaged);
    }
    let (runs, mut left) = (usize::try_from(runs).map_err(|_| Damaged)?, count.saturating_sub(1));
    while left > 0 {
        let ((), behind) = signed(rest)?;
        let (widths, mut behind) = behind.split_at_checked(runs).ok_or(Damaged)?;
        for width in widths {
            if left > 0 {
                let length = u64::from(*width) * each / 8;
                behind =
                    behind.get(usize::try_from(length).map_err(|_| Damaged)?..).ok_or(Damaged)?;
            }
            left = left.saturating_sub(each);
        }
        rest = behind;
    }
    Ok((count, rest))
}

/// A number of up to 64 bits whose value is of no interest.
fn signed(bytes: &[u8]) -> Result<((), &[u8]), Damaged> {
    let end = bytes.iter().take(10).position(|byte| byte & 0x80 == 0).ok_or(Damaged)?;
    Ok(((), bytes.get(end + 1..).ok_or(Damaged)?))
}
