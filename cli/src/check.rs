//! The Check for National Data Opt-outs over MESH files: asking, reading the answer, and the register
//! that is kept of it.

pub(crate) mod args;
mod inbox;
mod read;
mod request;
mod show;
mod wording;

use std::path::Path;
use std::process::ExitCode;

use optout::Date;

use crate::error::Error;
use crate::screen;
use args::{CheckArgs, CheckCommand};

pub(crate) fn run(args: &CheckArgs) -> Result<ExitCode, Error> {
    match &args.command {
        CheckCommand::Request(args) => request::run(args),
        CheckCommand::Read(args) => read::run(args),
        CheckCommand::Show(args) => show::run(args),
    }
}

/// The day in UTC. In England that is never later than the day of the calendar on the wall, so that
/// a check is never taken to be younger than it is.
fn today() -> Result<Date, Error> {
    let now = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now());
    let day = match (u16::try_from(now.year()), u8::try_from(now.month()), u8::try_from(now.day()))
    {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day),
        _ => None,
    };
    day.ok_or_else(|| Error::new("the clock of this machine shows no day of the calendar"))
}

/// Refuses a place where something is, unless it may be replaced; and always one that is read.
fn refuse_taken(path: &Path, force: bool, read: &[&Path]) -> Result<(), Error> {
    if !path.try_exists().map_err(|error| cannot("write", path, &error))? {
        return Ok(());
    }
    if read.iter().any(|other| same_file(path, other)) {
        return Err(Error::new(format!("{} is read, and cannot be written too", path.display())));
    }
    if force {
        return Ok(());
    }
    Err(Error::new(format!("{} exists", path.display()))
        .hint("choose another name, or say `--force` to replace it"))
}

fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// A path as the screen shows it.
fn shown(path: &Path) -> String {
    screen::path(path)
}

fn cannot(act: &str, path: &Path, error: &std::io::Error) -> Error {
    Error::new(format!("cannot {act} {}: {error}", path.display()))
}
