//! Files of `tests/expected`: what the policy answers, committed, so that a change of policy is
//! reviewed as a diff.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Compares `text` with the committed file of this name; `OPTOUT_BLESS=1` writes it instead.
pub fn check(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(name);
    if std::env::var_os("OPTOUT_BLESS").is_some_and(|bless| bless == "1") {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        fs::write(&path, text).expect("a file to write to");
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let changes = changes(&committed, text);
    assert!(
        committed == text,
        "tests/expected/{name} is not what the policy answers now:\n\n{changes}\n\
         If this change of policy is meant: OPTOUT_BLESS=1 cargo test --test policy --all-features\n\
         and review the diff of tests/expected/{name} line by line."
    );
}

/// The lines that go (`-`) and come (`+`), each with its number in the file that holds it.
fn changes(before: &str, after: &str) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.lines().collect(), after.lines().collect());
    // The longest common run of lines from each pair of places to the two ends.
    let mut common = vec![vec![0_usize; after.len() + 1]; before.len() + 1];
    for i in (0..before.len()).rev() {
        for j in (0..after.len()).rev() {
            common[i][j] = if before[i] == after[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let mut text = String::new();
    let (mut i, mut j) = (0, 0);
    while i < before.len() || j < after.len() {
        if i < before.len() && j < after.len() && before[i] == after[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == after.len() || i < before.len() && common[i + 1][j] >= common[i][j + 1] {
            writeln!(text, "{:>5} - {}", i + 1, before[i]).expect("room in memory");
            i += 1;
        } else {
            writeln!(text, "{:>5} + {}", j + 1, after[j]).expect("room in memory");
            j += 1;
        }
    }
    text
}

#[test]
fn a_difference_is_shown_line_by_line() {
    let shown = changes("one\ntwo\nthree\nfour\n", "one\nthree\n3.5\nfour\nfive\n");
    assert_eq!(shown, "    2 - two\n    3 + 3.5\n    5 + five\n");
    assert_eq!(changes("", "one\n"), "    1 + one\n");
    assert_eq!(changes("same\n", "same\n"), "");
}
