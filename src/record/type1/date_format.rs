//! How the dates of entries are written.

use core::ops::RangeInclusive;
use core::str::FromStr;

use crate::Date;

/// How dates are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFormat {
    /// `2026-06-01`, perhaps with a time behind it (`2026-06-01T00:00:00`, `2026-06-01 00:00`).
    Iso,
    /// `01/06/2026` or `1/6/2026`, perhaps with a time behind it.
    DayMonthYear,
    /// `01-Jun-2026` or `1 Jun 2026`, the month by three letters in English, perhaps with a time
    /// behind it.
    DayMonthName,
    /// `20260601`, the basic format of ISO 8601.
    IsoBasic,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl DateFormat {
    /// The date that a field holds; `None` where it is in another form or does not exist.
    pub(super) fn read(self, field: &[u8]) -> Option<Date> {
        let text = str::from_utf8(field).ok()?;
        match self {
            Self::Iso => without_time(text)?.parse().ok(),
            Self::IsoBasic => Date::from_yyyymmdd(number(text, 8..=8)?),
            Self::DayMonthYear => {
                let mut parts = without_time(text)?.split('/');
                let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
                let month = number(month, 1..=2)?;
                if parts.next().is_some() { None } else { of(day, month, year) }
            }
            Self::DayMonthName => {
                let mut parts = text.splitn(3, ['-', ' ']);
                let (day, name, rest) = (parts.next()?, parts.next()?, parts.next()?);
                let (month, _) = (1..).zip(MONTHS).find(|(_, of)| of.eq_ignore_ascii_case(name))?;
                of(day, month, without_time(rest)?)
            }
        }
    }
}

fn of(day: &str, month: u8, year: &str) -> Option<Date> {
    Date::new(number(year, 4..=4)?, month, number(day, 1..=2)?)
}

/// So many digits.
fn number<N: FromStr>(text: &str, length: RangeInclusive<usize>) -> Option<N> {
    let is_number = length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// What stands before a time, where there is one.
fn without_time(text: &str) -> Option<&str> {
    let (day, time) = text.split_at(text.find(['T', ' ']).unwrap_or(text.len()));
    let of_time =
        |byte| matches!(byte, b'0'..=b'9' | b':' | b'.' | b'+' | b'-' | b' ' | b'T' | b'Z');
    time.bytes().all(of_time).then_some(day)
}
