//! What the register is measured against: a flat bitmap of 10⁹ bits, and what can be had from it.

use memmap2::MmapMut;
use optout::record::NhsNumber;

const NUMBERS: usize = 1_000_000_000;

/// A bit for each of the nine-digit numbers, set for the opted out.
pub struct Flat {
    /// As anybody would write it.
    words: Vec<u64>,
    /// The same in large pages.
    large: MmapMut,
    /// Two bits for each, as the register's three answers need: 1 came back, 2 did not.
    pairs: Vec<u8>,
}

impl Flat {
    pub fn new(asked: &[NhsNumber], opted_out: impl Fn(NhsNumber) -> bool) -> Self {
        let mut words = vec![0_u64; NUMBERS / 64];
        let mut large = MmapMut::map_anon((NUMBERS / 8).next_multiple_of(1 << 21)).unwrap();
        #[cfg(target_os = "linux")]
        large.advise(memmap2::Advice::HugePage).unwrap();
        let mut pairs = vec![0; NUMBERS / 4];
        for number in asked {
            let (out, first_nine) = (opted_out(*number), number.first_nine() as usize);
            words[first_nine / 64] |= u64::from(out) << (first_nine % 64);
            large[first_nine / 8] |= u8::from(out) << (first_nine % 8);
            pairs[first_nine / 4] |= if out { 2 } else { 1 } << (first_nine % 4 * 2);
        }
        Self { words, large, pairs }
    }

    /// How many are opted out, one look-up after the other.
    pub fn count(&self, keys: &[NhsNumber]) -> u64 {
        let bit = |key: &NhsNumber| {
            let key = key.first_nine() as usize;
            self.words[key / 64] >> (key % 64) & 1
        };
        keys.iter().map(bit).sum()
    }

    pub fn count_pairs(&self, keys: &[NhsNumber]) -> usize {
        let bits = |key: &&NhsNumber| {
            let key = key.first_nine() as usize;
            self.pairs[key / 4] >> (key % 4 * 2) & 0b11 == 2
        };
        keys.iter().filter(bits).count()
    }

    /// Whether each is opted out, with the processor's widest instructions.
    pub fn batch(&self, keys: &[NhsNumber], into: &mut [u8]) {
        wide(Batch { bytes: pulp::bytemuck::cast_slice(&self.words), keys, into });
    }

    /// The same in large pages.
    pub fn batch_large(&self, keys: &[NhsNumber], into: &mut [u8]) {
        wide(Batch { bytes: &self.large, keys, into });
    }
}

struct Batch<'a> {
    bytes: &'a [u8],
    keys: &'a [NhsNumber],
    into: &'a mut [u8],
}

fn wide(batch: Batch<'_>) {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V4::try_new() {
        return simd.vectorize(batch);
    }
    pulp::NullaryFnOnce::call(batch);
}

impl pulp::NullaryFnOnce for Batch<'_> {
    type Output = ();

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    fn call(self) {
        let words: &[[u8; 4]] = self.bytes.as_chunks().0;
        // Into an array of its own, so that the compiler can gather.
        let mut bits = [0; 1024];
        for (keys, into) in self.keys.chunks(1024).zip(self.into.chunks_mut(1024)) {
            for (key, bit) in keys.iter().zip(&mut bits) {
                let key = key.first_nine();
                let word = words.get(key as usize / 32).map_or(0, |word| u32::from_le_bytes(*word));
                *bit = (word >> (key % 32)) as u8 & 1;
            }
            into.copy_from_slice(&bits[..into.len()]);
        }
    }
}
