//! Who is registered where, and until when.

use crate::Date;
use crate::record::MaxAge;

/// A patient's registration with a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registration<'a> {
    /// The practice, letter for letter.
    pub practice: &'a str,
    /// Its last day; none while it goes on.
    pub until: Option<Date>,
    /// Whether it ended by death.
    pub died: bool,
}

impl<'a> Registration<'a> {
    /// One that goes on.
    #[must_use]
    pub const fn open(practice: &'a str) -> Self {
        Self { practice, until: None, died: false }
    }

    /// The same with its last day.
    #[must_use]
    pub const fn until(self, day: Date) -> Self {
        Self { until: Some(day), ..self }
    }

    /// The same, ended by death.
    #[must_use]
    pub const fn by_death(self) -> Self {
        Self { died: true, ..self }
    }

    /// Whether it holds on a day, by its end: registrations to come are in no export.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.until.is_none_or(|until| day <= until)
    }
}

/// A statement that everybody in a table of registrations was registered there on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllRegistered {
    /// The day.
    pub on: Date,
    /// How old the caller lets it be.
    pub max_age: MaxAge,
}

/// A day on which a statement of who is registered does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotThen {
    /// It is older than the caller accepts.
    #[error("the registrations are those of {on}, which is more than {} days before {day}", max_age.as_days())]
    TooOld {
        /// Its day.
        on: Date,
        /// The day on which it does not hold.
        day: Date,
        /// What the caller accepts.
        max_age: MaxAge,
    },
    /// It is of a later day.
    #[error("the registrations are those of {on}, which is after {day}")]
    Later {
        /// Its day.
        on: Date,
        /// The day on which it does not hold.
        day: Date,
    },
}

impl AllRegistered {
    /// Whether it may be relied on, on a day.
    ///
    /// # Errors
    /// It is too old for that day, or of a later one.
    pub fn check(self, day: Date) -> Result<(), NotThen> {
        let Self { on, max_age } = self;
        let age = i64::from(day.days_since_1970()) - i64::from(on.days_since_1970());
        match age {
            ..0 => Err(NotThen::Later { on, day }),
            _ if age > i64::from(max_age.as_days()) => Err(NotThen::TooOld { on, day, max_age }),
            _ => Ok(()),
        }
    }
}

/// The end of a patient's last registration, as one number: the day (`yyyymmdd`), then 1 where it ended
/// by death. 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LastEnd(u32);

impl LastEnd {
    pub(super) const fn of(until: Date, died: bool) -> Self {
        Self(until.yyyymmdd() * 2 + died as u32)
    }

    pub(super) const fn is_death(self) -> bool {
        self.0 % 2 == 1
    }
}
