//! How many patients there are for each reason.

use super::set::Set;
use crate::Reason;

/// The most classes that four bits tell apart.
pub(super) const MOST: usize = 16;
// Every reason but `not-decided`, should one ruling give them all.
const _: () = assert!(Reason::ALL.len() - 1 <= MOST);

/// The reasons that one ruling gives, numbered from 0 without a gap, so that few bits tell them
/// apart.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    /// The class of each status.
    pub(super) of: [u8; 256],
    /// Set *n*: the statuses whose class has bit *n*.
    pub(super) planes: [Set; 4],
    reasons: [Option<Reason>; Reason::ALL.len()],
}

impl Classes {
    pub(super) fn of(reason: impl Fn(u8) -> Reason) -> Self {
        let mut reasons = [None; Reason::ALL.len()];
        let mut of = [0; 256];
        for (status, class) in (0..=u8::MAX).zip(&mut of) {
            let reason = Some(reason(status));
            for (number, slot) in (0..).zip(&mut reasons) {
                if slot.is_none() {
                    *slot = reason;
                }
                if *slot == reason {
                    *class = number;
                    break;
                }
            }
        }
        let class = |status: u8| of.get(usize::from(status)).copied().unwrap_or(0);
        let planes = [0, 1, 2, 3].map(|plane| Set::of(|status| class(status) >> plane & 1 == 1));
        Self { of, planes, reasons }
    }

    /// How many classes there are.
    pub(super) fn number(&self) -> usize {
        self.reasons.iter().flatten().count()
    }

    pub(super) fn counts(&self, counts: [u64; MOST]) -> Counts {
        let mut by_reason = [0; Reason::ALL.len()];
        for (reason, count) in self.reasons.iter().flatten().zip(counts) {
            if let Some(slot) = by_reason.get_mut(usize::from(reason.number())) {
                *slot = count;
            }
        }
        Counts(by_reason)
    }
}

/// How many patients of a column were decided for each reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([u64; Reason::ALL.len()]);

impl Counts {
    /// Those decided for this reason.
    #[must_use]
    pub fn of(&self, reason: Reason) -> u64 {
        self.0.get(usize::from(reason.number())).copied().unwrap_or(0)
    }

    /// Each reason that occurs, with how many, highest precedence first.
    pub fn iter(&self) -> impl Iterator<Item = (Reason, u64)> {
        let each = Reason::PRECEDENCE.iter().map(|reason| (*reason, self.of(*reason)));
        each.filter(|(_, count)| *count > 0)
    }

    /// Those allowed: [`Reason::Permitted`].
    #[must_use]
    pub fn allowed(&self) -> u64 {
        self.of(Reason::Permitted)
    }

    /// All patients of the column.
    #[must_use]
    pub fn patients(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The counts of two columns, or of two parts of one, together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count += more;
        }
        self
    }
}
