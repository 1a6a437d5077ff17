//! Those of a page's numbers that were asked and did not come back.
//!
//! Where they are few, 128 groups of 256 numbers, all of one width: how many of the group there are,
//! then the last byte of each, ascending, then zeros. Where that would be longer than a bit for each
//! number, a bit for each number. Either way one cache miss finds a number.
#![expect(clippy::inline_always, reason = "compiled once for each set of instructions")]

use std::vec::Vec;

use super::{PAGE_BYTES, PAGE_NUMBERS};

const GROUP: u32 = 256;
const GROUPS: u32 = PAGE_NUMBERS / GROUP;
const GROUP_BYTES: usize = GROUP as usize / 8;
/// The width of a group that is bits.
const BITS: u8 = 32;

/// Where the opted-out of one page are kept: the start divided by 128, and in the last byte how many
/// bytes a group has; 0 where there is nobody, 32 where they are bits.
#[derive(Clone, Copy, Default)]
pub(super) struct OptedOut(u32);

impl OptedOut {
    /// Those in groups of this width, from the byte `start`, which is a multiple of 128; and the
    /// byte after them.
    pub(super) const fn at(start: u32, width: u8) -> (Self, u32) {
        (Self(((start / GROUPS) << 8) | width as u32), start + width as u32 * GROUPS)
    }

    /// Whether groups can be that wide.
    pub(super) const fn is_width(width: u8) -> bool {
        width != 1 && width <= BITS
    }

    #[inline(always)]
    const fn width(self) -> u8 {
        self.0.to_le_bytes()[0]
    }

    /// Where the bytes are that say whether a number of the page is among them.
    #[inline(always)]
    pub(super) const fn offset(self, first_nine: u32) -> u32 {
        let (within, width) = (first_nine % PAGE_NUMBERS, self.0 & 0xFF);
        let offset = if width == BITS as u32 { within / 8 } else { within / GROUP * width };
        (self.0 >> 8) * GROUPS + offset
    }

    /// The bytes that say whether a number of the page is among them, or begin to. `None` outside of
    /// the file, which the checks at opening exclude: what may be read behind the last group is
    /// shorter than the file's digest.
    #[inline(always)]
    pub(super) fn window(self, bytes: &[u8], first_nine: u32) -> Option<&Window> {
        bytes.get(self.offset(first_nine) as usize..)?.first_chunk()
    }

    /// Whether a number of the page is among them.
    #[inline(always)]
    pub(super) fn contains(self, window: &Window, bytes: &[u8], first_nine: u32) -> bool {
        let [first, ..] = *window;
        match usize::from(self.width()) {
            0 => false,
            2..=WINDOW => among(window, first_nine.to_le_bytes()[0], first),
            GROUP_BYTES => first >> (first_nine % 8) & 1 == 1,
            _ => self.is_listed(bytes, first_nine).unwrap_or(false),
        }
    }

    /// The same for a group that is longer than the window.
    #[cold]
    fn is_listed(self, bytes: &[u8], first_nine: u32) -> Option<bool> {
        let (count, members) = bytes.get(self.offset(first_nine) as usize..)?.split_first()?;
        Some(members.get(..usize::from(*count))?.contains(&first_nine.to_le_bytes()[0]))
    }
}

const WINDOW: usize = 16;
/// The bytes read together: a group of the usual width, its number of members first.
pub(super) type Window = [u8; WINDOW];

/// Whether a byte is among the `count` after the first. Without a branch, because a branch guessed
/// wrong would wait for the cache miss before it.
#[inline(always)]
fn among(bytes: &Window, wanted: u8, count: u8) -> bool {
    // The upper bit of each byte says that it is the one.
    let equal = |bytes: u64, members: u64| {
        let other = bytes ^ (u64::from(wanted) * LOW);
        let low = (other & !HIGH) + !HIGH;
        !(low | other) & members
    };
    let [a, b] = MEMBERS.get(usize::from(count)).copied().unwrap_or_default();
    let (first, second) = bytes.split_at(8);
    let [first, second] =
        [first, second].map(|half| half.first_chunk().map_or(0, |half| u64::from_le_bytes(*half)));
    equal(first, a) | equal(second, b) != 0
}

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = LOW << 7;

/// For each count of members, the upper bits of their bytes.
#[expect(clippy::indexing_slicing, reason = "a place beyond the end would not compile")]
static MEMBERS: [[u64; 2]; WINDOW] = {
    let mut table = [[0; 2]; WINDOW];
    let mut count = 1;
    while count < WINDOW {
        table[count] = table[count - 1];
        table[count][count / 8] |= 0x80 << (count % 8 * 8);
        count += 1;
    }
    table
};

/// Writes the opted-out of a page, given as a bit for each number; and says how wide the groups are.
pub(super) fn encode(bits: &[u8; PAGE_BYTES], into: &mut Vec<u8>) -> u8 {
    let groups = bits.as_chunks::<GROUP_BYTES>().0;
    let most = groups.iter().map(ones).max().unwrap_or(0);
    let width = match u8::try_from(most) {
        Ok(0) => return 0,
        Ok(most @ ..BITS) => most + 1,
        _ => BITS,
    };
    if width == BITS {
        into.extend_from_slice(bits);
        return width;
    }
    for group in groups {
        let end = into.len() + usize::from(width);
        into.push(ones(group).to_le_bytes()[0]);
        for (byte, first) in group.iter().zip((0_u8..=255).step_by(8)) {
            into.extend((0..8).filter(|bit| byte >> bit & 1 == 1).map(|bit| first + bit));
        }
        into.resize(end, 0);
    }
    width
}

fn ones(bits: &[u8; GROUP_BYTES]) -> u32 {
    bits.iter().map(|byte| byte.count_ones()).sum()
}
