//! The style that can be checked is checked.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

/// Every source file of the workspace.
fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8");
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn each_source(mut check: impl FnMut(&str, &str)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    sources(root, &mut found);
    assert!(found.len() > 20, "the sources were not found");
    for path in found {
        let name = path.strip_prefix(root).expect("inside the root").display().to_string();
        check(&name, &fs::read_to_string(&path).expect("a readable file"));
    }
}

/// A file has one noun, and stays under 400 lines; the test data of the oracle is its exception.
#[test]
fn a_file_stays_under_400_lines() {
    let mut long = Vec::new();
    each_source(|name, text| {
        let lines = text.lines().count();
        if lines > 400 && name != "tests/policy/oracle.rs" {
            long.push(format!("{name}: {lines} lines"));
        }
    });
    assert!(long.is_empty(), "split these: {long:?}");
}

#[test]
fn a_line_of_code_stays_under_120_characters() {
    let mut long = Vec::new();
    each_source(|name, text| {
        for (i, line) in text.lines().enumerate() {
            // A table row with its sentence, or an address, is read as one line.
            let text = line.contains('"') || line.contains("://") || line.contains("//");
            if line.chars().count() > 120 && !text {
                long.push(format!("{name}:{}", i + 1));
            }
        }
    });
    assert!(long.is_empty(), "wrap these: {long:?}");
}

/// No file is called after nothing in particular, and nothing is left for later.
#[test]
fn names_say_something_and_nothing_is_left_for_later() {
    let vague = ["util", "utils", "helper", "helpers", "misc", "common"];
    // Written in two parts, so that this file does not find itself.
    let later = [concat!("to", "do!("), concat!("unimplemen", "ted!("), concat!("FIX", "ME")];
    each_source(|name, text| {
        let stem = Path::new(name).file_stem().and_then(|stem| stem.to_str()).expect("a name");
        assert!(!vague.contains(&stem), "{name}: name it after its noun");
        for word in later {
            assert!(!text.contains(word), "{name}: holds {word}");
        }
    });
}

/// What decides does not reach for a clock, a file, a network or the environment. The proof, over
/// everything that the core is built from, is the build for a processor that has none of them.
#[test]
fn the_core_reaches_nothing_outside_itself() {
    let core = [
        "src/binding.rs",
        "src/clause.rs",
        "src/date.rs",
        "src/decision.rs",
        "src/disclosure.rs",
        "src/patient.rs",
        "src/purpose.rs",
        "src/route.rs",
        "src/ruling.rs",
    ];
    let mut seen = 0;
    each_source(|name, text| {
        if core.contains(&name) {
            seen += 1;
            for reach in ["std::", "SystemTime", "Instant", "unsafe", "extern "] {
                assert!(!text.contains(reach), "{name}: reaches for {reach}");
            }
        }
    });
    assert_eq!(seen, core.len(), "a file of the core has moved: name it here");
}
