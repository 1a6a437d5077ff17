//! What is done with each block of a column: written as bytes, as bits, counted, listed.

use std::vec::Vec;

use super::element::{Answer, Index, Status};
use super::kernel::{Block, Kernel, Portable, Work};
use super::reasons::{Classes, MOST};
use super::set::Set;

/// Those allowed, as a set and as a table of 0 and 1.
#[derive(Clone, Copy)]
pub(super) struct Allowed<'a> {
    pub(super) set: &'a Set,
    pub(super) table: &'a [u8; 256],
}

/// The last block, filled up with zeros, and a bit for each byte that is not filling.
fn last<S: Status>(rest: &[S]) -> (Block, u64) {
    let mut block = [0; 64];
    for (byte, patient) in block.iter_mut().zip(rest) {
        *byte = patient.byte();
    }
    (block, (1 << rest.len()) - 1)
}

/// A verdict each.
pub(super) struct Verdicts<'a, S, A> {
    pub(super) allowed: Allowed<'a>,
    pub(super) patients: &'a [S],
    /// As many.
    pub(super) answers: &'a mut [A],
}

impl<S: Status, A: Answer> Work for Verdicts<'_, S, A> {
    type Output = ();

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    fn with<K: Kernel>(self, kernel: K) {
        let set = kernel.set(self.allowed.set);
        let (blocks, rest) = self.patients.as_chunks::<64>();
        let (answers, last_answers) = self.answers.as_chunks_mut::<64>();
        for (block, answers) in blocks.iter().zip(answers) {
            kernel.fetch(block);
            A::write(&kernel.bytes(&set, &S::bytes(block)), answers);
        }
        A::write(&kernel.bytes(&set, &last(rest).0), last_answers);
    }

    /// Without blocks: nothing is gained by them here.
    #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
    fn portable(self) {
        for (answer, patient) in self.answers.iter_mut().zip(self.patients) {
            let verdict = self.allowed.table[usize::from(patient.byte())];
            A::write(&[verdict], core::slice::from_mut(answer));
        }
    }
}

/// A bit each.
pub(super) struct Bitmap<'a, S> {
    pub(super) allowed: Allowed<'a>,
    pub(super) patients: &'a [S],
    /// A byte for each eight patients, begun or whole.
    pub(super) bits: &'a mut [u8],
}

impl<S: Status> Work for Bitmap<'_, S> {
    type Output = ();

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    fn with<K: Kernel>(self, kernel: K) {
        let set = kernel.set(self.allowed.set);
        let (blocks, rest) = self.patients.as_chunks::<64>();
        let (words, last_bytes) = self.bits.split_at_mut(blocks.len() * 8);
        let (words, _) = words.as_chunks_mut::<8>();
        for (block, word) in blocks.iter().zip(words) {
            kernel.fetch(block);
            *word = kernel.mask(&set, &S::bytes(block)).to_le_bytes();
        }
        let (block, there) = last(rest);
        let word = (kernel.mask(&set, &block) & there).to_le_bytes();
        for (byte, bits) in last_bytes.iter_mut().zip(word) {
            *byte = bits;
        }
    }

    fn portable(self) {
        let kernel = Portable(self.allowed.table);
        self.with(kernel);
    }
}

/// How many are allowed.
pub(super) struct Count<'a, S> {
    pub(super) allowed: Allowed<'a>,
    pub(super) patients: &'a [S],
}

impl<S: Status> Work for Count<'_, S> {
    type Output = u64;

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    fn with<K: Kernel>(self, kernel: K) -> u64 {
        let set = kernel.set(self.allowed.set);
        let (blocks, rest) = self.patients.as_chunks::<64>();
        let mut count = 0;
        for block in blocks {
            kernel.fetch(block);
            count += u64::from(kernel.mask(&set, &S::bytes(block)).count_ones());
        }
        let (block, there) = last(rest);
        count + u64::from((kernel.mask(&set, &block) & there).count_ones())
    }

    fn portable(self) -> u64 {
        let sum = |patients: &[S]| -> u64 {
            patients.iter().map(|patient| u64::from(self.of(*patient))).sum()
        };
        sum(self.patients)
    }
}

