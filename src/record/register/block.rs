//! Many look-ups together, so that their cache misses overlap.
#![expect(clippy::inline_always, reason = "compiled once for each set of instructions")]

use core::hint::black_box;

use super::opted_out::OptedOut;
use super::{PAGE_NUMBERS, PAGE_SHIFT, Places, Register, address};
use crate::National;
use crate::record::NhsNumber;

/// Look-ups done together: what they find stands on the stack, of which a host of the C library may have
/// little.
const BLOCK: usize = if cfg!(feature = "gather") { 2048 } else { 512 };
/// Fewer than this are not worth a block.
const FEW: usize = 16;
/// Of those that did not come back, how many are looked up together.
const LEFT: usize = 128;

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
    let all = All { register, numbers, statuses };
    #[cfg(all(target_arch = "x86_64", feature = "gather"))]
    if let Some(simd) = pulp::x86::V4::try_new() {
        return simd.vectorize(all);
    }
    all.look_up::<false>();
}

/// Nobody can be asked about the nine digits 0, so they stand for no number.
#[inline]
fn digits(number: Option<NhsNumber>) -> u32 {
    number.map_or(0, NhsNumber::first_nine)
}

/// The work, compiled once for each set of instructions.
struct All<'a> {
    register: &'a Register,
    numbers: &'a [Option<NhsNumber>],
    statuses: &'a mut [National],
}

#[cfg(all(target_arch = "x86_64", feature = "gather"))]
impl pulp::NullaryFnOnce for All<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.look_up::<true>();
    }
}

impl All<'_> {
    #[inline(always)]
    fn look_up<const GATHERS: bool>(self) {
        let Self { register, numbers, statuses } = self;
        let mut left = [0; BLOCK];
        for (numbers, statuses) in numbers.chunks(BLOCK).zip(statuses.chunks_mut(BLOCK)) {
            let back = read::<GATHERS>(register, numbers);
            for (back, into) in back.iter().zip(&mut *statuses) {
                *into = if *back == 0 { National::Unknown } else { National::None };
            }
            let count = not_back(back.get(..numbers.len()).unwrap_or_default(), &mut left);
            look_closer(register, numbers, left.get(..count).unwrap_or_default(), statuses);
        }
    }
}

/// For each number 1 when it came back, and 0 when it did not.
///
/// Without a branch and into an array of its own, so that the compiler can read for many numbers by
/// one instruction: the processor then has more cache misses under way than single reads give it.
/// Where it has no such instruction, a loop that does nothing but read does better.
#[inline(always)]
fn read<const GATHERS: bool>(register: &Register, numbers: &[Option<NhsNumber>]) -> [u8; BLOCK] {
    let mut back = [0; BLOCK];
    let (places, words) = (&*register.places, register.bytes.as_chunks().0);
    let bit = |word: u32, first_nine: u32| (word >> (first_nine % 32) & 1).to_le_bytes()[0];
    if GATHERS {
        for (number, back) in numbers.iter().zip(&mut back) {
            let first_nine = digits(*number);
            *back = bit(gather(words, word(places, first_nine)), first_nine);
        }
        return back;
    }
    let mut found = [0; BLOCK];
    for (number, found) in numbers.iter().zip(&mut found) {
        *found = word(places, digits(*number));
    }
    for found in found.iter_mut().take(numbers.len()) {
        *found = gather(words, *found);
    }
    for ((number, back), found) in numbers.iter().zip(&mut back).zip(&found) {
        *back = bit(*found, digits(*number));
    }
    back
}

/// A word; 0 beyond the end. The mask tells the compiler that 32 bits suffice to say where.
#[inline(always)]
fn gather(words: &[[u8; 4]], place: u32) -> u32 {
    words.get((place & 0x1FFF_FFFF) as usize).map_or(0, |word| u32::from_le_bytes(*word))
}

/// Which word of four bytes holds the bit of a number; its last five bits say which bit.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "there is a place for each page of 32 bits")]
fn word(places: &Places, first_nine: u32) -> u32 {
    let place = places[(first_nine >> PAGE_SHIFT) as usize];
    place * (PAGE_NUMBERS / 32) + first_nine % PAGE_NUMBERS / 32
}

