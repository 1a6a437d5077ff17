//! A folder with an extract and what decides it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use optout::Date;
use optout::record::register::{Builder, Sources};
use optout::record::{Existing, NhsNumber};
use tempfile::TempDir;

/// Clear, opted out, and never asked.
pub(crate) const CLEAR: &str = "9434765919";
pub(crate) const OPTED_OUT: &str = "9000962382";
pub(crate) const UNKNOWN: &str = "9000898358";

pub(crate) const TABLE: &str =
    "nhs,code\n9434765919,007\n9000962382,008\n9434765919,009\n9000898358,010\n";
pub(crate) const KEPT: &str = "nhs,code\n9434765919,007\n9434765919,009\n";

/// A folder for one test.
pub(crate) struct Bench {
    dir: TempDir,
}

/// The date of today in UTC, give or take the days.
pub(crate) fn day(offset: i64) -> String {
    let day = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * offset);
    day.to_string()[..10].to_owned()
}

impl Bench {
    /// An extract of one table, a register of yesterday, and a request that permits it.
    pub(crate) fn new() -> Self {
        let bench = Self { dir: TempDir::new().unwrap() };
        bench.write("table.csv", TABLE);
        bench.register(&day(-1));
        bench.request(&request(&day(0)));
        bench
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn request(&self, text: &str) {
        self.write("request.toml", text);
    }

    pub(crate) fn register(&self, checked: &str) {
        self.register_of(checked, &[CLEAR, OPTED_OUT], &[CLEAR]);
    }

    /// A register of who was asked and who came back.
    pub(crate) fn register_of(&self, checked: &str, asked: &[&str], back: &[&str]) {
        let number = |digits: &&str| NhsNumber::parse(digits.as_bytes()).unwrap();
        let mut builder = Builder::new();
        for person in asked.iter().map(number) {
            builder.ask(person);
        }
        for person in back.iter().map(number) {
            let _ = builder.answer(person);
        }
        let checked: Date = checked.parse().unwrap();
        let register = builder.finish(checked, Sources::default()).unwrap();
        register.write(self.path("register"), Existing::Replace).unwrap();
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_optout"));
        command.current_dir(self.dir.path()).args(args);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs the request into `out`.
    pub(crate) fn filter(&self) -> Output {
        self.run(&["filter", "request.toml", "--out", "out"])
    }

    /// What stands in the folder besides what the test put there.
    pub(crate) fn left(&self) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with('.') || Path::new(name) == Path::new("out"))
            .collect();
        names.sort();
        names
    }

    /// The run stops, says this, and leaves nothing behind.
    pub(crate) fn stops(&self, what: &str) {
        let output = self.filter();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(what), "expected `{what}` in: {said}");
        assert!(!said.contains("943") && !said.contains("900096"), "{said}");
        assert_eq!(self.left(), Vec::<String>::new());
    }

    /// The run succeeds.
    pub(crate) fn succeeds(&self) -> String {
        let output = self.filter();
        assert!(output.status.success(), "{}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    }
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Research on section 251 support.
pub(crate) fn request(on: &str) -> String {
    format!(
        r#"
[disclosure]
origin = "england-care"
boundary = "beyond-controller"
identifiability = "identifiable"
purpose = "research"
bases = ["copi-reg-5"]
conditions = []
on = {on}

[evidence.copi-reg-5]
reference = "25/CAG/0000"
from = 2025-01-01

[register]
file = "register"
max-age-days = 14

[[table]]
file = "table.csv"
person = "nhs"
"#
    )
}
