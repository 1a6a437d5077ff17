//! What is shown and recorded of what a person gave.

mod names;

use std::fs;
use std::process::Output;

use super::bench::{Bench, KEPT, day, request, stderr};

/// What was said, without digests: they have any digits.
fn said(output: &Output) -> String {
    let told = stderr(output) + &String::from_utf8_lossy(&output.stdout);
    let hex = |word: &&str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
    told.split_inclusive([' ', '\n']).filter(|word| !hex(&word.trim())).collect()
}

/// The three commands that read a request file.
fn asked(bench: &Bench, file: &str) -> [Output; 3] {
    [
        bench.run(&["filter", file, "--dry-run"]),
        bench.run(&["assess", "--request", file]),
        bench.run(&["explain", "--request", file, "--national", "none"]),
    ]
}

#[test]
fn an_extract_in_place_of_the_request_is_named_and_not_shown() {
    let bench = Bench::new();
    let zip: &[u8] = b"PK\x03\x04Jones HIV 1961";
    for (name, bytes, what) in [
        ("extract.csv", &b"Jones,Ann,12/03/1961,HIV positive\n"[..], "this is a table, not"),
        ("semicolons.csv", b"Jones;Ann;1961;HIV\n", "this is a table, not"),
        ("tabs.tsv", b"\xef\xbb\xbfJones\tAnn\t1961\tHIV\nx\ty\tz\tt\n", "this is a table, not"),
        ("column.csv", b"Jones HIV 1961\nJones HIV 1961\n", "this is text of another kind, not"),
        ("extract.json", b"{\"name\": \"Jones\", \"dob\": 1961, \"d\": \"HIV\"}", "this is JSON"),
        ("lines.json", b"[{\"name\": \"Jones\", \"dob\": 1961, \"d\": \"HIV\"}]", "this is JSON"),
        ("extract.xml", b"<p><Jones>1961 HIV</Jones></p>", "this is XML"),
        ("extract.parquet", b"PAR1Jones1961HIV", "this is a Parquet table"),
        ("extract.gz", b"\x1f\x8b\x08\0Jones 1961 HIV", "this is packed by gzip"),
        ("extract.xlsx", zip, "this is a zip archive or a spreadsheet"),
        ("utf16.csv", b"\xff\xfeJ\0o\0n\0e\0s\0", "this is text in UTF-16"),
        ("latin1.csv", b"Jones,HIV,1961,\xe9\n", "this is no text in UTF-8"),
        ("nul.csv", b"Jones,HIV\0,1961\n", "this is no text"),
    ] {
        bench.write(name, bytes);
        for output in asked(&bench, name) {
            let said = said(&output);
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains(name) && said.contains(what), "{name}: {said}");
            for shown in ["Jones", "1961", "HIV", "Ann"] {
                assert!(!said.contains(shown), "{name}: {said}");
            }
        }
    }
}

/// Whatever is wrong, the line is told, and nothing that stands in it.
#[test]
fn a_slip_in_the_request_is_told_without_its_values() {
    let bench = Bench::new();
    let fine = request(&day(0));
    for (from, to, what) in [
        (
            "purpose = \"research\"",
            "purpose = HIV positive",
            "line 6: `purpose`: a text must stand",
        ),
        (
            "purpose = \"research\"",
            "purpose = \"HIV positive\"",
            "line 6: purpose: this is no code",
        ),
        ("purpose = \"research\"", "purpose = \"reserch\"", "did you mean `research`?"),
        ("purpose = \"research\"", "HIV positive", "line 6: "),
        ("purpose = \"research\"", "\"HIV positive\" = 1", "line 6: unknown key (accepted: flow,"),
        (
            "purpose = \"research\"",
            "purpse = \"HIV\"",
            "line 6: unknown key `purpse`, did you mean",
        ),
        ("purpose = \"research\"", "purpose = [\"HIV\", \"AIDS\"]", "line 6: `purpose`: expected"),
        ("max-age-days = 14", "max-age-days = \"HIV\"", "`max-age-days`: expected"),
        ("max-age-days = 14", "max-age-days = 1961.5", "`max-age-days`: expected"),
        ("file = \"table.csv\"", "file = \"table.csv\"\nHIV = 1", "unknown key (accepted: file,"),
        ("file = \"table.csv\"", "file = \"table.csv\"\nheder = \"HIV\"", "did you mean `header`?"),
        ("[evidence.copi-reg-5]", "[evidence.HIV]", "not an assertion that needs evidence"),
        ("on = ", "on = \"HIV\" # ", "`on`: not a day of the calendar"),
        ("bases = [\"copi-reg-5\"]", "bases = [\"HIV`, did you mean `AIDS`?\"]", "bases: "),
        ("person = \"nhs\"", "person = \"nhs\"\ndelimiter = \"HIV\"", "the `delimiter` is not one"),
        (
            &fine[fine.find("origin").unwrap()..fine.find("on = ").unwrap()],
            "flow = \"HIV positive\"\n",
            "no id of a flow",
        ),
    ] {
        bench.request(&fine.replacen(from, to, 1));
        let output = bench.run(&["filter", "request.toml", "--dry-run"]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(what), "expected `{what}` in: {said}");
        assert!(
            !said.contains("HIV") && !said.contains("AIDS") && !said.contains("1961"),
            "{said}"
        );
    }
}

