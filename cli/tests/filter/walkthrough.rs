//! The walkthrough shows what the commands really print.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::bench::day;

/// Runs each `$` line of the `console` blocks in a copy of the sample, and puts what it printed below
/// it. `OPTOUT_UPDATE=1` writes the document.
#[test]
fn the_walkthrough_shows_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let dir = TempDir::new().unwrap();
    for entry in fs::read_dir(root.join("examples/extract")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), dir.path().join(entry.file_name())).unwrap();
    }
    let document = root.join("docs/walkthrough.md");
    let shown = fs::read_to_string(&document).unwrap();
    let mut real = String::new();
    let mut console = false;
    for line in shown.lines() {
        if line.starts_with("```") {
            console = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| console) {
            real.extend([line, "\n", &printed(command, dir.path())]);
            continue;
        } else if console {
            continue;
        }
        real.push_str(line);
        real.push('\n');
    }
    if std::env::var_os("OPTOUT_UPDATE").is_some() {
        fs::write(&document, &real).unwrap();
    }
    assert!(shown == real, "docs/walkthrough.md is out of date; run with OPTOUT_UPDATE=1:\n{real}");
}

/// What a command prints, with the path to the command under test before all others.
fn printed(command: &str, dir: &Path) -> String {
    let bin = Path::new(env!("CARGO_BIN_EXE_optout")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(dir)
        .env("PATH", path)
        .output()
        .unwrap();
    let mut text =
        String::from_utf8(output.stdout).unwrap().replace('\r', "").replace(&day(0), "2026-06-01");
    // The digest of a record is another each time.
    let noted = "noted elsewhere: ";
    if let Some(at) = text.find(noted) {
        let digest = at + noted.len();
        text.replace_range(digest..digest + 64, &"0123456789abcdef".repeat(4));
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
