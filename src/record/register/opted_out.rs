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

    /// Whether a number of the page is among them. `None` outside of the bytes, which the checks at
    /// opening exclude.
    pub(super) fn contains(self, bytes: &[u8], first_nine: u32) -> Option<bool> {
        let within = first_nine % PAGE_NUMBERS;
        match self {
            Self::Nobody => Some(false),
            Self::Bits(start) => {
                let byte = bytes.get(start as usize + (within / 8) as usize)?;
                Some(byte >> (within % 8) & 1 == 1)
            }
            Self::List(start) => {
                let list = bytes.get(start as usize..)?;
                let (starts, members) = list.split_at_checked(STARTS)?;
                let &[a, b, c, d] = starts.get((within / GROUP * 2) as usize..)?.first_chunk()?;
                let from = usize::from(u16::from_le_bytes([a, b]));
                let to = usize::from(u16::from_le_bytes([c, d]));
                let in_group = within.to_le_bytes()[0];
                Some(members.get(from..to)?.contains(&in_group))
            }
        }
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
