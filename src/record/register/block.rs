//! Many look-ups together, so that their cache misses overlap.

use super::opted_out::{OptedOut, Window};
use super::{Places, Register, address};
use crate::National;
use crate::record::NhsNumber;

/// Look-ups done together.
const BLOCK: usize = 512;
/// Fewer than this are not worth a block.
const FEW: usize = 48;

/// The status of each number, in order; of no number, unknown. The slices are of one length.
pub(super) fn look_up(
    register: &Register,
    numbers: &[Option<NhsNumber>],
    statuses: &mut [National],
) {
    let (blocks, rest) = numbers.as_chunks::<BLOCK>();
    let (into, last) = statuses.as_chunks_mut::<BLOCK>();
    if !blocks.is_empty() || rest.len() >= FEW {
        let mut block = Block::new(register);
        for (numbers, statuses) in blocks.iter().zip(into) {
            block.look_up(numbers, statuses);
        }
        if rest.len() >= FEW {
            let (mut numbers, mut statuses) = ([None; BLOCK], [National::Unknown; BLOCK]);
            for (into, number) in numbers.iter_mut().zip(rest) {
                *into = *number;
            }
            block.look_up(&numbers, &mut statuses);
            for (into, status) in last.iter_mut().zip(statuses) {
                *into = status;
            }
            return;
        }
    }
    for (number, into) in rest.iter().zip(last) {
        *into = number.map_or(National::Unknown, |number| register.status(number));
    }
}

type Numbers = [Option<NhsNumber>; BLOCK];

/// Room for the look-ups done together.
struct Block<'a> {
    register: &'a Register,
    addresses: [u32; BLOCK],
    /// The last byte of each number, of which three bits say which bit of its byte is its own.
    low: [u8; BLOCK],
    bytes: [u8; BLOCK],
    left: [Left; BLOCK],
}

impl<'a> Block<'a> {
    fn new(register: &'a Register) -> Self {
        let (addresses, low, bytes) = ([0; BLOCK], [0; BLOCK], [0; BLOCK]);
        Self { register, addresses, low, bytes, left: [Left::default(); BLOCK] }
    }

    /// Each step does one thing to all, and the second nothing but read, so that the processor has
    /// as many cache misses under way as it can. They stay apart so that each keeps what it needs in
    /// registers.
    fn look_up(&mut self, numbers: &Numbers, statuses: &mut [National; BLOCK]) {
        let Self { register, addresses, low, bytes, left } = self;
        find(&register.places, numbers, addresses, low);
        read(&register.bytes, addresses, bytes);
        judge(low, bytes, statuses);
        let count = not_back(bytes, left);
        let left = left.get_mut(..count).unwrap_or_default();
        read_windows(register, numbers, addresses, left);
        judge_windows(register, left, statuses);
    }
}

/// Nobody can be asked about the nine digits 0, so they stand for no number.
#[inline]
fn digits(number: Option<NhsNumber>) -> u32 {
    number.map_or(0, NhsNumber::first_nine)
}

#[inline(never)]
fn find(places: &Places, numbers: &Numbers, addresses: &mut [u32; BLOCK], low: &mut [u8; BLOCK]) {
    for ((into, low), number) in addresses.iter_mut().zip(low).zip(numbers) {
        let number = digits(*number);
        *into = address(places, number);
        *low = number.to_le_bytes()[0];
    }
}

#[inline(never)]
fn read(all: &[u8], addresses: &[u32; BLOCK], bytes: &mut [u8; BLOCK]) {
    for (into, address) in bytes.iter_mut().zip(addresses) {
        *into = all.get(*address as usize).copied().unwrap_or(0);
    }
}

/// Makes each byte 1 where the number came back, and 0 where it did not.
#[inline(never)]
fn judge(low: &[u8; BLOCK], bytes: &mut [u8; BLOCK], statuses: &mut [National; BLOCK]) {
    for (byte, low) in bytes.iter_mut().zip(low) {
        *byte = u8::from(*byte & one_bit(*low) != 0);
    }
    for (byte, into) in bytes.iter().zip(statuses) {
        *into = if *byte == 0 { National::Unknown } else { National::None };
    }
}

/// `1 << number % 8`, in a form that works on sixteen at a time.
#[inline]
const fn one_bit(number: u8) -> u8 {
    (if number & 1 == 0 { 0x55 } else { 0xAA })
        & (if number & 2 == 0 { 0x33 } else { 0xCC })
        & (if number & 4 == 0 { 0x0F } else { 0xF0 })
}

/// Notes the places of those that did not come back, and counts them.
#[inline(never)]
fn not_back(bytes: &[u8; BLOCK], left: &mut [Left; BLOCK]) -> usize {
    let mut count = 0;
    for (eight, first) in bytes.as_chunks::<8>().0.iter().zip((0_u16..).step_by(8)) {
        let mut rest = u64::from_le_bytes(*eight) ^ 0x0101_0101_0101_0101;
        while rest != 0 {
            let Some(slot) = left.get_mut(count) else { return count };
            slot.place = first + u16::from(rest.trailing_zeros().to_le_bytes()[0] / 8);
            count += 1;
            rest &= rest - 1;
        }
    }
    count
}

/// A number that did not come back, with what was read to see whether it was asked.
#[derive(Clone, Copy, Default)]
struct Left {
    place: u16,
    first_nine: u32,
    opted_out: OptedOut,
    window: Window,
}

/// Reads what says whether they were asked.
#[inline(never)]
fn read_windows(
    register: &Register,
    numbers: &Numbers,
    addresses: &[u32; BLOCK],
    left: &mut [Left],
) {
    for one in left {
        let place = usize::from(one.place);
        one.first_nine = digits(numbers.get(place).copied().flatten());
        one.opted_out = register.opted_out_of(addresses.get(place).copied().unwrap_or(0));
        let window = one.opted_out.window(&register.bytes, one.first_nine);
        one.window = window.copied().unwrap_or_default();
    }
}

#[inline(never)]
fn judge_windows(register: &Register, left: &[Left], statuses: &mut [National; BLOCK]) {
    for one in left {
        let found = one.opted_out.contains(&one.window, &register.bytes, one.first_nine);
        if let Some(into) = statuses.get_mut(usize::from(one.place)) {
            *into = if found { National::OptedOut } else { National::Unknown };
        }
    }
}
