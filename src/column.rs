//! A column of patients, judged at the speed at which memory can be read.
//!
//! [`Ruling::decide`] is one look-up; a column is looked up sixteen, thirty-two or sixty-four at a
//! time, with the widest instructions that the processor has ([`Width`]), and otherwise with a table.
//! What comes out is a [verdict each](Judge::verdicts), a [bitmap](Judge::bitmap) in Arrow's layout,
//! the [count allowed](Judge::allowed), the [counts by reason](Judge::reasons), or the
//! [indices of the kept](Judge::kept). Every one of them is as if [`Ruling::decide`] had been asked
//! patient by patient.
//!
//! ```
//! use optout::column::Judge;
//! use optout::{Date, National, Patient, Reason, assess, flow};
//!
//! let on = Date::ymd(2026, 6, 1);
//! let ruling = assess(&flow::find("section-251-research", on)?.disclosure(on))?;
//! let column = [
//!     Patient::UNKNOWN.with_national(National::None),
//!     Patient::UNKNOWN.with_national(National::OptedOut),
//!     Patient::UNKNOWN.with_national(National::None),
//! ];
//! let judge = Judge::new(&ruling);
//! let mut bits = [0; 1];
//! judge.bitmap(&column, &mut bits)?;
//! let kept = judge.kept::<_, u32>(&column)?;
//! let counts = judge.reasons(&column);
//! assert_eq!(counts.allowed(), kept.len() as u64);
//! assert_eq!(counts.allowed(), u64::from(bits[0].count_ones()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A column is of [`Patient`]s or of their bytes; see [`Status`]. Nothing is assumed about the shape
//! of the policy: any set of the 256 statuses is looked up at the same cost.

mod element;
mod kernel;
mod reasons;
mod set;
mod work;
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
mod x86;

use std::vec;
use std::vec::Vec;

pub use element::{Answer, Index, Status};
pub use kernel::Width;
pub use reasons::Counts;

use crate::{LengthError, Patient, Reason, Ruling, Verdict};
use kernel::Work;
use reasons::Classes;
use set::Set;
use work::{Allowed, Bitmap, Count, Kept, Reasons, Verdicts};

/// A ruling, laid out to be applied to columns. It is plain data of about a kilobyte, made in a few
/// microseconds: make one for each ruling, not one for each batch.
#[derive(Clone, Debug)]
pub struct Judge {
    table: [u8; 256],
    set: Set,
    classes: Classes,
    width: Width,
}

/// A column has more patients than the indices asked for can number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{patients} patients, whose indices do not fit 32 bits; no index was given: ask for u64")]
pub struct IndexError {
    /// How many patients were given.
    pub patients: u64,
}

/// The verdict and the reason of each status.
fn decider(ruling: &Ruling) -> impl Fn(u8) -> (Verdict, Reason) {
    |status| {
        let decision = ruling.decide(Patient::from_byte(status));
        (decision.verdict(), decision.reason())
    }
}

impl Judge {
    /// With the widest instructions that this processor has.
    #[must_use]
    pub fn new(ruling: &Ruling) -> Self {
        Self::build(decider(ruling), Width::widest())
    }

    /// With these instructions; `None` when this processor has not got them. It is for tests and
    /// measurements: the answers are the same.
    #[must_use]
    pub fn with_width(ruling: &Ruling, width: Width) -> Option<Self> {
        width.is_available().then(|| Self::build(decider(ruling), width))
    }

    fn build(decide: impl Fn(u8) -> (Verdict, Reason), width: Width) -> Self {
        let mut table = [0; 256];
        for (status, byte) in (0..=u8::MAX).zip(&mut table) {
            *byte = decide(status).0.number();
        }
        Self {
            table,
            set: Set::of(|status| decide(status).0 == Verdict::Allow),
            classes: Classes::of(|status| decide(status).1),
            width,
        }
    }

    /// The instructions it uses.
    #[must_use]
    pub const fn width(&self) -> Width {
        self.width
    }

    /// The verdicts, in the order of the patients: 1 allow, 0 deny.
    ///
    /// # Errors
    /// Slices of different lengths. Every verdict is then a denial.
    pub fn verdicts<S: Status, A: Answer>(
        &self,
        patients: &[S],
        verdicts: &mut [A],
    ) -> Result<(), LengthError> {
        if patients.len() != verdicts.len() {
            verdicts.fill(A::DENY);
            return Err(LengthError { patients: patients.len(), decisions: verdicts.len() });
        }
        self.run(Verdicts { allowed: self.allow(), patients, answers: verdicts });
        Ok(())
    }

