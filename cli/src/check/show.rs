//! `optout check show`: what a register is.

use std::process::ExitCode;

use optout::Date;
use optout::record::register::{Freshness, MaxAge, OpenError};
use optout::record::{Digest, Register};
use serde::Serialize;

use super::args::ShowArgs;
use super::wording::{days, percent, thousands};
use super::{cannot, today};
use crate::error::{Error, say_warning};
use crate::output::{json_to_stdout, to_stdout, write_field};

/// The exit status when the register may not be used on the day.
const NOT_FRESH: u8 = 3;

/// A register, without anybody in it.
#[derive(Serialize)]
struct Shown {
    format: &'static str,
    version: u32,
    checked: Date,
    on: Date,
    age_days: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    usable: Option<bool>,
    asked: u64,
    opted_out: u64,
    digest: Digest,
    request: Digest,
    response: Digest,
}

pub(crate) fn run(args: &ShowArgs) -> Result<ExitCode, Error> {
    let register = Register::open(&args.register).map_err(|error| match &error {
        OpenError::Io(error) => cannot("read", &args.register, error),
        OpenError::Register(_) | _ => Error::new(format!("{}: {error}", args.register.display())),
    })?;
    let on = args.on.map_or_else(today, Ok)?;
    let checked = register.checked();
    let freshness = args.max_age.map(|days| register.at(on, MaxAge::days(days)).freshness());
    if args.max_age.is_some_and(|days| MaxAge::days(days).is_over_21_days()) {
        say_warning("more than 21 days, which is widely quoted as the most, though unconfirmed");
    }
    let shown = Shown {
        format: "optout-register",
        version: Register::FORMAT_VERSION,
        checked,
        on,
        age_days: i64::from(on.days_since_1970()) - i64::from(checked.days_since_1970()),
        usable: freshness.map(Freshness::is_fresh),
        asked: register.asked(),
        opted_out: register.opted_out(),
        digest: register.digest(),
        request: register.sources().request,
        response: register.sources().response,
    };
    if args.json {
        json_to_stdout(&shown)?;
    } else {
        write(&shown, freshness)?;
    }
    let usable = shown.usable.unwrap_or(true);
    Ok(if usable { ExitCode::SUCCESS } else { ExitCode::from(NOT_FRESH) })
}

fn write(shown: &Shown, freshness: Option<Freshness>) -> Result<ExitCode, Error> {
    let age = if shown.age_days < 0 {
        format!("{} before the check", days(-shown.age_days))
    } else {
        days(shown.age_days)
    };
    let clear = shown.asked.saturating_sub(shown.opted_out);
    let share = percent(shown.opted_out, shown.asked);
    let mut fields = vec![
        ("checked", format!("{}, the day of the request", shown.checked)),
        ("age", format!("{age}, on {}", shown.on)),
        ("asked", thousands(shown.asked)),
        ("opted out", format!("{} ({share:.1}%)", thousands(shown.opted_out))),
        ("clear", thousands(clear)),
        ("format", format!("{} {}", shown.format, shown.version)),
        ("digest", shown.digest.to_string()),
        ("request", shown.request.to_string()),
        ("response", shown.response.to_string()),
    ];
    if let Some(freshness) = freshness {
        fields.insert(2, ("usable", usable(freshness)));
    }
    to_stdout(|out| fields.iter().try_for_each(|(label, text)| write_field(out, 11, label, text)))
}

fn usable(freshness: Freshness) -> String {
    match freshness {
        Freshness::Fresh { .. } => "yes".to_owned(),
        Freshness::TooOld { max_age, .. } => format!(
            "no: it is older than {}, so every status is unknown; ask again",
            days(max_age.as_days().into())
        ),
        Freshness::CheckedLater { checked } => {
            format!("no: it was checked later, on {checked}, so every status is unknown")
        }
    }
}
