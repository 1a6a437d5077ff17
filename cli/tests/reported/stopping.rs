//! A run that must end: after an error, by a signal, and on hostile input.
#![cfg(unix)]

mod workers;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::bench::{Bench, CLEAR, KEPT, OPTED_OUT, TABLE, day, request, stderr};

fn fifo(bench: &Bench, name: &str) {
    assert!(Command::new("mkfifo").arg(bench.path(name)).status().unwrap().success());
}

fn start(bench: &Bench, args: &[&str]) -> Child {
    bench.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn signal(run: &Child, signal: Signal) {
    kill_process(Pid::from_child(run), signal).unwrap();
}

/// How it ended, within some seconds.
fn ended(mut run: Child) -> (ExitStatus, String) {
    let started = Instant::now();
    while run.try_wait().unwrap().is_none() {
        if started.elapsed() > Duration::from_secs(10) {
            run.kill().unwrap();
            panic!("it did not end");
        }
        sleep(Duration::from_millis(10));
    }
    let output = run.wait_with_output().unwrap();
    (output.status, stderr(&output))
}

/// The time that a run takes until it waits.
const BEGUN: Duration = Duration::from_millis(400);

const TYPE1: &str = "
[type1]
entries = \"ENTRIES\"
patient = \"nhs\"
code = \"code\"
system = \"read-v2\"
date = \"date\"
practice = \"practice\"
practices-read = [\"A81001\"]
all-registered-on = TODAY
all-registered-max-age-days = 1
registrations = { file = \"REGISTERED\", patient = \"nhs\", practice = \"practice\" }
";

/// What waits for a pipe stops at the first signal, whether nobody has it open or somebody is silent.
#[test]
fn a_pipe_that_says_nothing_can_be_interrupted() {
    let fine = request(&day(0));
    let list = "[[list]]\nof = \"care-objectors\"\nfile = \"pipe\"\ncolumn = \"nhs\"\n";
    let type1 = |entries: &str, registered: &str| {
        let type1 = TYPE1.replace("ENTRIES", entries).replace("REGISTERED", registered);
        let type1 = type1.replace("TODAY", &day(0));
        format!("{fine}{type1}")
    };
    for (name, request) in [
        ("table", fine.replace("table.csv", "pipe")),
        ("list", format!("{fine}{list}")),
        ("entries", type1("pipe", "patients.csv")),
        ("registrations", type1("events.csv", "pipe")),
    ] {
        for (silent, with) in [(false, Signal::TERM), (true, Signal::INT), (true, Signal::HUP)] {
            let bench = Bench::new();
            bench.write(
                "events.csv",
                format!("nhs,practice,date,code\n{CLEAR},A81001,2020-01-01,246..\n"),
            );
            bench.write("patients.csv", format!("nhs,practice\n{CLEAR},A81001\n"));
            bench.request(&request);
            fifo(&bench, "pipe");
            let run =
                start(&bench, &["filter", "request.toml", "--out", "out", "--series", "series"]);
            let writer = silent.then(|| {
                let mut writer = OpenOptions::new().write(true).open(bench.path("pipe")).unwrap();
                writer.write_all(b"nhs,co").unwrap();
                writer
            });
            // The series is opened after the signals are.
            while !bench.path("series/.lock").exists() {
                sleep(Duration::from_millis(10));
            }
            sleep(BEGUN);
            signal(&run, with);
            let (status, told) = ended(run);
            assert_eq!(status.code(), Some(2), "{name}: {told}");
            assert!(told.contains("stopped by a signal; nothing was released"), "{name}: {told}");
            assert!(bench.left().is_empty(), "{name}");
            assert!(bench.read("series/000001.json").contains("stopped by a signal"), "{name}");
            drop(writer);
        }
    }
}

/// Before anything has begun, and in commands that leave nothing, a signal ends the process.
#[test]
fn a_pipe_in_the_place_of_a_small_file_can_be_interrupted() {
    for args in [
        &["filter", "pipe", "--out", "out"][..],
        &["assess", "--request", "pipe"],
        &["check", "read", "table.csv", "--manifest", "pipe", "--register", "new"],
        &["check", "request", "pipe", "--column", "nhs", "--output", "asked"],
        &["decide", "pipe"],
    ] {
        let bench = Bench::new();
        fifo(&bench, "pipe");
        let run = start(&bench, args);
        sleep(BEGUN);
        signal(&run, Signal::TERM);
        let (status, told) = ended(run);
        assert_eq!(status.signal(), Some(15), "{args:?}: {told}");
        assert!(bench.left().is_empty());
    }
}

/// A pipe in the place of a register or a Parquet table is refused, and not waited for.
#[test]
fn what_must_be_a_file_is_no_pipe() {
    let fine = request(&day(0));
    for (given, what) in [
        (fine.replace("\"register\"", "\"pipe.parquet\""), "not a regular file"),
        (fine.replace("table.csv", "pipe.parquet"), "from a regular file only"),
        (fine.replace("table.csv", "folder"), "this is a folder"),
    ] {
        let bench = Bench::new();
        bench.request(&given);
        fs::create_dir(bench.path("folder")).unwrap();
        fifo(&bench, "pipe.parquet");
        let (status, told) = ended(start(&bench, &["filter", "request.toml", "--out", "out"]));
        assert!(status.code() == Some(2) && told.contains(what), "{told}");
        assert!(bench.left().is_empty());
    }
}

/// What comes through a pipe is a table as any other.
#[test]
fn a_pipe_that_speaks_is_read() {
    let bench = Bench::new();
    bench.request(&request(&day(0)).replace("\"table.csv\"", "\"pipe\"\noutput = \"table.csv\""));
    fifo(&bench, "pipe");
    let run = start(&bench, &["filter", "request.toml", "--out", "out"]);
    let mut writer = OpenOptions::new().write(true).open(bench.path("pipe")).unwrap();
    for part in TABLE.as_bytes().chunks(7) {
        writer.write_all(part).unwrap();
        sleep(Duration::from_millis(3));
    }
    drop(writer);
    let (status, told) = ended(run);
    assert!(status.success(), "{told}");
    assert_eq!(bench.read("out/table.csv"), KEPT);
}

/// A request may come through a pipe as well, and is digested as it came.
#[test]
fn a_request_through_a_pipe_is_read() {
    let bench = Bench::new();
    fifo(&bench, "pipe");
    let run = start(&bench, &["filter", "pipe", "--out", "out"]);
    fs::write(bench.path("pipe"), request(&day(0))).unwrap();
    let (status, told) = ended(run);
    assert!(status.success(), "{told}");
}

/// The release stands, and nobody reads the summary: the first signal finds nothing to stop.
#[test]
fn the_second_signal_ends_the_process_at_once() {
    let fine = request(&day(0));
    let (before, _) = fine.split_once("[[table]]").unwrap();
    let long = format!("{}table.csv", "./".repeat(150));
    let table =
        |n: u32| format!("[[table]]\nfile = \"{long}\"\nperson = \"nhs\"\noutput = \"{n}.csv\"\n");
    let tables = (0..400).map(table).collect::<Vec<_>>().concat();
    for (first, second) in [(Signal::INT, Signal::INT), (Signal::TERM, Signal::HUP)] {
        let bench = Bench::new();
        bench.request(&format!("{before}{tables}"));
        let mut run = start(&bench, &["filter", "request.toml", "--out", "out"]);
        while !bench.path("out").exists() {
            assert!(run.try_wait().unwrap().is_none(), "it ended");
            sleep(Duration::from_millis(20));
        }
        sleep(BEGUN);
        signal(&run, first);
        sleep(BEGUN);
        assert!(run.try_wait().unwrap().is_none(), "the first signal ended it");
        signal(&run, second);
        sleep(BEGUN);
        let status = run.try_wait().unwrap().expect("the second signal ends it");
        assert_eq!(status.signal(), Some(second.as_raw()));
        assert!(bench.run(&["audit", "verify", "out"]).status.success(), "it stands, whole");
    }
}

/// Runs with files of 50 KiB at most.
fn limited(bench: &Bench, args: &str) -> (Option<i32>, String) {
    let script = format!("ulimit -f 100; exec \"$0\" {args}");
    let output = bench.command(&[]).get_program().to_owned();
    let output = Command::new("sh")
        .args(["-c", &script])
        .arg(output)
        .current_dir(bench.path(""))
        .output()
        .unwrap();
    (output.status.code(), stderr(&output))
}

/// A limit on the size of files is an error like a full disk.
#[test]
fn a_file_over_a_limit_is_an_error_and_leaves_nothing() {
    let bench = Bench::new();
    let rows = format!("{CLEAR},007\n{OPTED_OUT},008\n").repeat(30_000);
    bench.write("long.csv", format!("nhs,code\n{rows}"));
    bench.request(&request(&day(0)).replace("table.csv", "long.csv"));
    let (status, told) = limited(&bench, "filter request.toml --out out --series series");
    assert_eq!(status, Some(2), "{told}");
    assert!(told.contains("File too large") && told.contains("`ulimit -f`"), "{told}");
    assert!(bench.left().is_empty());
    assert!(bench.read("series/000001.json").contains("File too large"));
    // What is small enough goes.
    bench.request(&request(&day(0)));
    assert_eq!(limited(&bench, "filter request.toml --out out").0, Some(0));
    // The same for single files that appear whole, and for what goes to a file by the shell.
    let numbers: String = (0..30_000_u32).map(valid).collect();
    bench.write("numbers.csv", format!("nhs\n{numbers}"));
    let (status, told) =
        limited(&bench, "check request numbers.csv --column nhs --output asked --local-id a-1");
    assert_eq!(status, Some(2), "{told}");
    assert!(told.contains("`ulimit -f`"), "{told}");
    assert!(!bench.path("asked.dat").exists() && !bench.path("asked.manifest.json").exists());
    let left: Vec<_> = bench.left().into_iter().filter(|name| name != "out").collect();
    assert!(left.is_empty(), "{left:?}");
    let (status, told) = limited(&bench, "handbook > handbook.md");
    assert!(status == Some(2) && told.contains("cannot write the answer"), "{told}");
}

/// A line with a valid number.
fn valid(n: u32) -> String {
    let nine = format!("9{n:08}");
    let sum: u32 = nine.bytes().zip(0..).map(|(b, i)| u32::from(b - b'0') * (10 - i)).sum();
    match 11 - sum % 11 {
        11 => format!("{nine}0\n"),
        10 => String::new(),
        check => format!("{nine}{check}\n"),
    }
}