#[test]
fn every_key_of_a_request_is_known_to_its_errors() {
    let bench = Bench::new();
    let fine = request(&day(0));
    let type1 = "\n[type1]\nentries = \"e\"\n";
    for (table, of) in [
        ("", "x-x = 1\n"),
        (type1, "x-x = 1\n"),
        (type1, "registrations = { x-x = 1 }\n"),
        (type1, "deleted = { x-x = 1 }\n"),
        ("\n[[list]]\n", "x-x = 1\n"),
        ("\n[people]\n", "x-x = 1\n"),
    ] {
        bench.request(&format!("{fine}{table}{of}"));
        let told = said(&bench.run(&["filter", "request.toml", "--dry-run"]));
        let list = told.split_once("(accepted: ").expect(&told).1.split_once(')').unwrap().0;
        let keys: Vec<_> = list.split(", ").collect();
        assert!(keys.len() > 2, "{told}");
        for key in keys {
            // A value is missing: the key is named where it is known.
            bench.request(&format!("{fine}{table}{key} =\n"));
            let told = said(&bench.run(&["filter", "request.toml", "--dry-run"]));
            assert!(told.contains(&format!("`{key}`")), "`{key}` is missing in fault.rs: {told}");
        }
    }
}

#[test]
fn a_request_that_is_no_small_file_is_refused() {
    let bench = Bench::new();
    bench.write("long.toml", "# a comment\n".repeat(100_000));
    for output in asked(&bench, "long.toml") {
        assert!(said(&output).contains("this is a file of more than 1 MiB"), "{}", said(&output));
        assert_eq!(output.status.code(), Some(2));
    }
    bench.write("request.toml", format!("{}{}", request(&day(0)), "# why\n".repeat(100_000)));
    bench.succeeds();
    fs::create_dir(bench.path("folder")).unwrap();
    for output in asked(&bench, "folder") {
        assert!(said(&output).contains("folder"), "{}", said(&output));
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn a_hyphen_is_no_place_to_write() {
    let bench = Bench::new();
    for args in [
        &["filter", "request.toml", "--out", "-"][..],
        &["filter", "request.toml", "--out", "out", "--series", "-"],
        &["filter", "request.toml", "--out=-"],
        &["filter", "request.toml", "--out=-/"],
        &["check", "request", "table.csv", "--column", "nhs", "--output", "-"],
        &["check", "read", "answer.dat", "--manifest", "m.json", "--register", "-"],
        &["handbook", "--write", "-"],
    ] {
        let output = bench.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", said(&output));
        assert!(said(&output).contains("name a place"), "{args:?}: {}", said(&output));
    }
    bench.request(&format!("{}output = \"-\"\n", request(&day(0))));
    bench.stops("cannot be the name of a file of the release");
    let hidden = bench.run(&["filter", "request.toml", "--out", "o\u{202e}ut"]);
    assert!(
        said(&hidden).contains("a control character in it, or one that moves others"),
        "{}",
        said(&hidden)
    );
    assert!(!said(&hidden).contains('\u{202e}'));
    for left in ["-", "-.dat", "out"] {
        assert!(!bench.path(left).exists(), "{left}");
    }
    bench.request(&request(&day(0)));
    assert!(bench.run(&["filter", "request.toml", "--out", "./-"]).status.success());
    assert_eq!(bench.read("-/table.csv"), KEPT);
}

#[test]
fn evidence_that_refers_to_nothing_is_refused() {
    let bench = Bench::new();
    let fine = request(&day(0));
    for reference in [
        "TBC",
        "tbd",
        "n/a",
        "N.A.",
        "?",
        "???",
        "xxx",
        "XX/XXX/XXXX",
        "todo",
        "TODO",
        "none",
        "-",
        "...",
        "unknown",
        "pending",
        "to be confirmed",
        "\u{200b}",
        "\u{3164}",
        "\u{a0}",
        "T\u{200b}BC",
        "25/CAG/TBC",
        "25/CAG/????",
        "0000",
        "\u{ff34}\u{ff22}\u{ff23}",
        "\u{2014}",
    ] {
        bench.request(&fine.replace("25/CAG/0000", reference));
        for output in asked(&bench, "request.toml") {
            assert_eq!(output.status.code(), Some(2), "{reference}: {}", said(&output));
            assert!(said(&output).contains("`reference`"), "{reference}: {}", said(&output));
        }
    }
    for reference in ["24/CAG/0153", "IRAS 287654", "DARS-NIC-656799-V2R9M", "s.251 ref. X7"] {
        bench.request(&fine.replace("25/CAG/0000", reference));
        for output in asked(&bench, "request.toml") {
            assert!(output.status.success(), "{reference}: {}", said(&output));
        }
    }
}

/// Files that are JSON, and not what is asked for, show nothing of what they hold.
#[test]
fn other_files_in_the_wrong_place_are_not_shown() {
    let bench = Bench::new();
    bench.write("answer.dat", "9434765919,\n");
    for text in [
        "Jones,HIV,1961\n",
        "{\"Jones\": \"HIV 1961\"}",
        "{\"format\": \"Jones HIV 1961\"}",
        "{\"format\": \"optout-request\", \"version\": \"HIV 1961 Jones\"}",
        "[\"Jones\", \"HIV\", 1961]",
    ] {
        bench.write("m.json", text);
        let read = ["check", "read", "answer.dat", "--manifest", "m.json", "--register", "new"];
        for args in [&read[..], &["audit", "verify", "m.json"]] {
            let output = bench.run(args);
            assert_eq!(output.status.code(), Some(2), "{}", said(&output));
            for shown in ["Jones", "HIV", "1961"] {
                assert!(!said(&output).contains(shown), "{}", said(&output));
            }
        }
    }
    bench.write("m.json", " ".repeat(3 << 20));
    let read = ["check", "read", "answer.dat", "--manifest", "m.json", "--register", "new"];
    assert!(said(&bench.run(&read)).contains("longer than 1 MiB"));
}
