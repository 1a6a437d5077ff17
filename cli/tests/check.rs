//! `optout check`: what is asked, what comes back, and what is refused.
#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use optout::record::register::MaxAge;
use optout::record::{NhsNumber, Register};
use optout::{Date, National};
use tempfile::TempDir;

const ERROR_TEXT: &str = "The file contains one or more invalid NHS Numbers.\n";
const JOB: &str = r#"{"version":10,"id":"1","status":"pending","stages":[{"stage":"validate_in_order","passed":true}]}"#;

/// A folder to work in, and the command run there.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// A folder with a request about these people.
    fn with_request(asked: &[String]) -> Self {
        let desk = Self::new();
        desk.write("list.txt", &asked.join("\n"));
        let output = desk.run(&["request", "--list", "list.txt", "--output", "check"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), contents).expect("the file is written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("the file is read")
    }

    /// Runs `optout check`, which never shows a number.
    fn run(&self, args: &[&str]) -> Output {
        self.run_with(args, b"")
    }

    fn run_with(&self, args: &[&str], input: &[u8]) -> Output {
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
    fn answer(&self, inbound: &[&str], more: &[&str]) -> Output {
        let fixed = ["--manifest", "check.manifest.json", "--register", "register"];
        self.run(&[&["read"], inbound, &fixed, more].concat())
    }

    fn names(&self) -> Vec<String> {
        let entries = self.path().read_dir().expect("the folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
            .collect();
        names.sort();
        names
    }

    /// What the register says about everybody.
    fn statuses(&self, of: &[String]) -> Vec<National> {
        let register = Register::open(self.path().join("register")).expect("a register");
        let view = register.at(register.checked(), MaxAge::days(0));
        of.iter().map(|number| view.status(number.parse().expect("a number"))).collect()
    }
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("text")
}

fn numbers(count: usize) -> Vec<String> {
    let numbers = (999_000_100..).filter_map(NhsNumber::from_first_nine).take(count);
    numbers.map(|number| text(&number.to_digits()).to_owned()).collect()
}

fn list(numbers: &[String]) -> String {
    numbers.iter().map(|number| format!("{number},\n")).collect()
}

fn control(message_type: &str, local_id: &str, day: &str) -> String {
    format!(
        "<DTSControl><MessageType>{message_type}</MessageType><LocalId>{local_id}</LocalId>\
         <StatusRecord><DateTime>{day}120000</DateTime><Event>TRANSFER</Event>\
         <Status>SUCCESS</Status></StatusRecord></DTSControl>"
    )
}

fn assert_refused(output: &Output, expected: &str) {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(expected), "{said}");
    assert!(said.contains("hint: "), "what to do: {said}");
}

#[test]
fn every_form_is_the_same_number_on_both_sides() {
    let people = numbers(40);
    let grouped = |number: &str, with: &str| {
        format!("{}{with}{}{with}{}", &number[..3], &number[3..6], &number[6..])
    };
    let form = |i: usize, number: &str| match i % 5 {
        0 => number.to_owned(),
        1 => grouped(number, " "),
        2 => grouped(number, "-"),
        3 => format!("\"{number}\""),
        _ => format!(" {number} "),
    };
    // The last person stands in another column alone, and was not asked about.
    let (stranger, asked) = people.split_last().expect("people");
    let mut extract = "\u{feff}\"nhs_number\",other\r\n".to_owned();
    for (i, number) in asked.iter().enumerate() {
        extract += &format!("{},\"{stranger}\r\n,\"\"\"\r\n", form(i, number));
    }
    let desk = Desk::new();
    desk.write("extract.csv", extract);
    let output =
        desk.run(&["request", "extract.csv", "--column", "nhs_number", "--output", "check"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(desk.read("check.dat"), list(asked));

    let mut answer = String::new();
    for (i, number) in asked.iter().enumerate().skip(2) {
        let end = [",\n", ",\r\n", "\n", "\r\n", ", \n"][i % 5];
        answer += &(form(i + 1, number) + end);
    }
    desk.write("answer.dat", answer.trim_end());
    let output = desk.answer(&["answer.dat"], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let statuses = desk.statuses(&people);
    assert_eq!(statuses[..2], [National::OptedOut; 2]);
    assert!(statuses[2..39].iter().all(|status| *status == National::None));
    assert_eq!(statuses[39], National::Unknown);
}

#[test]
fn what_is_not_a_number_is_counted_and_left_out() {
    let people = numbers(2);
    let wide: String =
        people[1].chars().map(|c| char::from_u32(c as u32 + 0xFEE0).expect("a digit")).collect();
    let desk = Desk::new();
    let rows = [
        &people[0],
        &people[0],
        "",
        "0000000000",
        "9999999999",
        &wide,
        "999000012",
        "NULL",
        "9434765918",
    ];
    desk.write("t.csv", format!("a,n\n{}", rows.map(|row| format!("1,{row}\n")).concat()));
    let output = desk.run(&["request", "t.csv", "--position", "2", "--output", "check", "--crlf"]);
    let said = text(&output.stderr);
    let counts: Vec<_> = said.lines().nth(1).expect("counts").split_whitespace().collect();
    assert_eq!(counts, ["t.csv", "2", "1", "4", "2", "1"], "{said}");
    assert!(said.contains("most fields are not NHS numbers"));
    assert_eq!(desk.read("check.dat"), format!("{},\r\n", people[0]));
    desk.write("none.csv", "n\nx\n");
    let output = desk.run(&["request", "none.csv", "--column", "n", "--output", "none"]);
    assert_refused(&output, "there is no valid NHS number");
}

#[test]
fn a_table_that_is_wrong_leaves_nothing() {
    let number = &numbers(1)[0];
    for (name, contents, expected) in [
        (
            "ragged.csv",
            format!("n,b\n{number},1\n\n{number}\n"),
            "ragged.csv: line 4: more or fewer",
        ),
        ("open.csv", format!("n,b\n{number},\"1\n{number},2\n"), "open.csv: line 2: a quote"),
        ("broken.csv", format!("n,b\n\"{number}\n\",1\n"), "broken.csv: line 2: a line break"),
        ("other.csv", "m,b\n1,2\n".into(), "other.csv: there is no column \"n\""),
        ("two.csv", format!("n,n\n{number},2\n"), "two.csv: two columns are called \"n\""),
        (
            "headless.csv",
            format!("n,{number}\n"),
            "headless.csv: there is an NHS number in the first row",
        ),
        ("empty.csv", String::new(), "empty.csv: this is an empty file"),
        ("packed.csv", "\u{1f}".into(), "packed.csv: there is no column"),
    ] {
        let desk = Desk::new();
        desk.write(name, contents);
        let output = desk.run(&["request", name, "--column", "n", "--output", "check"]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
        assert_eq!(desk.names(), [name]);
    }
    let desk = Desk::new();
    desk.write("t.csv", format!("n\n{number}\n"));
    desk.write("t.gz", b"\x1f\x8b\x08");
    for (args, expected) in [
        (&["t.csv", "t.gz", "--column", "n", "--output", "c"][..], "t.gz: this is a gzip file"),
        (
            &["t.csv", "--column", "n", "--column", "m", "--output", "c"],
            "no table has a column \"m\"",
        ),
        (&["t.csv", "missing.csv", "--column", "n", "--output", "c"], "cannot read missing.csv"),
        (&["t.csv", "--column", "n", "--output", "missing/c"], "missing/c"),
        (&["t.csv", "--column", "n", "--output", "."], "is a folder"),
        (&["t.csv", "--column", "n", "--output", "c", "--local-id", "a:b"], "LocalId"),
    ] {
        let output = desk.run(&[&["request"], args].concat());
        assert_eq!(output.status.code(), Some(2), "{expected}");
        assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
        assert_eq!(desk.names(), ["t.csv", "t.gz"], "{expected}");
    }
}

#[test]
fn files_are_private_and_replaced_only_when_told() {
    let people = numbers(3);
    let desk = Desk::new();
    desk.write("one.txt", &people[0]);
    desk.write("two.txt", people[1..].join("\n"));
    let mailboxes = ["--from", "AAAOT001", "--to", "BBBHC001", "--field", "Compress=N"];
    let one = ["request", "--list", "one.txt", "--output", "./", "--local-id", "c-1"];
    assert!(desk.run(&[&one[..], &mailboxes].concat()).status.success());
    let files = ["c-1.ctl", "c-1.dat", "c-1.manifest.json"];
    assert_eq!(desk.names()[..3], files);
    assert!(desk.read("c-1.ctl").contains("<LocalId>c-1</LocalId>"));
    assert!(desk.read("c-1.ctl").contains("<Compress>N</Compress>"));
    #[cfg(unix)]
    for name in files {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(desk.path().join(name)).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let two = ["request", "--list", "two.txt", "--output", "c-1"];
    assert_refused(&desk.run(&two), "c-1.dat exists");
    assert_eq!(desk.read("c-1.dat"), format!("{},\n", people[0]));
    // Without mailboxes there is no control file, and that of the request before must not stay.
    assert!(desk.run(&[&two[..], &["--force"]].concat()).status.success());
    assert_eq!(desk.names(), ["c-1.dat", "c-1.manifest.json", "one.txt", "two.txt"]);
    let itself = ["request", "--list", "c-1.dat", "--output", "c-1", "--force"];
    let output = desk.run(&itself);
    assert!(text(&output.stderr).contains("is read, and cannot be written too"));
    assert_eq!(desk.read("c-1.dat"), list(&people[1..]));
}

#[test]
fn standard_input_is_a_table_too() {
    let people = numbers(300);
    let table = format!("n\n{}\n", people.join("\n"));
    let desk = Desk::new();
    let output =
        desk.run_with(&["request", "-", "--column", "n", "--output", "check"], table.as_bytes());
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(desk.read("check.dat"), list(&people));
}

#[test]
fn each_inbound_file_is_told_and_only_the_list_is_read() {
    let asked = numbers(100);
    let good = list(&asked[5..]);
    let stranger = list(&numbers(101)[100..]);
    let wide = good.replacen('9', "９", 1);
    for (contents, code, expected) in [
        (JOB, 1, "the acknowledgement that a job was created (pending)"),
        (&JOB.replace("true", "false"), 2, "fails its checks: validate_in_order"),
        (ERROR_TEXT, 2, "an error: The file contains one or more invalid NHS Numbers."),
        ("", 2, "say `--everybody-opted-out`"),
        ("\r\n", 2, "the response is empty"),
        (
            "nhs_number\n9434765919\n",
            2,
            "nothing that the service sends: it is text of several lines",
        ),
        ("{\"a\":1}", 2, "it is JSON, but not the acknowledgement of a job"),
        ("<html>\n<body>\n", 2, "it is text of several lines"),
        (&wide, 2, "it is not plain text"),
        (&(good.clone() + &stranger), 2, "holds 1 numbers that the request did not ask"),
        (&stranger, 2, "holds 1 numbers that the request did not ask"),
        (&(good.clone() + JOB), 2, "row 96: there is more than a number in it"),
        (&(good.clone() + ERROR_TEXT), 2, "row 96: "),
        (&list(&asked), 2, "of 100 people asked nobody has opted out"),
        (&good, 0, "the cleaned list"),
    ] {
        let desk = Desk::with_request(&asked);
        desk.write("a.dat", contents);
        let output = desk.answer(&["a.dat"], &[]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(expected), "{said}");
        assert_eq!(desk.names().contains(&"register".to_owned()), code == 0);
    }
}

#[test]
fn control_files_say_whose_a_file_is() {
    let asked = numbers(100);
    let desk = Desk::with_request(&asked);
    desk.write("a.dat", list(&asked[5..]));
    for (contents, code, expected) in [
        (control("Data", "other", "29991231"), 1, "belongs to another request"),
        (control("Report", "check", "29991231"), 1, "a report on the transport (TRANSFER SUCCESS)"),
        (control("Invoice", "check", "29991231"), 2, "an unknown type of message"),
        (control("Data", "check", "20200101"), 2, "the response was sent on 2020-01-01, before"),
        ("<Other/>".into(), 2, "this is not a MESH control file"),
        (control("Data", "check", "29991231"), 0, "wrote register"),
    ] {
        desk.write("a.ctl", contents);
        for given in [["a.dat"], ["a.ctl"]] {
            let output = desk.answer(&given, &["--force"]);
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(code), "{said}");
            assert!(said.contains(expected), "{said}");
            assert!(!said.contains("warning"), "{said}");
        }
    }
    // A control file whose data was not fetched, and two lists.
    desk.write("b.ctl", control("Data", "check", "29991231"));
    let output = desk.answer(&["b.ctl"], &["--force"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("whose .dat is not there"));
    desk.write("b.dat", list(&asked));
    assert_refused(&desk.answer(&["a.dat", "b.dat"], &["--force"]), "there are 2 lists");
}

#[test]
fn what_is_unusual_is_warned_of_or_confirmed() {
    let asked = numbers(100);
    let desk = Desk::with_request(&asked);
    desk.write("half.dat", list(&asked[50..]));
    let warned = |more: &[&str]| {
        let output = desk.answer(&["half.dat"], &[&["--force"], more].concat());
        assert!(output.status.success());
        text(&output.stderr).contains("50.0% have opted out")
    };
    assert!(warned(&[]));
    assert!(warned(&["--max-share", "49.9"]));
    assert!(!warned(&["--max-share", "50"]));
    assert!(warned(&["--max-share", "90", "--min-share", "60"]));
    desk.write("none.dat", "");
    assert_refused(&desk.answer(&["none.dat"], &["--force"]), "is empty");
    assert!(desk.answer(&["none.dat"], &["--force", "--everybody-opted-out"]).status.success());
    assert!(desk.statuses(&asked).iter().all(|status| *status == National::OptedOut));
    desk.write("all.dat", list(&asked));
    assert_refused(&desk.answer(&["all.dat"], &["--force"]), "nobody has opted out");
    assert!(desk.answer(&["all.dat"], &["--force", "--nobody-opted-out"]).status.success());
    // An answer is not written over unasked, nor over what is read.
    assert_refused(&desk.answer(&["half.dat"], &[]), "register exists");
    let over = ["read", "half.dat", "--manifest", "check.manifest.json", "--force", "--register"];
    for path in ["half.dat", "check.dat", "check.manifest.json"] {
        let output = desk.run(&[&over[..], &[path]].concat());
        assert!(text(&output.stderr).contains("is read, and cannot be written too"), "{path}");
    }
}

#[test]
fn a_pair_that_is_none_is_refused() {
    let asked = numbers(100);
    let answer = list(&asked[5..]);
    let refused = |change: &dyn Fn(&Desk), expected| {
        let desk = Desk::with_request(&asked);
        desk.write("a.dat", &answer);
        change(&desk);
        let before = desk.names();
        assert_refused(&desk.answer(&["a.dat"], &[]), expected);
        assert_eq!(desk.names(), before);
    };
    let edit = |from: &'static str, to: &'static str| {
        move |desk: &Desk| {
            let manifest = desk.read("check.manifest.json");
            assert!(manifest.contains(from));
            desk.write("check.manifest.json", manifest.replace(from, to));
        }
    };
    refused(&|desk| desk.write("check.dat", list(&asked[1..])), "its digest is");
    refused(&|desk| desk.write("check.dat", list(&asked).replace('\n', "\r\n")), "its digest is");
    refused(&|desk| fs::remove_file(desk.path().join("check.dat")).expect("gone"), "cannot read");
    refused(&edit("\"version\": 1", "\"version\": 2"), "the manifest is of version 2");
    refused(&edit("\"numbers\": 100", "\"numbers\": 99"), "the manifest states 99");
    refused(&edit("\"created\": \"2", "\"created\": \"7"), "today is");
    refused(&edit("optout-request", "optout-register"), "not the manifest of a request");
    refused(&|desk| desk.write("check.manifest.json", "{"), "not the manifest of a request");
}

/// However much of an answer arrives, nobody is clear who did not come back.
#[test]
fn an_answer_cut_short_clears_nobody_more() {
    let asked = numbers(12);
    let desk = Desk::with_request(&asked);
    let whole = list(&asked[1..]);
    for length in 0..whole.len() {
        desk.write("a.dat", &whole[..length]);
        let output = desk.answer(&["a.dat"], &["--force"]);
        let said = text(&output.stderr);
        // The last row may lack its comma or line end.
        if length > 0 && (length % 12 == 0 || length % 12 >= 10) {
            assert_eq!(output.status.code(), Some(0), "{length}: {said}");
            let statuses = desk.statuses(&asked);
            let back = length.div_ceil(12);
            assert_eq!(statuses.iter().filter(|s| **s == National::None).count(), back);
            assert_eq!(statuses[0], National::OptedOut);
        } else {
            assert_eq!(output.status.code(), Some(2), "{length}: {said}");
        }
    }
}

#[test]
fn a_register_is_shown_or_refused() {
    let asked = numbers(100);
    let desk = Desk::with_request(&asked);
    desk.write("a.dat", list(&asked[5..]));
    assert!(desk.answer(&["a.dat"], &[]).status.success());
    let output = desk.run(&["show", "register", "--max-age", "14", "--json"]);
    assert!(output.status.success());
    let shown: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&shown["asked"], &shown["opted_out"]), (&100.into(), &5.into()));
    assert_eq!(shown["usable"], true);
    let checked: Date = shown["checked"].as_str().expect("a day").parse().expect("a day");
    assert!(desk.read("check.manifest.json").contains(&checked.to_string()));
    for (on, code) in [("2018-05-25", 3), ("9999-12-31", 3)] {
        let output = desk.run(&["show", "register", "--on", on, "--max-age", "14"]);
        assert_eq!(output.status.code(), Some(code), "{on}");
    }
    let whole = fs::read(desk.path().join("register")).expect("the register");
    for place in (0..whole.len()).step_by(701) {
        desk.write("cut", &whole[..place]);
        let mut altered = whole.clone();
        altered[place] ^= 4;
        desk.write("altered", altered);
        for name in ["cut", "altered"] {
            let output = desk.run(&["show", name]);
            assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{name} {place}");
        }
    }
    assert_eq!(desk.run(&["show", "missing"]).status.code(), Some(2));
}
