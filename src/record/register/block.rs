//! Many look-ups together, so that their cache misses overlap.

use super::Register;
use super::opted_out::Group;
use crate::National;
use crate::record::NhsNumber;

/// Look-ups done together.
const BLOCK: usize = 1024;
/// Fewer than this are not worth a block.
const FEW: usize = 32;

/// The status of each number, in order; of no number, unknown. The slices are of one length.
pub(super) fn look_up(
    register: &Register,
    numbers: &[Option<NhsNumber>],
    statuses: &mut [National],
) {
    if numbers.len() < FEW {
        for (number, into) in numbers.iter().zip(statuses) {
            *into = number.map_or(National::Unknown, |number| register.status(number));
        }
        return;
    }
    let mut block = Block::EMPTY;
    for (numbers, statuses) in numbers.chunks(BLOCK).zip(statuses.chunks_mut(BLOCK)) {
        block.look_up(register, numbers, statuses);
    }
}

/// Room for the look-ups done together.
struct Block {
    /// Where the bit of each number is: the byte, then the bit in it.
    addresses: [u32; BLOCK],
    bits: [u8; BLOCK],
    bytes: [u8; BLOCK],
    left: [Left; BLOCK],
}

/// A number that did not come back.
#[derive(Clone, Copy)]
struct Left {
    place: u16,
    first_nine: u32,
    group: Group,
}

impl Block {
    const EMPTY: Self = Self {
        addresses: [0; BLOCK],
        bits: [0; BLOCK],
        bytes: [0; BLOCK],
        left: [Left { place: 0, first_nine: 0, group: Group { from: 0, to: 0 } }; BLOCK],
    };

    /// Each loop does one thing, and the second nothing but read, so that the processor can have as
    /// many cache misses under way as it is able to.
    fn look_up(
        &mut self,
        register: &Register,
        numbers: &[Option<NhsNumber>],
        statuses: &mut [National],
    ) {
        if numbers.len() < BLOCK {
            // There is nothing left to do for the places after the last number.
            self.bytes.fill(1);
        }
        let Self { addresses, bits, bytes, left } = self;
        for ((address, bit), number) in addresses.iter_mut().zip(&mut *bits).zip(numbers) {
            let digits = digits(*number);
            *address = register.address(digits);
            *bit = digits.to_le_bytes()[0] % 8;
        }
        for (byte, address) in bytes.iter_mut().zip(&*addresses).take(numbers.len()) {
            *byte = register.byte(*address);
        }
        for ((byte, bit), into) in bytes.iter_mut().zip(&*bits).zip(&mut *statuses) {
            *byte = u8::from(*byte & one_bit(*bit) != 0);
            *into = if *byte == 0 { National::Unknown } else { National::None };
        }
        let mut count = 0;
        for (eight, first) in bytes.as_chunks::<8>().0.iter().zip((0_u16..).step_by(8)) {
            let mut not_back = u64::from_le_bytes(*eight) ^ 0x0101_0101_0101_0101;
            while not_back != 0 {
                let Some(slot) = left.get_mut(count) else { break };
                slot.place = first + u16::from(not_back.trailing_zeros().to_le_bytes()[0] / 8);
                count += 1;
                not_back &= not_back - 1;
            }
        }
        let left = left.get_mut(..count).unwrap_or_default();
        for one in &mut *left {
            let place = usize::from(one.place);
            one.first_nine = digits(numbers.get(place).copied().flatten());
            one.group = register.group(addresses.get(place).copied().unwrap_or(0), one.first_nine);
        }
        for one in &*left {
            if let Some(into) = statuses.get_mut(usize::from(one.place)) {
                *into = register.in_group(one.group, one.first_nine);
            }
        }
    }
}

/// Nobody can be asked about the nine digits 0, so they stand for no number.
fn digits(number: Option<NhsNumber>) -> u32 {
    number.map_or(0, NhsNumber::first_nine)
}

/// `1 << bit`, in a form that works on sixteen at a time.
const fn one_bit(bit: u8) -> u8 {
    (if bit & 1 == 0 { 0x55 } else { 0xAA })
        & (if bit & 2 == 0 { 0x33 } else { 0xCC })
        & (if bit & 4 == 0 { 0x0F } else { 0xF0 })
}
