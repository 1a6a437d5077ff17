//! `cargo xtask`: what CI and people run.

mod arrows;
mod bench;
mod features;
mod links;
mod mutants;
mod need;
mod place;
mod run;
mod semver;
mod step;
mod table;
#[cfg(feature = "vocabulary")]
mod vocabulary;

use std::error::Error;
use std::process::ExitCode;

use place::Place;
use step::Group;

type Fallible<T> = Result<T, Box<dyn Error>>;

const USAGE: &str = "\
cargo xtask ci [STEP ...]        runs every step, or those named; a group is code, c or hosts
cargo xtask ci --list            the steps, what each shows, and what it needs
cargo xtask c [STEP ...]         the steps of the C library
cargo xtask hosts [STEP ...]     the steps of the C library from other languages, and on Windows
cargo xtask check                the arrows between the modules, and the links in documents
cargo xtask generate [--check]   writes what is made from the vocabulary, or shows what would change
cargo xtask bench [NAME]         measures; without a name it says what there is
cargo xtask mutants [FOLDER]     every change of a policy rule must fail a test; writes docs/mutants.md

Missing Debian packages are installed where apt-get may. Tools of exact versions go below target/tools.
A step that lacks something says `skipped: why`; with CI=true it fails.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match act(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn act(arguments: &[&str]) -> Fallible<bool> {
    let place = Place::find()?;
    match arguments {
        ["ci", "--list"] => {
            table::print();
            Ok(true)
        }
        ["ci", named @ ..] => run::run(&place, &table::choose(None, named)?),
        ["c", named @ ..] => run::run(&place, &table::choose(Some(Group::C), named)?),
        ["hosts", named @ ..] => run::run(&place, &table::choose(Some(Group::Hosts), named)?),
        ["check"] => run::run(&place, &table::choose(None, &["arrows", "links"])?),
        ["generate"] => generate(&place, false),
        ["generate", "--check"] => generate(&place, true),
        ["bench", named @ ..] => bench::bench(&place, named),
        ["mutants"] => mutants::mutants(&place, None),
        ["mutants", folder] => mutants::mutants(&place, Some(folder)),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(true)
        }
        _ => Err(format!("I do not know `{}`\n\n{USAGE}", arguments.join(" ")).into()),
    }
}

#[cfg(feature = "vocabulary")]
fn generate(place: &Place, check: bool) -> Fallible<bool> {
    vocabulary::generate(place, check)
}

/// This program again, with the vocabulary in it.
#[cfg(not(feature = "vocabulary"))]
fn generate(place: &Place, check: bool) -> Fallible<bool> {
    let mut command = place.command("cargo");
    command.args([
        "run",
        "--quiet",
        "--package",
        "xtask",
        "--features",
        "vocabulary",
        "--",
        "generate",
    ]);
    if check {
        command.arg("--check");
    }
    Ok(command.status()?.success())
}
