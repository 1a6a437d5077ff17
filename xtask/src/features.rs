//! Each combination of features that a user can sensibly ask for.

use crate::Fallible;
use crate::place::Place;
use crate::step::Ended;

/// Package and features, without the default ones. A list and not every subset: features of the same
/// line build on one another, so that most subsets are the same build.
/// The C library without std is built by the step `decisions`, which ends where it panics.
const COMBINATIONS: &[(&str, &str)] = &[
    ("optout", ""),
    ("optout", "serde"),
    ("optout", "std"),
    ("optout", "std,serde"),
    ("optout", "column"),
    ("optout", "json"),
    ("optout", "record"),
    ("optout", "gather"),
    ("optout", "csv"),
    ("optout", "csv,column"),
    ("optout", "extract"),
    ("optout", "parquet"),
    ("optout-capi", "std"),
];

/// Every combination passes the lints: none has something that nobody uses.
pub fn features(place: &Place) -> Fallible<Ended> {
    let mut wrong = 0;
    for (package, features) in COMBINATIONS {
        println!("{package} --features \"{features}\"");
        let mut command = place.command("cargo");
        command.args([
            "clippy",
            "--quiet",
            "--package",
            package,
            "--no-default-features",
            "--features",
            features,
        ]);
        command.args(["--", "-D", "warnings"]);
        if !command.status()?.success() {
            wrong += 1;
        }
    }
    println!("{} combinations, {wrong} wrong", COMBINATIONS.len());
    Ok(Ended::passed_if(wrong == 0))
}
