//! What comes back, what is refused, and what the register says.

use std::fs;

use optout::{Date, National};

use crate::desk::{Desk, assert_refused, list, numbers, text};

const ERROR_TEXT: &str = "The file contains one or more invalid NHS Numbers.\n";
const JOB: &str = r#"{"version":10,"id":"1","status":"pending","stages":[{"stage":"validate_in_order","passed":true}]}"#;

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
        (&list(&asked), 2, "this is the request itself, byte for byte"),
        (&list(&asked).replace(',', ""), 2, "of 100 people asked nobody has opted out"),
        (&list(&asked[16..]), 2, "of 100 people asked 16 have opted out (16.0 %, and 15.0 % is"),
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
        (
            control("Report", "check", "29991231").replace("SUCCESS", "ERROR"),
            2,
            "the request did not arrive (TRANSFER ERROR)",
        ),
        (
            control("Report", "other", "29991231").replace("SUCCESS", "ERROR"),
            1,
            "belongs to another request",
        ),
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
    // Sent again after a failure.
    desk.write("c.ctl", control("Report", "check", "29991231").replace("SUCCESS", "ERROR"));
    let output = desk.answer(&["a.dat", "c.ctl"], &["--force"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    // A control file whose data was not fetched, and two lists.
    desk.write("b.ctl", control("Data", "check", "29991231"));
    let output = desk.answer(&["b.ctl"], &["--force"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("whose .dat is not there"));
    desk.write("b.dat", list(&asked));
    assert_refused(&desk.answer(&["a.dat", "b.dat"], &["--force"]), "there are 2 lists");
}

/// An old answer about the same people would make an old check a fresh one.
#[test]
fn a_list_that_nothing_ties_to_the_request_is_refused() {
    let asked = numbers(100);
    let desk = Desk::with_request(&asked);
    desk.write("a.dat", list(&asked[5..]));
    let read = ["read", "a.dat", "--manifest", "check.manifest.json", "--register", "register"];
    assert_refused(&desk.run(&read), "there is no control file with a local id beside it");
    assert!(!desk.names().contains(&"register".to_owned()));
    desk.write("a.ctl", control("Data", "check", "29991231"));
    assert!(desk.run(&read).status.success());
}

#[test]
fn what_is_unusual_is_warned_of_or_confirmed() {
    let asked = numbers(100);
    let desk = Desk::with_request(&asked);
    desk.write("half.dat", list(&asked[50..]));
    let half = |more: &[&str]| desk.answer(&["half.dat"], &[&["--force"], more].concat());
    for more in [&[][..], &["--opted-out-at-most", "49.9"]] {
        assert_refused(&half(more), "of 100 people asked 50 have opted out");
    }
    let warned = |more: &[&str]| {
        let output = half(more);
        assert!(output.status.success());
        text(&output.stderr).contains("50.0% have opted out, and 60% at least was expected")
    };
    assert!(!warned(&["--opted-out-at-most", "50"]));
    assert!(warned(&["--opted-out-at-most", "90", "--opted-out-at-least", "60"]));
    desk.write("none.dat", "");
    assert_refused(&desk.answer(&["none.dat"], &["--force"]), "is empty");
    assert!(desk.answer(&["none.dat"], &["--force", "--everybody-opted-out"]).status.success());
    assert!(desk.statuses(&asked).iter().all(|status| *status == National::OptedOut));
    desk.write("all.dat", list(&asked).replace(',', ""));
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
        let output = desk.answer(&["a.dat"], &["--force", "--opted-out-at-most", "100"]);
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

fn control(message_type: &str, local_id: &str, day: &str) -> String {
    format!(
        "<DTSControl><MessageType>{message_type}</MessageType><LocalId>{local_id}</LocalId>\
         <StatusRecord><DateTime>{day}120000</DateTime><Event>TRANSFER</Event>\
         <Status>SUCCESS</Status></StatusRecord></DTSControl>"
    )
}
