//! What a column of statuses, of verdicts and of indices may be made of.

use crate::{Patient, Verdict};

/// What a column of statuses is made of: [`Patient`], or its byte ([`Patient::byte`]) as it stands
/// in an Arrow or Parquet buffer. Every byte has a meaning: an invalid one is denied.
pub trait Status: Copy + sealed::Status {}

impl Status for Patient {}
impl Status for u8 {}

/// What a column of verdicts is made of: [`Verdict`], or its number (1 allow, 0 deny).
pub trait Answer: Copy + sealed::Answer {}

impl Answer for Verdict {}
impl Answer for u8 {}

/// What a column of indices is made of: `u32` or `u64`.
pub trait Index: Copy + sealed::Index {}

impl Index for u32 {}
impl Index for u64 {}

// The copies below vanish: they let safe code see a column of one-byte types as bytes.
#[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
pub(super) mod sealed {
    use crate::{Patient, Verdict};

    pub trait Status: Sized {
        fn bytes(block: &[Self; 64]) -> [u8; 64];
        fn byte(self) -> u8;
    }

    impl Status for u8 {
        #[inline(always)]
        fn bytes(block: &[Self; 64]) -> [u8; 64] {
            *block
        }

        #[inline(always)]
        fn byte(self) -> u8 {
            self
        }
    }

    impl Status for Patient {
        #[inline(always)]
        fn bytes(block: &[Self; 64]) -> [u8; 64] {
            let mut bytes = [0; 64];
            for (byte, patient) in bytes.iter_mut().zip(block) {
                *byte = patient.byte();
            }
            bytes
        }

        #[inline(always)]
        fn byte(self) -> u8 {
            Patient::byte(self)
        }
    }

    pub trait Answer: Sized {
        const DENY: Self;
        /// Each byte is 0 or 1.
        fn write(bytes: &[u8], answers: &mut [Self]);
    }

    impl Answer for u8 {
        const DENY: Self = 0;

        #[inline(always)]
        fn write(bytes: &[u8], answers: &mut [Self]) {
            for (answer, byte) in answers.iter_mut().zip(bytes) {
                *answer = *byte;
            }
        }
    }

    impl Answer for Verdict {
        const DENY: Self = Self::Deny;

        #[inline(always)]
        fn write(bytes: &[u8], answers: &mut [Self]) {
            for (answer, byte) in answers.iter_mut().zip(bytes) {
                *answer = if byte & 1 == 1 { Self::Allow } else { Self::Deny };
            }
        }
    }

    pub trait Index: Sized {
        /// The greatest number of patients whose indices fit.
        const PATIENTS: u64;
        /// `base` was checked to fit.
        fn at(base: u64, offset: u32) -> Self;
    }

    impl Index for u32 {
        const PATIENTS: u64 = 1 << 32;

        #[inline(always)]
        #[expect(clippy::cast_possible_truncation, reason = "checked against PATIENTS before")]
        fn at(base: u64, offset: u32) -> Self {
            base as u32 + offset
        }
    }

    impl Index for u64 {
        const PATIENTS: u64 = u64::MAX;

        #[inline(always)]
        fn at(base: u64, offset: u32) -> Self {
            base + Self::from(offset)
        }
    }
}