impl<S: Status> Count<'_, S> {
    #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
    fn of(&self, patient: S) -> u8 {
        self.allowed.table[usize::from(patient.byte())]
    }
}

/// How many of each class of reasons.
pub(super) struct Reasons<'a, S> {
    pub(super) classes: &'a Classes,
    pub(super) patients: &'a [S],
}

impl<S: Status> Reasons<'_, S> {
    /// A class is a number of `P` bits. For each number, those whose class has all of its bits are
    /// counted; the number itself follows by subtracting the greater ones.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    fn planes<const P: usize, const N: usize, K: Kernel>(&self, kernel: K) -> [u64; MOST] {
        let mut sets = [kernel.set(&Set::default()); P];
        for (set, plane) in sets.iter_mut().zip(&self.classes.planes) {
            *set = kernel.set(plane);
        }
        let mut counts = [0_u64; N];
        let (blocks, rest) = self.patients.as_chunks::<64>();
        for blocks in blocks.chunks(PACKED) {
            let mut packed = [0; 4];
            for block in blocks {
                kernel.fetch(block);
                add::<P, N, K>(kernel, &sets, &S::bytes(block), u64::MAX, &mut packed);
            }
            unpack(packed, &mut counts);
        }
        let (block, there) = last(rest);
        let mut packed = [0; 4];
        add::<P, N, K>(kernel, &sets, &block, there, &mut packed);
        unpack(packed, &mut counts);
        let mut exactly = [0; MOST];
        let all = self.patients.len() as u64;
        for (class, count) in counts.iter().enumerate().rev() {
            let greater = |(other, count): (usize, &u64)| {
                if other > class && other & class == class { *count } else { 0 }
            };
            let above: u64 = exactly.iter().enumerate().map(greater).sum();
            let with = if class == 0 { all } else { *count };
            if let Some(exact) = exactly.get_mut(class) {
                *exact = with - above;
            }
        }
        exactly
    }
}

/// How many blocks can be counted in sixteen bits.
const PACKED: usize = 1023;

/// Adds one block to the counts: number *n* gets those in every set that is a bit of *n*. Four
/// counts share a word: as separate words, the compiler makes a slow vector of them.
#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
fn add<const P: usize, const N: usize, K: Kernel>(
    kernel: K,
    sets: &[K::Set; P],
    block: &Block,
    there: u64,
    packed: &mut [u64; 4],
) {
    let mut within = [there; N];
    for (plane, set) in sets.iter().enumerate() {
        let mask = kernel.mask(set, block);
        for (class, within) in within.iter_mut().enumerate() {
            if class >> plane & 1 == 1 {
                *within &= mask;
            }
        }
    }
    let (fours, two) = within.as_chunks::<4>();
    for (word, [zeroth, first, second, third]) in packed.iter_mut().zip(fours) {
        let ones = |mask: &u64| u64::from(mask.count_ones());
        *word += ones(zeroth) | ones(first) << 16 | ones(second) << 32 | ones(third) << 48;
    }
    if let ([word, ..], [_, first]) = (packed, two) {
        *word += u64::from(first.count_ones()) << 16;
    }
}

fn unpack<const N: usize>(packed: [u64; 4], counts: &mut [u64; N]) {
    for (four, word) in counts.chunks_mut(4).zip(packed) {
        for (count, shift) in four.iter_mut().zip([0, 16, 32, 48]) {
            *count += word >> shift & 0xFFFF;
        }
    }
}

