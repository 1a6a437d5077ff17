//! The handbook that is committed is the one that the program writes.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FILES: [&str; 2] = ["POLICY.md", "docs/decision.svg"];

fn handbook(args: &[&str], directory: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_optout"));
    command.arg("handbook").args(args);
    if !args.is_empty() {
        command.arg(directory);
    }
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|said| String::from_utf8_lossy(said));
    format!("{out}{err}")
}

/// An empty directory for one test.
fn directory(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    fs::create_dir_all(&directory).unwrap();
    directory
}

#[test]
fn the_committed_handbook_agrees_with_the_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let output = handbook(&["--check"], root);
    assert!(
        output.status.success(),
        "{}\nPOLICY.md or docs/decision.svg has drifted. To regenerate them:\n\
         cargo run -- handbook --write .\n",
        said(&output)
    );
}

#[test]
fn what_is_written_agrees_and_what_is_printed_is_the_handbook() {
    let directory = directory("written");
    let output = handbook(&["--write"], &directory);
    assert!(output.status.success(), "{}", said(&output));
    assert!(handbook(&["--check"], &directory).status.success());
    let printed = handbook(&[], &directory);
    assert!(printed.status.success());
    assert_eq!(printed.stdout, fs::read(directory.join("POLICY.md")).unwrap());
}

#[test]
fn a_changed_line_is_found_and_shown() {
    for name in FILES {
        let directory = directory(&format!("changed-{}", name.replace('/', "-")));
        assert!(handbook(&["--write"], &directory).status.success());
        let path = directory.join(name);
        let text = fs::read_to_string(&path).unwrap();
        let line = text.lines().find(|line| line.contains("binds")).unwrap();
        fs::write(&path, text.replacen(line, "It never binds.", 1)).unwrap();
        let output = handbook(&["--check"], &directory);
        assert_eq!(output.status.code(), Some(1));
        let said = said(&output);
        assert!(said.contains("\n-It never binds."), "{said}");
        assert!(said.contains(&format!("\n+{line}")), "{said}");
        assert!(said.contains("handbook --write"), "{said}");
    }
}

#[test]
fn a_file_that_is_not_there_is_a_difference() {
    for name in FILES {
        let directory = directory(&format!("missing-{}", name.replace('/', "-")));
        assert!(handbook(&["--write"], &directory).status.success());
        fs::remove_file(directory.join(name)).unwrap();
        let output = handbook(&["--check"], &directory);
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains("is not there"), "{}", said(&output));
    }
}
