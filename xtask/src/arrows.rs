//! The arrows between the files of a crate: none points to a layer above, and none goes in a circle.

mod imports;

use std::collections::{BTreeMap, BTreeSet};

use crate::Fallible;
use crate::place::Place;
use crate::step::Ended;
use imports::{Files, read};

/// The layers of the library, from below: what stands in a line knows those before it only.
const LAYERS: &[(&str, &[&str])] = &[
    (
        "policy",
        &[
            "vocabulary",
            "object",
            "clause",
            "source",
            "date",
            "decision",
            "disclosure",
            "patient",
            "purpose",
            "route",
            "binding",
            "ruling",
        ],
    ),
    ("question", &["flow", "explain", "question", "column"]),
    ("tables", &["tables"]),
    ("record", &["record"]),
    ("extract", &["extract"]),
    ("release", &["release"]),
];

/// Imports from a layer above that are still there: they go when the layers become crates. Files, from
/// and to. Nothing is added here.
const UPWARD: &[(&str, &str)] = &[];

/// How many files of a crate lie on a circle, which go when the layers become crates. It may only
/// shrink.
const CIRCLES: &[(&str, usize)] = &[("src", 32), ("cli/src", 10), ("capi/src", 7)];

/// Reads the sources of each crate and holds their imports to the tables.
pub fn arrows(place: &Place) -> Fallible<Ended> {
    let mut wrong = Vec::new();
    for (folder, most) in CIRCLES {
        let files = read(&place.root.join(folder))?;
        if *folder == "src" {
            wrong.extend(upward(&files));
        }
        let found = circles(&files);
        let in_circles: usize = found.iter().map(BTreeSet::len).sum();
        println!(
            "{folder}: {} files, {in_circles} of them in circles ({most} allowed)",
            files.len()
        );
        for circle in &found {
            println!("    {}", circle.iter().map(|file| shown(file)).collect::<Vec<_>>().join(" "));
        }
        if in_circles > *most {
            wrong.push(format!("{folder}: more files import one another in a circle than before"));
        } else if in_circles < *most {
            println!(
                "    fewer than before: write {in_circles} into CIRCLES in xtask/src/arrows.rs"
            );
        }
    }
    for wrong in &wrong {
        println!("wrong: {wrong}");
    }
    Ok(Ended::passed_if(wrong.is_empty()))
}

fn shown(module: &str) -> &str {
    if module.is_empty() { "(root)" } else { module }
}

/// The layer of a file: its place from below. The root of the crate only hands on.
fn layer(module: &str) -> Option<usize> {
    let first = module.split("::").next().unwrap_or(module);
    LAYERS.iter().position(|(_, modules)| modules.contains(&first))
}

fn upward(files: &Files) -> Vec<String> {
    let mut wrong = Vec::new();
    for (from, imported) in files.iter().filter(|(from, _)| !from.is_empty()) {
        let Some(own) = layer(from) else {
            wrong.push(format!("{from} is in no layer: name it in xtask/src/arrows.rs"));
            continue;
        };
        for to in imported.iter().filter(|to| layer(to).is_some_and(|other| other > own)) {
            if !UPWARD.contains(&(from, to)) {
                wrong.push(format!("{from} imports {to}, of a layer above it"));
            }
        }
    }
    wrong
}

/// The sets of files of which each reaches every other by imports.
fn circles(files: &Files) -> Vec<BTreeSet<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        files.keys().map(|file| (file, reach(files, file))).collect();
    let mut circles: Vec<BTreeSet<String>> = Vec::new();
    for (file, reaches) in &reached {
        if !reaches.contains(file) || circles.iter().any(|circle| circle.contains(*file)) {
            continue;
        }
        let back =
            |other: &&&String| reached.get(**other).is_some_and(|reaches| reaches.contains(file));
        circles.push(reaches.iter().filter(back).map(|other| (*other).clone()).collect());
    }
    circles
}

/// Every file that a file reaches by imports, itself only by a circle.
fn reach<'f>(files: &'f Files, from: &'f String) -> BTreeSet<&'f String> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        for to in files.get(file).into_iter().flatten() {
            if reached.insert(to) {
                next.push(to);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(arrows: &[(&str, &str)]) -> Files {
        let mut files = Files::new();
        for (from, to) in arrows {
            files.entry((*to).to_owned()).or_default();
            files.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        files
    }

    #[test]
    fn a_circle_is_found_and_what_hangs_on_it_is_not_in_it() {
        let found = circles(&files(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "a")]));
        let circle: Vec<Vec<&str>> =
            found.iter().map(|c| c.iter().map(String::as_str).collect()).collect();
        assert_eq!(circle, [["a", "b", "c"]]);
        assert!(circles(&files(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
    }

    #[test]
    fn an_import_from_above_is_wrong_and_so_is_a_file_without_a_layer() {
        assert_eq!(upward(&files(&[("record::list", "extract::rows")])).len(), 1);
        assert!(
            upward(&files(&[("extract::rows", "record::list"), ("record", "ruling")])).is_empty()
        );
        assert_eq!(upward(&files(&[("novelty", "ruling")])).len(), 1);
    }
}
