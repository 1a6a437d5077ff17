//! Those of a page's numbers that were asked and did not come back.
//!
//! Where they are few, 128 groups of 256 numbers: where each group begins and the last ends, two
//! bytes each, then the last byte of each number in order. Where that would be longer than a bit
//! for each number, a bit for each number.

use std::vec::Vec;

use super::{PAGE_BYTES, PAGE_NUMBERS};

const GROUP: u32 = 256;
const GROUPS: usize = (PAGE_NUMBERS / GROUP) as usize;
const STARTS: usize = 2 * (GROUPS + 1);
/// More numbers than this are kept as bits.
const LISTED: usize = PAGE_BYTES - STARTS;

/// Where the opted-out of one page are kept.
#[derive(Clone, Copy, Default)]
pub(super) enum OptedOut {
    /// There are none.
    #[default]
    Nobody,
    /// As groups that begin here.
    List(u32),
    /// As bits that begin here.
    Bits(u32),
}

impl OptedOut {
    /// How `count` numbers are kept, from the byte `start`; and the byte after them.
    pub(super) fn at(start: u32, count: u16) -> (Self, u32) {
        let length = encoded_length(usize::from(count));
        #[expect(clippy::cast_possible_truncation, reason = "4096 at most")]
        let end = start + length as u32;
        match usize::from(count) {
            0 => (Self::Nobody, end),
            1..=LISTED => (Self::List(start), end),
            _ => (Self::Bits(start), end),
        }
    }

    /// Where to look for a number of the page: its group, or its bit. `None` outside of the bytes,
    /// which the checks at opening exclude.
    #[inline]
    pub(super) fn group(self, bytes: &[u8], first_nine: u32) -> Option<Group> {
        let within = first_nine % PAGE_NUMBERS;
        match self {
            Self::Nobody => Some(Group::default()),
            Self::Bits(start) => Some(Group { from: start + within / 8, to: Group::BIT }),
            Self::List(start) => {
                let at = (start + within / GROUP * 2) as usize;
                let &[a, b, c, d] = bytes.get(at..)?.first_chunk()?;
                #[expect(clippy::cast_possible_truncation, reason = "258")]
                let members = start + STARTS as u32;
                let from = members + u32::from(u16::from_le_bytes([a, b]));
                let to = members + u32::from(u16::from_le_bytes([c, d]));
                Some(Group { from, to })
            }
        }
    }
}

/// The last bytes of the numbers of a group; or, where `to` is [`Group::BIT`], a byte of bits.
#[derive(Clone, Copy, Default)]
pub(super) struct Group {
    pub(super) from: u32,
    pub(super) to: u32,
}

impl Group {
    const BIT: u32 = u32::MAX;

    /// Whether a number of the group is opted out. `None` outside of the bytes.
    #[inline]
    pub(super) fn contains(self, bytes: &[u8], first_nine: u32) -> Option<bool> {
        let from = self.from as usize;
        if self.to == Self::BIT {
            return Some(bytes.get(from)? >> (first_nine % 8) & 1 == 1);
        }
        let last = first_nine.to_le_bytes()[0];
        Some(bytes.get(from..self.to as usize)?.contains(&last))
    }
}

/// Bytes that this many opted-out numbers of a page take.
pub(super) const fn encoded_length(count: usize) -> usize {
    match count {
        0 => 0,
        1..=LISTED => STARTS + count,
        _ => PAGE_BYTES,
    }
}

/// Writes the opted-out of a page, given as a bit for each number, and counts them.
pub(super) fn encode(bits: &[u8; PAGE_BYTES], into: &mut Vec<u8>) -> u16 {
    let count = ones(bits);
    match usize::from(count) {
        0 => {}
        1..=LISTED => list(bits, into),
        _ => into.extend_from_slice(bits),
    }
    count
}

fn list(bits: &[u8; PAGE_BYTES], into: &mut Vec<u8>) {
    let mut start = 0_u16;
    for group in bits.chunks_exact(PAGE_BYTES / GROUPS) {
        into.extend_from_slice(&start.to_le_bytes());
        start += ones(group);
    }
    into.extend_from_slice(&start.to_le_bytes());
    for group in bits.chunks_exact(PAGE_BYTES / GROUPS) {
        for (byte, first) in group.iter().zip((0_u8..=255).step_by(8)) {
            into.extend((0..8).filter(|bit| byte >> bit & 1 == 1).map(|bit| first + bit));
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a page has 32 768 bits")]
fn ones(bits: &[u8]) -> u16 {
    bits.iter().map(|byte| byte.count_ones() as u16).sum()
}
