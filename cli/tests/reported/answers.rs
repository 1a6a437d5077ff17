//! What was sent is no answer, and an answer that was cut short is none.

use std::path::Path;

use optout::record::{MaxAge, NhsNumber, Register};

use super::bench::{Bench, day, stderr};

fn numbers(count: usize) -> Vec<String> {
    let numbers = (999_000_100..).filter_map(NhsNumber::from_first_nine).take(count);
    numbers.map(|number| String::from_utf8(number.to_digits().to_vec()).unwrap()).collect()
}

/// A folder with a request about so many people, made with these arguments.
fn asked(people: usize, more: &[&str]) -> Bench {
    let bench = Bench::new();
    bench.write("nums.txt", numbers(people).join("\n"));
    let args = ["check", "request", "--list", "nums.txt", "--output", "req"];
    let output = bench.run(&[&args[..], more].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    std::fs::create_dir(bench.path("box")).unwrap();
    bench
}

const MAILBOXES: [&str; 4] = ["--from", "AAAOT001", "--to", "X26HC065"];

fn control(from: &str, to: &str) -> String {
    format!(
        "<DTSControl><MessageType>Data</MessageType><From_DTS>{from}</From_DTS><To_DTS>{to}</To_DTS>\
         <Subject>req</Subject><LocalId>req</LocalId><StatusRecord><DateTime>{}090000</DateTime>\
         <Event>TRANSFER</Event><Status>SUCCESS</Status></StatusRecord></DTSControl>",
        day(0).replace('-', "")
    )
}

fn read(bench: &Bench, more: &[&str]) -> (Option<i32>, String, bool) {
    let mut args = vec!["check", "read", "--manifest", "req.manifest.json", "--register", "r"];
    for name in ["box/a.dat", "box/a.ctl"] {
        if bench.path(name).exists() {
            args.push(name);
        }
    }
    args.extend(more);
    let output = bench.run(&args);
    (output.status.code(), stderr(&output), bench.path("r").exists())
}

fn refused(bench: &Bench, more: &[&str], what: &str) {
    let (code, said, register) = read(bench, more);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains(what) && said.contains("hint: "), "expected `{what}` in: {said}");
    assert!(!register, "{said}");
}

const EVERY_WORD: [&str; 3] = ["--nobody-opted-out", "--no-control-file", "--everybody-opted-out"];

/// What a MESH client keeps of a message that it sent.
#[test]
fn the_folder_of_sent_messages_holds_no_answer() {
    for people in [1, 15, 150] {
        let bench = asked(people, &MAILBOXES);
        std::fs::copy(bench.path("req.dat"), bench.path("box/a.dat")).unwrap();
        bench.write("box/a.ctl", control("AAAOT001", "X26HC065"));
        let sent = "sent by the mailbox that sends the request, so it is no answer";
        refused(&bench, &[], sent);
        refused(&bench, &EVERY_WORD, sent);
        // Whatever its bytes, and however the mailbox is written.
        bench.write("box/a.ctl", control(" aaaot001 ", "X26HC065"));
        refused(&bench, &EVERY_WORD, sent);
        let dat = bench.read("req.dat");
        for other in [dat.replace('\n', "\r\n"), dat.replace(',', ""), dat[..11].to_owned()] {
            bench.write("box/a.dat", other);
            refused(&bench, &EVERY_WORD, sent);
        }
        // Only to whom it went.
        bench.write("box/a.ctl", control("AAAOT001", "X26HC065").replace("From_DTS", "Other"));
        refused(&bench, &EVERY_WORD, sent);
    }
}

/// A manifest that does not know the mailbox: the control file beside it does, or the caller.
#[test]
fn the_mailbox_is_known_from_wherever_it_is_said() {
    let bench = asked(15, &MAILBOXES);
    std::fs::copy(bench.path("req.dat"), bench.path("box/a.dat")).unwrap();
    bench.write("box/a.ctl", control("AAAOT001", "X26HC065"));
    let mut manifest: serde_json::Value =
        serde_json::from_str(&bench.read("req.manifest.json")).unwrap();
    assert_eq!(manifest["from"], serde_json::json!(["AAAOT001"]));
    assert_eq!(manifest["to"], serde_json::json!(["X26HC065"]));
    manifest.as_object_mut().unwrap().remove("from");
    manifest.as_object_mut().unwrap().remove("to");
    bench.write("req.manifest.json", manifest.to_string());
    refused(&bench, &EVERY_WORD, "sent by the mailbox that sends the request");
    std::fs::remove_file(bench.path("req.ctl")).unwrap();
    refused(&bench, &EVERY_WORD, "this is the request itself, byte for byte");
    let from = [&EVERY_WORD[..], &["--from", "AAAOT001"]].concat();
    refused(&bench, &from, "sent by the mailbox that sends the request");
}

