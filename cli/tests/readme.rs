//! The commands of the README run, and print what the README says.
#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::Path;
use std::process::Command;

use snapbox::assert_data_eq;

/// How a command of the README begins before `optout` is installed: the first shows what it builds.
const RUN: [&str; 2] = ["cargo run --quiet -- ", "cargo run -- "];

/// A command, and the fenced output that follows it, where one does. A line of `...` in the output
/// stands for any lines.
fn commands(readme: &str) -> Vec<(&str, Option<&str>)> {
    let mut fences = readme.split("\n```");
    let mut commands = Vec::new();
    // Text and fenced blocks alternate.
    fences.next();
    let mut last: Option<&str> = None;
    while let (Some(fence), after) = (fences.next(), fences.next()) {
        let body = fence.split_once('\n').map_or("", |(_, body)| body);
        if let Some(command) = last.take() {
            commands.push((command, Some(body)));
        } else if let Some(command) = RUN.iter().find_map(|run| body.strip_prefix(run)) {
            // An output stands right below its command.
            if after.is_some_and(|text| text.trim().is_empty()) {
                last = Some(command);
            } else {
                commands.push((command, None));
            }
        }
    }
    commands
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file");
        }
    }
}

#[test]
fn the_readme_says_what_the_command_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    let commands = commands(&readme);
    // Some write; the clone itself stays as it is.
    let clone = tempfile::tempdir().expect("a folder");
    copy(&root.join("examples"), &clone.path().join("examples"));
    assert!(!commands.is_empty(), "the README shows the command");
    for (command, expected) in commands {
        let output = Command::new(env!("CARGO_BIN_EXE_optout"))
            .args(command.split_whitespace())
            .current_dir(clone.path())
            .output()
            .expect("the command runs");
        assert!(output.status.success(), "{command}");
        if let Some(expected) = expected {
            let said = String::from_utf8(output.stdout).expect("text");
            assert_data_eq!(said.trim_end(), expected.trim_end());
        }
    }
}
