//! The clock: read here and nowhere else.

use optout::Date;

use crate::error::Error;

/// The moment, to the second, in UTC.
pub(super) fn now() -> String {
    jiff::Timestamp::now()
        .round(jiff::Unit::Second)
        .unwrap_or_else(|_| jiff::Timestamp::now())
        .to_string()
}

/// The day in UTC; the disclosure may be dated a day before or after it.
pub(super) fn today() -> Result<Date, Error> {
    let now = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now());
    let parts = (u16::try_from(now.year()), u8::try_from(now.month()), u8::try_from(now.day()));
    match parts {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day),
        _ => None,
    }
    .ok_or_else(|| Error::new("the clock of this machine shows no date of the calendar"))
}
