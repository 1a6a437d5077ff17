//! A set of status bytes, as the shuffles of a processor look it up.

/// Which of the 256 status bytes are in the set: bit *h* of `low[l]` is the byte with the high
/// nibble *h* and the low nibble *l*, and bit *h* of `high[l]` the one with *h* + 8.
///
/// Any set of bytes can be written so, hence nothing is assumed about the shape of the policy.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Set {
    pub(super) low: [u8; 16],
    pub(super) high: [u8; 16],
}

/// The bit of each high nibble.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
pub(super) const POWERS: [u8; 16] = [1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128];

impl Set {
    pub(super) fn of(member: impl Fn(u8) -> bool) -> Self {
        let mut set = Self::default();
        for byte in 0..=u8::MAX {
            let rows = if byte < 128 { &mut set.low } else { &mut set.high };
            if let Some(row) = rows.get_mut(usize::from(byte & 0b1111))
                && member(byte)
            {
                *row |= 1 << (byte >> 4 & 0b111);
            }
        }
        set
    }
}