/// Notes the places of those that did not come back, and counts them.
#[inline(always)]
fn not_back(back: &[u8], left: &mut [u16; BLOCK]) -> usize {
    let mut count = 0;
    let mut note = |place| {
        if let Some(slot) = left.get_mut(count) {
            *slot = place;
            count += 1;
        }
    };
    for (some, first) in back.chunks(64).zip((0_u16..).step_by(64)) {
        let (eights, last) = some.as_chunks::<8>();
        let mut rest = 0_u64;
        for (eight, shift) in eights.iter().zip((0..).step_by(8)) {
            let zeros = u64::from_le_bytes(*eight) ^ 0x0101_0101_0101_0101;
            // Eight bytes of 0 or 1, as bits.
            rest |= (zeros.wrapping_mul(0x0102_0408_1020_4080) >> 56) << shift;
        }
        for (back, shift) in last.iter().zip(eights.len() * 8..) {
            rest |= u64::from(*back ^ 1) << shift;
        }
        while rest != 0 {
            note(first + u16::from(rest.trailing_zeros().to_le_bytes()[0]));
            rest &= rest - 1;
        }
    }
    count
}

/// Tells the opted-out from those that were not asked: first finds where to read, then reads a word
/// of each, so that the cache misses overlap, and then judges.
#[inline(always)]
fn look_closer(
    register: &Register,
    numbers: &[Option<NhsNumber>],
    left: &[u16],
    statuses: &mut [National],
) {
    let bytes = &*register.bytes;
    let words = bytes.as_chunks().0;
    for left in left.chunks(LEFT) {
        let (mut nines, mut offsets, mut ahead) = ([0; LEFT], [0; LEFT], [0; LEFT]);
        let mut pages = [OptedOut::default(); LEFT];
        let lanes = left.len().next_multiple_of(16).min(LEFT);
        for (first_nine, place) in nines.iter_mut().zip(left) {
            *first_nine = digits(numbers.get(usize::from(*place)).copied().flatten());
        }
        for ((first_nine, page), offset) in
            nines.iter().zip(&mut pages).zip(&mut offsets).take(lanes)
        {
            *page = register.opted_out_of(address(&register.places, *first_nine));
            *offset = page.offset(*first_nine);
        }
        for (offset, into) in offsets.iter().zip(&mut ahead).take(lanes) {
            *into = gather(words, offset / 4);
        }
        // Nothing needs these words but the cache.
        black_box(&ahead);
        for ((first_nine, opted_out), place) in nines.iter().zip(&pages).zip(left) {
            if let Some(window) = opted_out.window(bytes, *first_nine)
                && opted_out.contains(window, bytes, *first_nine)
                && let Some(into) = statuses.get_mut(usize::from(*place))
            {
                *into = National::OptedOut;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::{All, National, NhsNumber};
    use crate::Date;
    use crate::record::register::{Builder, Sources};

    #[test]
    fn with_and_without_gathers_are_the_same() {
        let mut builder = Builder::new();
        let asked = (400_000_000..400_090_000).step_by(7).filter_map(NhsNumber::from_first_nine);
        for (number, place) in asked.zip(0..) {
            builder.ask(number);
            if place % 3 > 0 {
                let _ = builder.answer(number);
            }
        }
        let register = builder.finish(Date::ymd(2026, 6, 1), Sources::default()).unwrap();
        let numbers: std::vec::Vec<_> =
            (399_990_000..400_100_000).map(NhsNumber::from_first_nine).collect();
        let mut both = [(); 2].map(|()| std::vec![National::NoNhsNumber; numbers.len()]);
        let [with, without] = both.each_mut();
        All { register: &register, numbers: &numbers, statuses: with }.look_up::<true>();
        All { register: &register, numbers: &numbers, statuses: without }.look_up::<false>();
        assert_eq!(with, without);
        for (number, status) in numbers.iter().zip(with) {
            assert_eq!(*status, number.map_or(National::Unknown, |number| register.status(number)));
        }
    }
}
