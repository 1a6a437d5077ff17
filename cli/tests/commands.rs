//! What the transcripts cannot show: request files that are wrong, colours, completions.
#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const REQUEST: &str = r#"[disclosure]
origin = "england-care"
boundary = "beyond-controller"
identifiability = "identifiable"
purpose = "research"
bases = ["copi-reg-5"]
conditions = []
on = 2026-06-01

[evidence.copi-reg-5]
reference = "24/CAG/0001"
from = 2026-01-01
until = 2027-01-01
"#;

fn optout(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_optout")).args(args).output().expect("the command runs")
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("text")
}

/// What `assess` says to a request file.
fn assess(name: &str, request: &str) -> Output {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, request).expect("the file is written");
    optout(&["assess", "--request", path.to_str().expect("a path of text")])
}

#[test]
fn evidence_is_shown_with_what_it_covers() {
    for (name, from, to, expected) in [
        (
            "covers",
            "",
            "",
            "copi-reg-5           24/CAG/0001; from 2026-01-01 until 2027-01-01: covers\n",
        ),
        ("text", "= 2026-01-01", "= \"2026-01-01\"", "from 2026-01-01 until 2027-01-01: covers\n"),
        ("no-end", "until = 2027-01-01\n", "", "24/CAG/0001; from 2026-01-01: covers 2026-06-01\n"),
        ("last-day", "2027-01-01", "2026-06-01", "until 2026-06-01: covers\n"),
        (
            "too-late",
            "2027-01-01",
            "2026-05-31",
            "DOES NOT\n                       COVER 2026-06-01\n",
        ),
        ("none", "[evidence.copi-reg-5]", "[evidence.copi-reg-2]", "copi-reg-5           NONE\n"),
        (
            "other",
            "[evidence.copi-reg-5]",
            "[evidence.copi-reg-2]",
            "copi-reg-2           given, but the disclosure does not rely on it\n",
        ),
    ] {
        let output = assess(name, &REQUEST.replace(from, to));
        assert!(output.status.success(), "{name}: {}", text(&output.stderr));
        assert!(text(&output.stdout).contains(expected), "{name}: {}", text(&output.stdout));
    }
}

#[test]
fn a_request_file_that_is_wrong_is_said_by_line_and_key() {
    for (name, from, to, expected) in [
        (
            "code",
            "england-care",
            "english-care",
            "line 2: origin: this is no code that is known, did you mean `england-care`?",
        ),
        (
            "key",
            "conditions",
            "condition",
            "line 7: unknown key `condition`, did you mean `conditions`? (accepted: flow, origin,",
        ),
        ("missing", "on = 2026-06-01\n", "", "line 1: disclosure: missing `on`"),
        (
            "twice",
            "[\"copi-reg-5\"]",
            "[\"copi-reg-5\", \"copi-reg-5\"]",
            "line 6: bases: code `copi-reg-5` is given twice",
        ),
        ("key-twice", "conditions", "bases", "line 7: `bases`: the key or table is given twice"),
        (
            "flow",
            "origin",
            "flow = \"cprd\"\norigin",
            "line 1: disclosure: `flow` stands for all keys but `on`; leave out `origin`",
        ),
        (
            "time",
            "2026-06-01\n",
            "2026-06-01T12:00:00Z\n",
            "line 8: `on`: not a day of the calendar",
        ),
        ("day", "2026-06-01\n", "\"2026-06-31\"\n", "line 8: `on`: not a day of the calendar"),
        (
            "number",
            "2026-06-01\n",
            "20260601\n",
            "line 8: `on`: expected a date such as 2026-06-01",
        ),
        (
            "list",
            "[disclosure]",
            "disclosure = [\"cprd\"]\n[x]",
            "line 1: `disclosure`: expected a table of all seven keys",
        ),
        (
            "assertion",
            "evidence.copi",
            "evidence.cop",
            "line 10: evidence: this is not an assertion that needs evidence, did you mean `copi-reg-5`? (accepted: court-order,",
        ),
        (
            "consent",
            "evidence.copi-reg-5",
            "evidence.explicit-consent",
            "is not an assertion that needs evidence",
        ),
        (
            "reference",
            "reference = \"24/CAG/0001\"\n",
            "",
            "line 10: `evidence`: missing `reference`",
        ),
        ("empty", "24/CAG/0001", " ", "line 10: `evidence`: `reference` is empty"),
        ("backwards", "2027-01-01", "2025-12-31", "line 10: `evidence`: `until` is before `from`"),
        ("quotes", "\"research\"", "research", "line 5: `purpose`: a text must stand in quotes"),
        ("bracket", "[\"copi-reg-5\"]", "[\"copi-reg-5\"", "line 7: a comma is missing"),
    ] {
        let output = assess(name, &REQUEST.replacen(from, to, 1));
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert_eq!(output.stdout, b"", "{name}");
        assert!(said.starts_with("error: ") && said.contains(name), "{name}: {said}");
        assert!(said.contains(expected), "{name}: {said}");
        assert!(said.ends_with("hint: `optout assess --help` shows a request file\n"), "{said}");
    }
}

