//! A folder to work in, and the command run there.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use optout::National;
use optout::record::register::MaxAge;
use optout::record::{NhsNumber, Register};
use tempfile::TempDir;

/// A folder to work in, and the command run there.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// A folder with a request about these people.
    pub(crate) fn with_request(asked: &[String]) -> Self {
        let desk = Self::new();
        desk.write("list.txt", asked.join("\n"));
        let output = desk.run(&["request", "--list", "list.txt", "--output", "check"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        desk
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), contents).expect("the file is written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("the file is read")
    }

    /// Runs `optout check`, which never shows a number.
    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.run_with(args, b"")
    }

    pub(crate) fn run_with(&self, args: &[&str], input: &[u8]) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_optout"))
            .arg("check")
            .args(args)
            .current_dir(self.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        // It may stop before it has read everything.
        let _ = child.stdin.take().expect("its standard input").write_all(input);
        let output = child.wait_with_output().expect("the command ends");
        for said in [text(&output.stdout), text(&output.stderr)] {
            let mut runs = said.split(|c: char| !c.is_ascii_digit());
            assert!(!runs.any(|run| NhsNumber::parse(run.as_bytes()).is_ok()), "{said}");
        }
        output
    }

    /// Reads an answer into `register`.
    pub(crate) fn answer(&self, inbound: &[&str], more: &[&str]) -> Output {
        let fixed =
            ["--manifest", "check.manifest.json", "--register", "register", "--no-control-file"];
        self.run(&[&["read"], inbound, &fixed, more].concat())
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let entries = self.path().read_dir().expect("the folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
            .collect();
        names.sort();
        names
    }

    /// What the register says about everybody.
    pub(crate) fn statuses(&self, of: &[String]) -> Vec<National> {
        let register = Register::open(self.path().join("register")).expect("a register");
        let view = register.at(register.checked(), MaxAge::days(0));
        of.iter().map(|number| view.status(number.parse().expect("a number"))).collect()
    }
}

pub(crate) fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("text")
}

pub(crate) fn numbers(count: usize) -> Vec<String> {
    let numbers = (999_000_100..).filter_map(NhsNumber::from_first_nine).take(count);
    numbers.map(|number| text(&number.to_digits()).to_owned()).collect()
}

pub(crate) fn list(numbers: &[String]) -> String {
    numbers.iter().flat_map(|number| [number, ",\n"]).collect()
}

pub(crate) fn assert_refused(output: &Output, expected: &str) {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(expected), "{said}");
    assert!(said.contains("hint: "), "what to do: {said}");
}
