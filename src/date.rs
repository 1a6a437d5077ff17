//! A day of the Gregorian calendar. The library never reads a clock: every date is an argument.

use core::fmt;
use core::str::FromStr;

use crate::vocabulary::Given;

/// A day, from 0001-01-01 to 9999-12-31. ISO text (`2026-06-01`) in JSON and on the command line,
/// the integer `yyyymmdd` on the wire.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(u32);

impl Date {
    /// A day that exists, for constants.
    ///
    /// # Panics
    /// When there is no such day; in a constant this stops the build.
    #[must_use]
    pub const fn ymd(year: u16, month: u8, day: u8) -> Self {
        let date = Self::new(year, month, day);
        assert!(date.is_some(), "no such day");
        match date {
            Some(date) => date,
            None => Self(10_101),
        }
    }

    /// A day, or `None` when there is no such day.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        if year == 0 || year > 9999 || day == 0 || day > days {
            return None;
        }
        Some(Self(year as u32 * 10_000 + month as u32 * 100 + day as u32))
    }

    /// The day of an integer `yyyymmdd`, or `None` when there is no such day.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "each part is reduced first")]
    pub const fn from_yyyymmdd(number: u32) -> Option<Self> {
        if number > 99_991_231 {
            return None;
        }
        Self::new((number / 10_000) as u16, (number / 100 % 100) as u8, (number % 100) as u8)
    }

    /// The integer `yyyymmdd`.
    #[must_use]
    pub const fn yyyymmdd(self) -> u32 {
        self.0
    }

    /// Days since 1970-01-01, negative before it: for ages and intervals.
    #[must_use]
    pub const fn days_since_1970(self) -> i32 {
        let (y, m, d) = (
            self.0.cast_signed() / 10_000,
            self.0.cast_signed() / 100 % 100,
            self.0.cast_signed() % 100,
        );
        // Years begin in March, so that the leap day is the last of its year.
        let (y, m) = if m > 2 { (y, m - 3) } else { (y - 1, m + 9) };
        365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d - 1 - 719_468
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text that is not an ISO date of a day that exists.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{given} is not a day of the calendar; write it as year-month-day, such as 2026-06-01")]
pub struct DateError {
    given: Given,
}

impl fmt::Debug for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DateError({self})")
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// # Errors
    /// Anything but `yyyy-mm-dd` of a day that exists.
    fn from_str(text: &str) -> Result<Self, DateError> {
        parse(text.as_bytes()).ok_or(DateError { given: Given::text(text) })
    }
}

fn parse(text: &[u8]) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let number = [y1, y2, y3, y4, m1, m2, d1, d2].iter().try_fold(0, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
    })?;
    Date::from_yyyymmdd(number)
}

#[cfg(feature = "serde")]
impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::object::text(
            deserializer,
            |f| f.write_str("an ISO date such as 2026-06-01"),
            Self::from_str,
        )
    }
}