#[test]
fn what_cannot_be_judged_names_the_request_file() {
    for (name, from, to, expected) in [
        ("early", "2026-06-01\n", "2018-05-24\n", "on: 2018-05-24 is before 2018-05-25"),
        (
            "contradiction",
            "[\"copi-reg-5\"]",
            "[\"statutory-duty\", \"s259-collection\"]",
            "contradict each other",
        ),
    ] {
        let output = assess(name, &REQUEST.replacen(from, to, 1));
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(said.contains(name) && said.contains(expected), "{name}: {said}");
    }
    let output = assess("no-such-flow", "[disclosure]\nflow = \"cprdd\"\non = 2026-06-01\n");
    assert!(text(&output.stderr).ends_with("no flow has the id `cprdd`, did you mean `cprd`?\n"));
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let explain = ["explain", "--flow", "cprd", "--on", "2026-06-01"];
    let coloured = |args: &[&str]| {
        let output = optout(args);
        output.stdout.contains(&b'\x1b') || output.stderr.contains(&b'\x1b')
    };
    assert!(!coloured(&explain));
    assert!(coloured(&[&["--color", "always"], &explain[..]].concat()));
    assert!(coloured(&[&explain[..], &["--color", "always"]].concat()));
    assert!(coloured(&["assess", "--flow", "cprd", "--color", "always"]), "an error too");
    assert!(!coloured(&["assess", "--flow", "cprd"]));
    let json = [&explain[..], &["--json", "--color", "always"]].concat();
    assert!(!coloured(&json), "JSON is never coloured");
    let forced = Command::new(env!("CARGO_BIN_EXE_optout"))
        .args(explain)
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1")
        .output()
        .expect("the command runs");
    assert!(!forced.stdout.contains(&b'\x1b'), "NO_COLOR has the last word");
}

#[test]
fn completions_know_the_codes_and_the_flows() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = optout(&["completions", shell]);
        let script = text(&output.stdout);
        assert!(output.status.success() && output.stderr.is_empty());
        assert!(script.contains("completions") && script.contains("exit-code"), "{shell}");
    }
    let fish = optout(&["completions", "fish"]);
    for word in ["copi-reg-5", "no-nhs-number", "summary-care-record"] {
        assert!(text(&fish.stdout).contains(word), "{word}");
    }
}

#[test]
fn answers_that_nobody_reads_are_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_optout"))
        .args(["flows", "--json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

/// Wherever it stands, what could be an NHS number is not repeated.
#[test]
fn no_error_shows_what_could_be_an_nhs_number() {
    let number = "9434765919";
    let outputs = [
        optout(&["assess", "--on", number]),
        optout(&["explain", number]),
        optout(&["explain", "--explicit-consent=943 476 5919"]),
        optout(&["flows", number]),
        optout(&[number]),
        assess("number-on", &REQUEST.replace("2026-06-01", "\"Jane Smith 9434765919\"")),
        assess("number-origin", &REQUEST.replace("england-care", "943-476-5919")),
        assess("number-key", &REQUEST.replace("origin", number)),
    ];
    for output in outputs {
        assert!(!output.status.success());
        for said in [text(&output.stdout), text(&output.stderr)] {
            assert!(!said.contains("4765"), "{said}");
            assert!(!said.contains("476 5919") && !said.contains("476-5919"), "{said}");
        }
        // What was an argument is shown masked; of a file nothing is shown.
        let of_file = text(&output.stderr).contains(", line ");
        assert!(of_file || text(&output.stderr).contains('#'), "{}", text(&output.stderr));
    }
}
