//! Shuffles of x86: a byte's low nibble picks a row of the set, its high nibble a bit of the row.
//!
//! A shuffle gives zero where bit 7 of the index is set, so that of the two rows, one indexed with
//! the byte and one with its bit 7 turned, only the right one is left.

#[cfg(target_arch = "x86")]
use core::arch::x86::{__m128i, __m256i, __m512i, _MM_HINT_T0};
#[cfg(target_arch = "x86_64")]
use core::arch::x86_64::{__m128i, __m256i, __m512i, _MM_HINT_T0};
use pulp::x86::{V2, V3, V4};
use pulp::{NullaryFnOnce, cast};

use super::kernel::{AHEAD, Block, Kernel, Width, Work};
use super::set::{POWERS, Set};

const BIT7: i8 = i8::MIN;

pub(super) fn is_available(width: Width) -> bool {
    match width {
        Width::Portable => true,
        Width::Bits128 => V2::is_available(),
        Width::Bits256 => V3::is_available(),
        Width::Bits512 => V4::is_available(),
    }
}

pub(super) fn run<W: Work>(width: Width, work: W) -> W::Output {
    if width == Width::Bits512
        && let Some(kernel) = V4::try_new()
    {
        return kernel.vectorize(Run { kernel, work });
    }
    if width == Width::Bits256
        && let Some(kernel) = V3::try_new()
    {
        return kernel.vectorize(Run { kernel, work });
    }
    if width == Width::Bits128
        && let Some(kernel) = V2::try_new()
    {
        return kernel.vectorize(Run { kernel, work });
    }
    work.portable()
}

struct Run<K, W> {
    kernel: K,
    work: W,
}

#[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
impl<K: Kernel, W: Work> NullaryFnOnce for Run<K, W> {
    type Output = W::Output;

    #[inline(always)]
    fn call(self) -> W::Output {
        self.work.with(self.kernel)
    }
}

/// The rows for the bytes under 128 and for the others.
#[derive(Clone, Copy)]
pub(super) struct Rows<V> {
    low: V,
    high: V,
}

trait Hits {
    type Vector;
    /// Not zero where the byte is in the set.
    fn hits(self, rows: &Rows<Self::Vector>, bytes: Self::Vector) -> Self::Vector;
}

#[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
impl Hits for V2 {
    type Vector = __m128i;

    #[inline(always)]
    fn hits(self, rows: &Rows<__m128i>, bytes: __m128i) -> __m128i {
        let (sse2, ssse3) = (self.sse2, self.ssse3);
        let turned = sse2._mm_xor_si128(bytes, sse2._mm_set1_epi8(BIT7));
        let row = sse2._mm_or_si128(
            ssse3._mm_shuffle_epi8(rows.low, bytes),
            ssse3._mm_shuffle_epi8(rows.high, turned),
        );
        let nibble =
            sse2._mm_and_si128(sse2._mm_srli_epi16::<4>(bytes), sse2._mm_set1_epi8(0b1111));
        sse2._mm_and_si128(row, ssse3._mm_shuffle_epi8(cast(POWERS), nibble))
    }
}

#[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
impl Kernel for V2 {
    type Set = Rows<__m128i>;

    #[inline(always)]
    fn set(self, set: &Set) -> Self::Set {
        Rows { low: cast(set.low), high: cast(set.high) }
    }

    #[inline(always)]
    fn mask(self, set: &Self::Set, block: &Block) -> u64 {
        let sse2 = self.sse2;
        let parts: [__m128i; 4] = cast(*block);
        let mut mask = 0;
        for part in parts.into_iter().rev() {
            let missed = sse2._mm_cmpeq_epi8(self.hits(set, part), sse2._mm_setzero_si128());
            mask = mask << 16 | u64::from(!sse2._mm_movemask_epi8(missed).cast_unsigned() & 0xFFFF);
        }
        mask
    }

    #[inline(always)]
    fn bytes(self, set: &Self::Set, block: &Block) -> Block {
        let mut parts: [__m128i; 4] = cast(*block);
        for part in &mut parts {
            *part = self.sse2._mm_min_epu8(self.hits(set, *part), self.sse2._mm_set1_epi8(1));
        }
        cast(parts)
    }

    #[inline(always)]
    fn fetch<T>(self, block: &[T; 64]) {
        self.sse._mm_prefetch::<_MM_HINT_T0>(block.as_ptr().cast::<i8>().wrapping_add(AHEAD));
    }
}

#[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
impl Hits for V3 {
    type Vector = __m256i;

