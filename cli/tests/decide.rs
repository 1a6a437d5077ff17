//! `optout decide`: lines in, lines out.
#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use optout::question::{Judge, MAX_LINE};

const DISCLOSURE: &str = r#"{"origin":"gp-record","boundary":"beyond-controller","identifiability":"identifiable","purpose":"research","bases":["copi-reg-5"],"conditions":[],"on":"2026-06-01"}"#;

fn question(id: &str, patient: &str) -> String {
    format!(r#"{{"id":{id},"disclosure":{DISCLOSURE},"patient":{patient}}}"#)
}

fn start(args: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_optout"))
        .arg("decide")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts")
}

/// What the command says to an input.
fn decide(input: impl Into<Vec<u8>>) -> Output {
    let mut child = start(&[]);
    let mut stdin = child.stdin.take().expect("its standard input");
    let input = input.into();
    let writer = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the command ends");
    writer.join().expect("the writer ends").expect("the command reads everything");
    output
}

fn lines(output: &Output) -> Vec<&str> {
    str::from_utf8(&output.stdout).expect("answers are text").lines().collect()
}

fn stderr(output: &Output) -> &str {
    str::from_utf8(&output.stderr).expect("errors are text")
}

#[test]
fn answers_keep_their_order() {
    let patients: Vec<_> = (0..=255).collect();
    let input: Vec<_> =
        patients.iter().map(|byte| question(&byte.to_string(), &byte.to_string())).collect();
    let output = decide(input.join("\n"));
    assert!(output.status.success());
    assert_eq!(stderr(&output), "");
    let answers = lines(&output);
    assert_eq!(answers.len(), 256);
    for (byte, answer) in patients.iter().zip(answers) {
        assert!(answer.starts_with(&format!(r#"{{"id":{byte},"verdict":""#)), "{answer}");
    }
}

#[test]
fn a_bad_line_does_not_stop_the_rest() {
    let good = question("1", "5");
    let output = decide(format!("{good}\n{{\"id\":2}}\nnonsense\n{good}\n"));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        lines(&output),
        [
            r#"{"id":1,"verdict":"allow","reason":"permitted","blocked_by":[],"route":"section-251","clauses":["OP5.1","S251","COPI"],"evidence":"unverified"}"#,
            r#"{"id":2,"error":"column 8: missing key `disclosure`"}"#,
            r#"{"id":null,"error":"column 2: expected ident"}"#,
            r#"{"id":1,"verdict":"allow","reason":"permitted","blocked_by":[],"route":"section-251","clauses":["OP5.1","S251","COPI"],"evidence":"unverified"}"#,
        ]
    );
    assert_eq!(
        stderr(&output),
        "error: 2 of 4 questions could not be judged\n\
         hint: each was answered with an \"error\"; the first is line 2\n"
    );
}

#[test]
fn line_ends_blank_lines_and_a_byte_order_mark_are_of_no_matter() {
    let good = question("1", "5");
    let plain = decide(format!("{good}\n{good}\n"));
    assert_eq!(plain.status.code(), Some(0));
    for input in [
        format!("{good}\n{good}"),
        format!("{good}\r\n{good}\r\n"),
        format!("\n{good}\n \t\r\n\n{good}\n\n"),
        format!("\u{feff}{good}\n{good}\n"),
        format!("\u{feff}\r\n{good}\n{good}"),
    ] {
        let output = decide(input.clone());
        assert_eq!(output.stdout, plain.stdout, "{input:?}");
        assert_eq!(output.status.code(), Some(0), "{input:?}");
    }
    // A mark later on is not the start of a file.
    let output = decide(format!("{good}\n\u{feff}{good}\n"));
    assert_eq!(output.status.code(), Some(1));
    assert!(lines(&output)[1].contains("\"error\":\"column 1: expected value\""));
}

#[test]
fn nothing_asked_is_nothing_answered() {
    for input in ["", "\n", "\u{feff}"] {
        let output = decide(input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    }
}

#[test]
fn a_line_too_long_is_refused_alone() {
    let good = question("1", "5");
    let long = format!(
        r#"{{"id":"long","disclosure":{DISCLOSURE},"patient":"{}"}}"#,
        "x".repeat(5 * MAX_LINE)
    );
    // As long as may be.
    let full = good.clone() + &" ".repeat(MAX_LINE - good.len());
    let output = decide(format!("{good}\n{long}\n{full}\n{full} \n{long}"));
    let refused = r#"{"id":"long","error":"the line is longer than 1048576 bytes"}"#;
    let answers = lines(&output);
    assert_eq!(answers.len(), 5);
    assert_eq!(answers[0], answers[2]);
    assert_eq!([answers[1], answers[4]], [refused, refused]);
    assert_eq!(answers[3], r#"{"id":1,"error":"the line is longer than 1048576 bytes"}"#);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn text_that_is_not_utf_8_is_refused_alone() {
    let good = question("1", "5");
    let mut input = format!("{good}\n{{\"id\":2,\"x").into_bytes();
    input.extend(b"\xff\"}\n");
    input.extend(good.bytes());
    let output = decide(input);
    assert_eq!(lines(&output)[1], r#"{"id":2,"error":"column 11: not UTF-8 text"}"#);
    assert_eq!(lines(&output)[0], lines(&output)[2]);
}

#[test]
fn lines_may_end_anywhere_in_what_is_read() {
    let input: Vec<_> = (0..20_000)
        .map(|i| question(&format!("\"{}\"", "i".repeat(i % 97)), &(i % 256).to_string()))
        .collect();
    let mut expected = Vec::new();
    let mut judge = Judge::new();
    for line in &input {
        judge.answer_line(line.as_bytes(), &mut expected).expect("a good line");
    }
    assert!(decide(input.join("\n")).stdout == expected);
}

#[test]
fn the_first_bad_line_is_named_wherever_it_is() {
    for bad in [1, 2, 3_000, 9_999, 17_123, 20_000] {
        let mut input: Vec<_> = (1..=20_000).map(|line| question(&line.to_string(), "0")).collect();
        input[bad - 1] = "{".into();
        input[19_999] = "{".into();
        let output = decide(input.join("\n"));
        let failed = if bad == 20_000 { 1 } else { 2 };
        let said = stderr(&output);
        assert!(said.contains(&format!("{failed} of 20000 questions")), "{said}");
        assert!(said.contains(&format!("the first is line {bad}\n")), "{said}");
    }
}

#[test]
fn an_answer_does_not_wait_for_the_next_question() {
    let mut child = start(&["-"]);
    let mut stdin = child.stdin.take().expect("its standard input");
    let mut stdout = BufReader::new(child.stdout.take().expect("its standard output"));
    for id in ["1", "2", "3"] {
        writeln!(stdin, "{}", question(id, "0")).expect("it reads");
        stdin.flush().expect("it reads");
        // Were the answer held back, this would wait for ever.
        let mut answer = String::new();
        stdout.read_line(&mut answer).expect("it answers");
        assert!(answer.starts_with(&format!(r#"{{"id":{id},"verdict":"deny""#)), "{answer}");
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let mut child = start(&[]);
    let mut stdin = child.stdin.take().expect("its standard input");
    drop(child.stdout.take());
    let writer = thread::spawn(move || {
        let line = question("1", "5") + "\n";
        // It stops reading once nobody reads its answers.
        while stdin.write_all(line.as_bytes()).is_ok() {}
    });
    let status = child.wait().expect("it ends");
    writer.join().expect("the writer ends");
    let mut said = String::new();
    child.stderr.take().expect("its standard error").read_to_string(&mut said).expect("text");
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let child = start(&["no-such-file.ndjson"]);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: cannot read no-such-file.ndjson: "));
}
