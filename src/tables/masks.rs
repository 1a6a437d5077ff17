//! Which of 64 bytes are line ends, delimiters, quotes and carriage returns, as bits.

/// Bit *i* is byte *i*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Masks {
    pub(super) ends: u64,
    pub(super) delimiters: u64,
    pub(super) quotes: u64,
    pub(super) returns: u64,
    /// Not 0 where one of the bytes is.
    pub(super) nuls: u32,
}

/// Work to be done once the processor's instructions are known.
pub(super) trait Scan {
    type Output;
    fn with(self, masks: impl Fn(&[u8; 64]) -> Masks) -> Self::Output;
}

/// Does the work with the widest instructions that this processor has.
pub(super) fn dispatch<S: Scan>(delimiter: u8, scan: S) -> S::Output {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if let Some(simd) = pulp::x86::V3::try_new() {
        return simd.vectorize(wide::Wide { simd, delimiter, scan });
    }
    portable(delimiter, scan)
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
mod wide {
    use super::{Masks, Scan};
    #[cfg(target_arch = "x86")]
    use core::arch::x86::__m256i;
    #[cfg(target_arch = "x86_64")]
    use core::arch::x86_64::__m256i;
    use pulp::x86::V3;

    pub(super) struct Wide<S> {
        pub(super) simd: V3,
        pub(super) delimiter: u8,
        pub(super) scan: S,
    }

    impl<S: Scan> pulp::NullaryFnOnce for Wide<S> {
        type Output = S::Output;

        #[inline(always)]
        #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
        fn call(self) -> S::Output {
            let Self { simd, delimiter, scan } = self;
            let avx2 = simd.avx2;
            let splat = |byte: u8| simd.avx._mm256_set1_epi8(byte.cast_signed());
            let (end, delimiter, quote, carriage) =
                (splat(b'\n'), splat(delimiter), splat(b'"'), splat(b'\r'));
            scan.with(
                #[inline(always)]
                |bytes| {
                    let [low, high]: [__m256i; 2] = pulp::cast(*bytes);
                    let equal = |to: __m256i| {
                        let half = |part| {
                            let bits = avx2._mm256_movemask_epi8(avx2._mm256_cmpeq_epi8(part, to));
                            u64::from(bits.cast_unsigned())
                        };
                        half(low) | half(high) << 32
                    };
                    let smallest = avx2._mm256_min_epu8(low, high);
                    let none = simd.avx._mm256_setzero_si256();
                    let nuls = avx2._mm256_movemask_epi8(avx2._mm256_cmpeq_epi8(smallest, none));
                    Masks {
                        nuls: nuls.cast_unsigned(),
                        ends: equal(end),
                        delimiters: equal(delimiter),
                        quotes: equal(quote),
                        returns: equal(carriage),
                    }
                },
            )
        }
    }
}

/// Eight bytes at a time in one word, for every other processor.
fn portable<S: Scan>(delimiter: u8, scan: S) -> S::Output {
    scan.with(|bytes| Masks {
        ends: equal(bytes, b'\n'),
        delimiters: equal(bytes, delimiter),
        quotes: equal(bytes, b'"'),
        returns: equal(bytes, b'\r'),
        nuls: u32::from(equal(bytes, 0) != 0),
    })
}

fn equal(bytes: &[u8; 64], to: u8) -> u64 {
    const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
    let pattern = u64::from_ne_bytes([to; 8]);
    let (words, _) = bytes.as_chunks::<8>();
    words.iter().rev().fold(0, |mask, word| {
        let differs = u64::from_le_bytes(*word) ^ pattern;
        // The high bit of a byte is clear exactly where it does not differ.
        let high = ((differs & LOW).wrapping_add(LOW) | differs) & !LOW;
        let bits = (high ^ !LOW) >> 7;
        mask << 8 | bits.wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::vec;

    struct One<'a>(&'a [u8; 64]);
    impl Scan for One<'_> {
        type Output = Masks;
        fn with(self, masks: impl Fn(&[u8; 64]) -> Masks) -> Masks {
            masks(self.0)
        }
    }

    proptest! {
        #[test]
        fn each_way_finds_each_byte(
            bytes in prop::collection::vec(
                prop::sample::select(vec![b'\n', b',', b'"', b'\r', b'\t', 0x8A, 0xFF, 0, b'a']), 64),
            delimiter in prop::sample::select(vec![b',', b'\t', 0xFF]),
        ) {
            let bytes: &[u8; 64] = bytes.as_slice().try_into().unwrap();
            let naive = |to: u8| (0..64).filter(|i| bytes[*i] == to).fold(0, |m, i| m | 1_u64 << i);
            let expected = Masks {
                ends: naive(b'\n'),
                delimiters: naive(delimiter),
                quotes: naive(b'"'),
                returns: naive(b'\r'),
                nuls: u32::from(naive(0) != 0),
            };
            let wide = dispatch(delimiter, One(bytes));
            prop_assert_eq!(Masks { nuls: u32::from(wide.nuls != 0), ..wide }, expected);
            prop_assert_eq!(portable(delimiter, One(bytes)), expected);
        }
    }
}