    #[inline(always)]
    fn hits(self, rows: &Rows<__m256i>, bytes: __m256i) -> __m256i {
        let (avx, avx2) = (self.avx, self.avx2);
        let turned = avx2._mm256_xor_si256(bytes, avx._mm256_set1_epi8(BIT7));
        let row = avx2._mm256_or_si256(
            avx2._mm256_shuffle_epi8(rows.low, bytes),
            avx2._mm256_shuffle_epi8(rows.high, turned),
        );
        let nibble =
            avx2._mm256_and_si256(avx2._mm256_srli_epi16::<4>(bytes), avx._mm256_set1_epi8(0b1111));
        let powers = avx2._mm256_broadcastsi128_si256(cast(POWERS));
        avx2._mm256_and_si256(row, avx2._mm256_shuffle_epi8(powers, nibble))
    }
}

#[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
impl Kernel for V3 {
    type Set = Rows<__m256i>;

    #[inline(always)]
    fn set(self, set: &Set) -> Self::Set {
        let avx2 = self.avx2;
        Rows {
            low: avx2._mm256_broadcastsi128_si256(cast(set.low)),
            high: avx2._mm256_broadcastsi128_si256(cast(set.high)),
        }
    }

    #[inline(always)]
    fn mask(self, set: &Self::Set, block: &Block) -> u64 {
        let (avx, avx2) = (self.avx, self.avx2);
        let parts: [__m256i; 2] = cast(*block);
        let mut mask = 0;
        for part in parts.into_iter().rev() {
            let missed = avx2._mm256_cmpeq_epi8(self.hits(set, part), avx._mm256_setzero_si256());
            mask = mask << 32 | u64::from(!avx2._mm256_movemask_epi8(missed).cast_unsigned());
        }
        mask
    }

    #[inline(always)]
    fn bytes(self, set: &Self::Set, block: &Block) -> Block {
        let (avx, avx2) = (self.avx, self.avx2);
        let mut parts: [__m256i; 2] = cast(*block);
        for part in &mut parts {
            *part = avx2._mm256_min_epu8(self.hits(set, *part), avx._mm256_set1_epi8(1));
        }
        cast(parts)
    }

    #[inline(always)]
    fn fetch<T>(self, block: &[T; 64]) {
        self.sse._mm_prefetch::<_MM_HINT_T0>(block.as_ptr().cast::<i8>().wrapping_add(AHEAD));
    }
}

/// The row of each byte and its bit there: the byte is in the set where they meet.
#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
fn row_and_bit(simd: V4, rows: &Rows<__m512i>, bytes: __m512i) -> (__m512i, __m512i) {
    let (f, bw) = (simd.avx512f, simd.avx512bw);
    let turned = f._mm512_xor_si512(bytes, f._mm512_set1_epi8(BIT7));
    let row = f._mm512_or_si512(
        bw._mm512_shuffle_epi8(rows.low, bytes),
        bw._mm512_shuffle_epi8(rows.high, turned),
    );
    let nibble = f._mm512_and_si512(bw._mm512_srli_epi16::<4>(bytes), f._mm512_set1_epi8(0b1111));
    let powers = f._mm512_broadcast_i32x4(cast(POWERS));
    (row, bw._mm512_shuffle_epi8(powers, nibble))
}

#[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
impl Kernel for V4 {
    type Set = Rows<__m512i>;

    #[inline(always)]
    fn set(self, set: &Set) -> Self::Set {
        let f = self.avx512f;
        Rows {
            low: f._mm512_broadcast_i32x4(cast(set.low)),
            high: f._mm512_broadcast_i32x4(cast(set.high)),
        }
    }

    #[inline(always)]
    fn mask(self, set: &Self::Set, block: &Block) -> u64 {
        let (row, bit) = row_and_bit(self, set, cast(*block));
        self.avx512bw._mm512_test_epi8_mask(row, bit)
    }

    #[inline(always)]
    fn bytes(self, set: &Self::Set, block: &Block) -> Block {
        let (f, bw) = (self.avx512f, self.avx512bw);
        let (row, bit) = row_and_bit(self, set, cast(*block));
        let hits = f._mm512_and_si512(row, bit);
        cast(bw._mm512_min_epu8(hits, f._mm512_set1_epi8(1)))
    }

    #[inline(always)]
    fn fetch<T>(self, block: &[T; 64]) {
        self.sse._mm_prefetch::<_MM_HINT_T0>(block.as_ptr().cast::<i8>().wrapping_add(AHEAD));
    }
}
