//! Mutation test of the policy: every change of a rule must fail a test.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use crate::place::Place;
use crate::{Fallible, need};

const FILES: [&str; 5] = ["route", "binding", "ruling", "decision", "purpose"];
const EQUIVALENT: &str = "tests/policy/equivalent_mutants.txt";

/// Runs the mutants, writes `docs/mutants.md`, and says whether none survives but those that are
/// listed as equivalent.
pub fn mutants(place: &Place, folder: Option<&str>) -> Fallible<bool> {
    need::cargo(place, "cargo-mutants", "27.1.0", "cargo-mutants")?;
    let out = folder.map_or_else(|| place.target.join("mutants"), |given| place.root.join(given));
    let found = out.join("mutants.out");
    fs::create_dir_all(&out)?;
    if found.exists() {
        fs::remove_dir_all(&found)?;
    }
    let began = Instant::now();
    let mut command = place.command("cargo");
    command.args([
        "mutants",
        "--no-shuffle",
        "--jobs",
        "2",
        "--profile",
        "mutants",
        "--package",
        "optout",
    ]);
    command.arg("--output").arg(&out);
    for file in FILES {
        command.arg("--file").arg(format!("src/{file}.rs"));
    }
    command.args(["--", "--all-features", "--test", "policy", "--test", "explain"]);
    // It fails where a mutant survives: what survived is judged here.
    command.env("OPTOUT_SPACE", "small").status()?;

    let tested = Tested::read(&found)?;
    let listed = listed(&fs::read_to_string(place.root.join(EQUIVALENT))?);
    let with = place.printed("cargo", &["mutants", "--version"]).unwrap_or_default();
    let page = tested.page(&listed, began.elapsed().as_secs(), &with);
    fs::write(place.root.join("docs/mutants.md"), &page)?;
    println!("{page}");
    let faults = tested.faults(&listed);
    for fault in &faults {
        eprintln!("error: {fault}");
    }
    Ok(faults.is_empty())
}

/// What became of each mutant, a line each.
struct Tested {
    caught: Vec<String>,
    missed: Vec<String>,
    timeout: Vec<String>,
    unviable: Vec<String>,
}

impl Tested {
    fn read(folder: &Path) -> Fallible<Self> {
        let lines = |name: &str| -> Fallible<Vec<String>> {
            Ok(fs::read_to_string(folder.join(name))?.lines().map(str::to_owned).collect())
        };
        Ok(Self {
            caught: lines("caught.txt")?,
            missed: lines("missed.txt")?,
            timeout: lines("timeout.txt")?,
            unviable: lines("unviable.txt")?,
        })
    }

    fn survived(&self) -> BTreeSet<String> {
        self.missed.iter().map(|line| name(line)).collect()
    }

    fn page(&self, listed: &BTreeSet<String>, seconds: u64, with: &str) -> String {
        let (caught, missed) = (self.caught.len(), self.missed.len());
        let (timeout, unviable) = (self.timeout.len(), self.unviable.len());
        let all = caught + missed + timeout + unviable;
        let equivalent = self.survived().intersection(listed).count();
        let files = FILES.map(|file| format!("`{file}.rs`"));
        let (last, first) =
            files.split_last().map_or((String::new(), String::new()), |(last, first)| {
                (last.clone(), first.join(", "))
            });
        format!(
            "# Mutation test of the policy\n\n\
             Every mutant of {first} and {last}, against the\n\
             specification as tests (`tests/policy`, `tests/explain.rs`). Written by `cargo xtask mutants`.\n\n\
             | mutants | killed | did not compile | timed out | survived | of these shown equivalent |\n\
             |---|---|---|---|---|---|\n\
             | {all} | {caught} | {unviable} | {timeout} | {missed} | {equivalent} |\n\n\
             The run took {seconds} seconds on two cores, with {with}.\n\n\
             Mutants shown equivalent, with the reason: `{EQUIVALENT}`.\n"
        )
    }

    fn faults(&self, listed: &BTreeSet<String>) -> Vec<String> {
        let survived = self.survived();
        let mut faults = Vec::new();
        if self.caught.len() + self.missed.len() == 0 {
            faults.push("no mutant was tested".to_owned());
        }
        if !self.timeout.is_empty() {
            faults.push(format!(
                "{} mutants timed out: neither killed nor shown equivalent",
                self.timeout.len()
            ));
        }
        faults.extend(
            listed
                .difference(&survived)
                .map(|mutant| format!("listed as equivalent, but killed now: {mutant}")),
        );
        faults.extend(survived.difference(listed).map(|mutant| format!("survived: {mutant}")));
        faults
    }
}

/// The mutants that are shown equivalent: a line each, with the reason behind the last ` | `.
fn listed(text: &str) -> BTreeSet<String> {
    let entries = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    entries
        .map(|line| line.rsplit_once(" | ").map_or(line, |(mutant, _)| mutant).to_owned())
        .collect()
}

/// Line and column move with every edit: a mutant is named by its file and what was changed.
fn name(line: &str) -> String {
    let mut parts = line.splitn(4, ':');
    let (file, at, column, change) = (parts.next(), parts.next(), parts.next(), parts.next());
    let number = |part: Option<&str>| {
        part.is_some_and(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    match (file, change) {
        (Some(file), Some(change)) if number(at) && number(column) => format!("{file}:{change}"),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tested(missed: &[&str]) -> Tested {
        Tested {
            caught: vec!["src/route.rs:1:2: replace a with b".to_owned()],
            missed: missed.iter().map(|line| (*line).to_owned()).collect(),
            timeout: Vec::new(),
            unviable: Vec::new(),
        }
    }

    #[test]
    fn a_survivor_is_a_fault_unless_it_is_listed_wherever_it_stands() {
        let survivor = tested(&["src/route.rs:210:9: replace | with ^ in Route::f"]);
        assert_eq!(survivor.faults(&BTreeSet::new()).len(), 1);
        let listed =
            listed("# why\n\nsrc/route.rs: replace | with ^ in Route::f | the bits are apart\n");
        assert!(survivor.faults(&listed).is_empty());
    }

    #[test]
    fn what_is_listed_and_killed_is_a_fault_and_so_is_a_run_without_mutants() {
        let listed = listed("src/route.rs: replace a with b | no reason\n");
        assert_eq!(tested(&[]).faults(&listed).len(), 1);
        let mut nothing = tested(&[]);
        nothing.caught.clear();
        assert_eq!(nothing.faults(&BTreeSet::new()).len(), 1);
        nothing.timeout.push("src/route.rs:1:2: x".to_owned());
        assert_eq!(nothing.faults(&BTreeSet::new()).len(), 2);
    }
}