    /// The verdicts as bits, in Arrow's layout: patient *n* is bit *n* mod 8, counted from the least
    /// significant, of byte *n* / 8; 1 is allow. The bits after the last patient are 0.
    ///
    /// # Errors
    /// Not one byte for each eight patients, begun or whole. Every bit is then 0, a denial.
    pub fn bitmap<S: Status>(&self, patients: &[S], bits: &mut [u8]) -> Result<(), LengthError> {
        if patients.len().div_ceil(8) != bits.len() {
            bits.fill(0);
            let decisions = bits.len().saturating_mul(8);
            return Err(LengthError { patients: patients.len(), decisions });
        }
        self.run(Bitmap { allowed: self.allow(), patients, bits });
        Ok(())
    }

    /// How many are allowed.
    #[must_use]
    pub fn allowed<S: Status>(&self, patients: &[S]) -> u64 {
        self.run(Count { allowed: self.allow(), patients })
    }

    /// How many are decided for each reason.
    #[must_use]
    pub fn reasons<S: Status>(&self, patients: &[S]) -> Counts {
        self.classes.counts(self.run(Reasons { classes: &self.classes, patients }))
    }

    /// The indices of those allowed, ascending, from 0.
    ///
    /// # Errors
    /// More patients than `u32` can number; `u64` never fails.
    pub fn kept<S: Status, I: Index>(&self, patients: &[S]) -> Result<Vec<I>, IndexError> {
        let mut kept = vec![];
        self.append_kept(patients, 0, &mut kept)?;
        Ok(kept)
    }

    /// The same for a part of a column, whose first patient has the index `first`, added to what is
    /// there. A list that is used again costs no allocation.
    ///
    /// # Errors
    /// An index past the greatest of its type. Nothing is then added.
    pub fn append_kept<S: Status, I: Index>(
        &self,
        patients: &[S],
        first: u64,
        kept: &mut Vec<I>,
    ) -> Result<(), IndexError> {
        let end = first.saturating_add(patients.len() as u64);
        if end > I::PATIENTS {
            return Err(IndexError { patients: end });
        }
        self.run(Kept { allowed: self.allow(), patients, first, indices: kept });
        Ok(())
    }

    const fn allow(&self) -> Allowed<'_> {
        Allowed { set: &self.set, table: &self.table }
    }

    fn run<W: Work>(&self, work: W) -> W::Output {
        self.width.run(work)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reason() -> impl Strategy<Value = Reason> {
        prop::sample::select(Reason::ALL)
    }

    proptest! {
        /// Not only the tables that today's policy leads to.
        #[test]
        fn any_table_is_applied_as_it_stands(
            verdicts in prop::collection::vec(any::<bool>(), 256),
            reasons in prop::collection::vec(reason(), 256),
            few in 1_usize..=12,
            column in prop::collection::vec(any::<u8>(), 0..400),
        ) {
            let verdict = |status: u8| {
                if verdicts[usize::from(status)] { Verdict::Allow } else { Verdict::Deny }
            };
            let number = |reason: Reason| usize::from(reason.number());
            let reason = |status: u8| Reason::ALL[number(reasons[usize::from(status)]) % few];
            let allowed = |status: &u8| verdict(*status) == Verdict::Allow;
            for width in Width::ALL.into_iter().filter(|width| width.is_available()) {
                let judge = Judge::build(|status| (verdict(status), reason(status)), width);
                let mut verdicts = vec![Verdict::Deny; column.len()];
                judge.verdicts(&column, &mut verdicts).unwrap();
                let expected: Vec<_> = column.iter().map(|status| verdict(*status)).collect();
                prop_assert_eq!(&verdicts, &expected);
                let mut bits = vec![0; column.len().div_ceil(8)];
                judge.bitmap(&column, &mut bits).unwrap();
                for (i, status) in column.iter().enumerate() {
                    prop_assert_eq!(bits[i / 8] >> (i % 8) & 1 == 1, allowed(status));
                }
                let kept: Vec<u64> = judge.kept(&column).unwrap();
                let expected: Vec<u64> =
                    (0..).zip(&column).filter(|(_, status)| allowed(status)).map(|(i, _)| i).collect();
                prop_assert_eq!(judge.allowed(&column), kept.len() as u64);
                prop_assert_eq!(kept, expected);
                let counts = judge.reasons(&column);
                for one in Reason::ALL {
                    let number = column.iter().filter(|status| reason(**status) == *one).count();
                    prop_assert_eq!(counts.of(*one), number as u64);
                }
            }
        }
    }
}
