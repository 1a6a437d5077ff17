//! Sixty-four patients at a time, with one set of the processor's instructions.

use super::set::Set;
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
use super::x86 as native;

/// Sixty-four status bytes.
pub(super) type Block = [u8; 64];

/// How sixty-four patients are looked up in a set.
pub(super) trait Kernel: Copy {
    /// A set, in registers.
    type Set: Copy;

    fn set(self, set: &Set) -> Self::Set;

    /// Bit *i*: byte *i* is in the set.
    fn mask(self, set: &Self::Set, block: &Block) -> u64;

    /// 1 where the byte is in the set, else 0.
    fn bytes(self, set: &Self::Set, block: &Block) -> Block;

    /// Asks for what stands some way after this block: the processor by itself does not fetch across
    /// the end of a page in time.
    fn fetch<T>(self, block: &[T; 64]);
}

/// How far ahead, in bytes.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
pub(super) const AHEAD: usize = 4096;

/// Work to be done once the instructions are chosen.
pub(super) trait Work: Sized {
    type Output;

    /// In blocks, by sets.
    fn with<K: Kernel>(self, kernel: K) -> Self::Output;

    /// On a processor whose instructions have no shuffle that we use.
    fn portable(self) -> Self::Output;
}

/// The instructions that a column is judged with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Width {
    /// No special instructions: one look-up in a table for each patient.
    Portable,
    /// SSSE3, sixteen patients at a time (x86-64-v2).
    Bits128,
    /// AVX2, thirty-two patients at a time (x86-64-v3).
    Bits256,
    /// AVX-512 with byte instructions, sixty-four patients at a time (x86-64-v4).
    Bits512,
}

impl Width {
    /// All of them, the narrowest first.
    pub const ALL: [Self; 4] = [Self::Portable, Self::Bits128, Self::Bits256, Self::Bits512];

    /// Whether this processor has the instructions.
    #[must_use]
    pub fn is_available(self) -> bool {
        native::is_available(self)
    }

    /// The widest that this processor has. It is asked once and remembered.
    #[must_use]
    pub fn widest() -> Self {
        let widest = Self::ALL.into_iter().rev().find(|width| width.is_available());
        widest.unwrap_or(Self::Portable)
    }

    /// Does the work, without special instructions where this processor has not got these.
    pub(super) fn run<W: Work>(self, work: W) -> W::Output {
        native::run(self, work)
    }
}

/// A processor for which there is only the table.
#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
mod native {
    use super::{Width, Work};

    pub(super) fn is_available(width: Width) -> bool {
        width == Width::Portable
    }

    pub(super) fn run<W: Work>(_: Width, work: W) -> W::Output {
        work.portable()
    }
}

/// A table of 256.
#[derive(Clone, Copy)]
pub(super) struct Portable<'a>(pub(super) &'a [u8; 256]);

#[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
#[expect(clippy::inline_always, reason = "a table stays in its registers")]
impl Kernel for Portable<'_> {
    type Set = ();

    #[inline(always)]
    fn set(self, _: &Set) {}

    #[inline(always)]
    fn mask(self, (): &(), block: &Block) -> u64 {
        let (words, _) = block.as_chunks::<8>();
        words.iter().rev().fold(0, |mask, word| {
            let bit = |i: usize| self.0[usize::from(word[i])] << i;
            let (low, high) =
                (bit(0) | bit(1) | bit(2) | bit(3), bit(4) | bit(5) | bit(6) | bit(7));
            mask << 8 | u64::from(low | high)
        })
    }

    #[inline(always)]
    fn bytes(self, (): &(), block: &Block) -> Block {
        let mut bytes = [0; 64];
        for (byte, status) in bytes.iter_mut().zip(block) {
            *byte = self.0[usize::from(*status)];
        }
        bytes
    }

    #[inline(always)]
    fn fetch<T>(self, _: &[T; 64]) {}
}
