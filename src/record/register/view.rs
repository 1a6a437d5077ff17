//! What a register says on a given day.

use super::{Register, block};
use crate::record::NhsNumber;
use crate::{Date, National};

/// How many days a national check may be used. There is no default: the caller states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MaxAge(u16);

impl MaxAge {
    /// This many days; 0 is the day of the check alone.
    #[must_use]
    pub const fn days(days: u16) -> Self {
        Self(days)
    }

    /// The days.
    #[must_use]
    pub const fn as_days(self) -> u16 {
        self.0
    }

    /// Whether this is more than the 21 days that are widely quoted (grade C, unconfirmed), which
    /// calls for a warning (specification, section 8).
    #[must_use]
    pub const fn is_over_21_days(self) -> bool {
        self.0 > 21
    }
}

/// Whether a check may be used on the day of a disclosure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// It may.
    Fresh {
        /// Days from the check to the disclosure.
        age_days: u16,
    },
    /// It is older than the caller accepts; every status is unknown.
    TooOld {
        /// Days from the check to the disclosure.
        age_days: u32,
        /// What the caller accepts.
        max_age: MaxAge,
    },
    /// The check was made after the day of the disclosure; every status is unknown.
    CheckedLater {
        /// The day of the check.
        checked: Date,
    },
}

impl Freshness {
    fn new(checked: Date, on: Date, max_age: MaxAge) -> Self {
        let age = i64::from(on.days_since_1970()) - i64::from(checked.days_since_1970());
        match (u16::try_from(age), u32::try_from(age)) {
            (Ok(age_days), _) if age_days <= max_age.0 => Self::Fresh { age_days },
            (_, Ok(age_days)) => Self::TooOld { age_days, max_age },
            (_, Err(_)) => Self::CheckedLater { checked },
        }
    }

    /// Whether the check may be used.
    #[must_use]
    pub const fn is_fresh(self) -> bool {
        match self {
            Self::Fresh { .. } => true,
            Self::TooOld { .. } | Self::CheckedLater { .. } => false,
        }
    }
}

/// A register on the day of a disclosure.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    register: &'a Register,
    freshness: Freshness,
}

impl<'a> View<'a> {
    pub(super) fn new(register: &'a Register, on: Date, max_age: MaxAge) -> Self {
        Self { register, freshness: Freshness::new(register.checked(), on, max_age) }
    }

    /// The register behind the view.
    #[must_use]
    pub const fn register(&self) -> &'a Register {
        self.register
    }

    /// Whether the check may be used on this day, and why not.
    #[must_use]
    pub const fn freshness(&self) -> Freshness {
        self.freshness
    }

    /// The national status of a number: [`National::None`] when it was asked and came back,
    /// [`National::OptedOut`] when it was asked and did not, [`National::Unknown`] when it was not
    /// asked or the check may not be used on this day.
    #[inline]
    #[must_use]
    pub fn status(&self, number: NhsNumber) -> National {
        if !self.freshness.is_fresh() {
            return National::Unknown;
        }
        self.register.status(number)
    }

    /// The national status of each number, in order: what [`status`](Self::status) says, faster
    /// where the numbers are in no order. No number (`None`) is unknown.
    ///
    /// # Errors
    /// Slices of different lengths. Every status is then unknown.
    pub fn status_many(
        &self,
        numbers: &[Option<NhsNumber>],
        statuses: &mut [National],
    ) -> Result<(), LengthError> {
        if numbers.len() != statuses.len() {
            statuses.fill(National::Unknown);
            return Err(LengthError { numbers: numbers.len(), statuses: statuses.len() });
        }
        if !self.freshness.is_fresh() {
            statuses.fill(National::Unknown);
            return Ok(());
        }
        block::look_up(self.register, numbers, statuses);
        Ok(())
    }
}

/// Two slices that should be of one length are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{numbers} numbers but room for {statuses} statuses; every status is set to unknown")]
pub struct LengthError {
    /// How many numbers were given.
    pub numbers: usize,
    /// How many answers there is room for.
    pub statuses: usize,
}
