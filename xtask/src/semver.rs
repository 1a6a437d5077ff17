//! The public interface beside that of the last release.

use crate::place::Place;
use crate::step::Ended;
use crate::{Fallible, need};

/// A change that breaks a user needs a version that says so. Before the first tag there is nothing to
/// break, and the step says so.
pub fn semver(place: &Place) -> Fallible<Ended> {
    let Some(tag) = place.printed("git", &["describe", "--tags", "--abbrev=0"]) else {
        println!("nothing was released yet: there is no tag to compare with");
        return Ok(Ended::Passed);
    };
    if let Err(lacking) = need::cargo(place, "cargo-semver-checks", "0.51.0", "cargo-semver-checks")
    {
        println!("skipped: {lacking}");
        return Ok(Ended::Skipped);
    }
    println!("compared with {tag}");
    let mut command = place.command("cargo");
    command.args([
        "semver-checks",
        "--package",
        "optout",
        "--all-features",
        "--baseline-rev",
        &tag,
    ]);
    Ok(Ended::passed_if(command.status()?.success()))
}