impl<S: Status> Work for Reasons<'_, S> {
    type Output = [u64; MOST];

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    fn with<K: Kernel>(self, kernel: K) -> [u64; MOST] {
        match self.classes.number() {
            0..=2 => self.planes::<1, 2, K>(kernel),
            3..=4 => self.planes::<2, 4, K>(kernel),
            5..=8 => self.planes::<3, 8, K>(kernel),
            _ => self.planes::<4, 16, K>(kernel),
        }
    }

    /// Four tables in turn, so that a run of one status does not wait for its own counter.
    #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
    fn portable(self) -> [u64; MOST] {
        let mut seen = [[0_u64; 256]; 4];
        let (fours, rest) = self.patients.as_chunks::<4>();
        for four in fours {
            for (seen, patient) in seen.iter_mut().zip(four) {
                seen[usize::from(patient.byte())] += 1;
            }
        }
        for (seen, patient) in seen.iter_mut().zip(rest) {
            seen[usize::from(patient.byte())] += 1;
        }
        let mut counts = [0; MOST];
        for byte in 0..=u8::MAX {
            let place = usize::from(byte);
            if let Some(count) = counts.get_mut(usize::from(self.classes.of[place])) {
                *count += seen.iter().map(|seen| seen[place]).sum::<u64>();
            }
        }
        counts
    }
}

/// The places of those allowed.
pub(super) struct Kept<'a, S, I> {
    pub(super) allowed: Allowed<'a>,
    pub(super) patients: &'a [S],
    /// The index of the first patient.
    pub(super) first: u64,
    pub(super) indices: &'a mut Vec<I>,
}

/// Blocks whose offsets are gathered before they go to the list.
const GATHERED: usize = 32;

/// For each byte of bits, the places of its ones.
static PLACES: [[u8; 8]; 256] = {
    let mut places = [[0; 8]; 256];
    let mut bits = 0_usize;
    while bits < 256 {
        let (mut place, mut found) = (0_u8, 0);
        while place < 8 {
            if bits >> place & 1 == 1 {
                #[expect(clippy::indexing_slicing, reason = "a constant: it stops the build")]
                {
                    places[bits][found] = place;
                }
                found += 1;
            }
            place += 1;
        }
        bits += 1;
    }
    places
};

/// Writes the places of the ones of a block that begins at `from`, after those found, and gives how
/// many there are now. Eight are written for each byte of bits, and the next overwrites the excess.
#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
#[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
fn gather(
    mask: u64,
    mut from: u32,
    mut found: usize,
    offsets: &mut [u32; GATHERED * 64 + 8],
) -> usize {
    for bits in mask.to_le_bytes() {
        let free = offsets.get_mut(found..);
        if let Some(eight) = free.and_then(<[u32]>::first_chunk_mut::<8>) {
            for (offset, place) in eight.iter_mut().zip(PLACES[usize::from(bits)]) {
                *offset = from + u32::from(place);
            }
        }
        found += bits.count_ones() as usize;
        from += 8;
    }
    found
}

impl<S: Status, I: Index> Work for Kept<'_, S, I> {
    type Output = ();

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    fn with<K: Kernel>(self, kernel: K) {
        let set = kernel.set(self.allowed.set);
        let mut offsets = [0; GATHERED * 64 + 8];
        let mut base = self.first;
        for patients in self.patients.chunks(GATHERED * 64) {
            let (blocks, rest) = patients.as_chunks::<64>();
            let (mut found, mut from) = (0, 0);
            for block in blocks {
                kernel.fetch(block);
                found = gather(kernel.mask(&set, &S::bytes(block)), from, found, &mut offsets);
                from += 64;
            }
            let (block, there) = last(rest);
            found = gather(kernel.mask(&set, &block) & there, from, found, &mut offsets);
            let offsets = offsets.iter().take(found);
            self.indices.extend(offsets.map(|offset| I::at(base, *offset)));
            base += patients.len() as u64;
        }
    }

    fn portable(self) {
        let kernel = Portable(self.allowed.table);
        self.with(kernel);
    }
}