/// Without a control file nothing shows who sent it.
#[test]
fn a_copy_of_the_request_is_no_answer() {
    for people in [1, 15, 150] {
        for more in [&[][..], &MAILBOXES] {
            let bench = asked(people, more);
            std::fs::copy(bench.path("req.dat"), bench.path("box/a.dat")).unwrap();
            refused(&bench, &[], "this is the request itself, byte for byte");
            refused(&bench, &EVERY_WORD, "this is the request itself, byte for byte");
            // The same people in another form may be the answer, if somebody says so.
            let mut rows: Vec<_> = bench.read("req.dat").lines().map(str::to_owned).collect();
            rows.reverse();
            for other in [rows.join("\n"), bench.read("req.dat").replace(',', "")] {
                bench.write("box/a.dat", &other);
                if other != bench.read("req.dat").trim_end() {
                    refused(&bench, &["--no-control-file"], "nobody has opted out");
                }
            }
        }
    }
    // With two copies of everybody, too.
    let bench = asked(15, &[]);
    bench.write("box/a.dat", bench.read("req.dat").repeat(2));
    refused(&bench, &["--no-control-file"], "nobody has opted out");
}

/// What came back from the service, and nobody has opted out.
#[test]
fn an_answer_in_which_nobody_opted_out_is_read() {
    let bench = asked(15, &MAILBOXES);
    std::fs::copy(bench.path("req.dat"), bench.path("box/a.dat")).unwrap();
    bench.write("box/a.ctl", control("X26HC065", "AAAOT001"));
    refused(&bench, &[], "nobody has opted out");
    let (code, said, register) = read(&bench, &["--nobody-opted-out"]);
    assert!(code == Some(0) && register, "{said}");
    // Of few people, in the service's own form, no word is needed.
    let bench = asked(15, &MAILBOXES);
    bench.write("box/a.dat", bench.read("req.dat").replace('\n', "\r\n"));
    bench.write("box/a.ctl", control("X26HC065", "AAAOT001"));
    let (code, said, register) = read(&bench, &[]);
    assert!(code == Some(0) && register, "{said}");
    // Beside the answer, what was sent is passed over.
    let bench = asked(40, &MAILBOXES);
    std::fs::copy(bench.path("req.dat"), bench.path("box/a.dat")).unwrap();
    bench.write("box/a.ctl", control("AAAOT001", "X26HC065"));
    bench.write("b.dat", numbers(40)[1..].join(",\n"));
    bench.write("b.ctl", control("X26HC065", "AAAOT001"));
    let (code, said, _) = read(&bench, &["b.dat", "b.ctl"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("was sent from the mailbox of the request; it is no answer"), "{said}");
    let register = Register::open(bench.path("r")).unwrap();
    assert_eq!((register.asked(), register.opted_out()), (40, 1));
    assert!(register.at(register.checked(), MaxAge::days(0)).freshness().is_fresh());
}

/// A list that was cut short would opt out whoever stood behind the cut.
#[test]
fn an_answer_cut_short_needs_a_word() {
    let bench = asked(100, &MAILBOXES);
    bench.write("box/a.ctl", control("X26HC065", "AAAOT001"));
    for (back, accepted) in [(85, true), (84, false), (50, false), (1, false)] {
        bench.write("box/a.dat", numbers(100)[100 - back..].join(",\n"));
        if accepted {
            let (code, said, _) = read(&bench, &["--force"]);
            assert_eq!(code, Some(0), "{said}");
            std::fs::remove_file(bench.path("r")).unwrap();
        } else {
            refused(&bench, &[], "it may have been cut short");
        }
    }
    let (code, said, register) = read(&bench, &["--opted-out-at-most", "99"]);
    assert!(code == Some(0) && register, "{said}");
    assert!(Path::new(&bench.path("r")).is_file());
}
