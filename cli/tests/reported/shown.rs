//! What is shown and recorded of what a person gave.

use std::fs;
use std::path::Path;
use std::process::Output;

use super::bench::{Bench, CLEAR, KEPT, TABLE, day, request, stderr};

/// What was said, without digests: they have any digits.
fn said(output: &Output) -> String {
    let told = stderr(output) + &String::from_utf8_lossy(&output.stdout);
    let hex = |word: &&str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
    told.split_inclusive([' ', '\n']).filter(|word| !hex(&word.trim())).collect()
}

/// Everything below a folder, names and contents, that a person might read.
fn all_of(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all_of(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "json") {
            // A digest has any digits.
            let text = fs::read_to_string(&path).unwrap();
            let parts = text.split('"').filter(|part| part.len() != 64);
            into.extend(parts.flat_map(|part| [part, "\""]));
        }
    }
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

/// However it is grouped, in whatever digits.
fn groupings() -> Vec<String> {
    let wide = CLEAR.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap());
    let arabic = CLEAR.chars().map(|c| char::from_u32(u32::from(c) + 0x630).unwrap());
    vec![
        CLEAR.to_owned(),
        "943-476-5919".to_owned(),
        "943 476 5919".to_owned(),
        "94 34 76 59 19".to_owned(),
        "943\u{a0}476\u{a0}5919".to_owned(),
        "943\u{200b}476\u{200b}5919".to_owned(),
        "943\u{2011}476\u{2011}5919".to_owned(),
        "9.4.3.4.7.6.5.9.1.9".to_owned(),
        wide.collect(),
        arabic.collect(),
    ]
}

#[test]
fn a_number_in_a_path_is_on_no_screen_and_in_no_record() {
    for number in groupings() {
        let bench = Bench::new();
        let folder = format!("of {number}");
        fs::create_dir(bench.path(&folder)).unwrap();
        for file in ["request.toml", "table.csv", "register"] {
            fs::rename(bench.path(file), bench.path(&format!("{folder}/{file}"))).unwrap();
        }
        let asked = format!("{folder}/request.toml");
        let (out, series) = (format!("out-{number}"), format!("series-{number}"));
        let run = ["filter", &asked, "--out", &out, "--series", &series];
        let first = bench.run(&run);
        assert!(first.status.success(), "{}", said(&first));
        let again = bench.run(&run);
        assert_eq!(again.status.code(), Some(2), "the folder is taken");
        let verified = bench.run(&["audit", "verify", &out, "--series", &series]);
        assert_eq!(verified.status.code(), Some(0), "{}", said(&verified));
        // Masked, it is still found.
        let same = said(&verified).lines().filter(|line| line.starts_with("same   ")).count();
        assert_eq!(same, 7, "{}", said(&verified));
        let mut told = said(&first) + &said(&again) + &said(&verified);
        all_of(&bench.path(""), &mut told);
        assert!(told.contains('#') && told.contains("table.csv"), "{told}");
        for part in [number.as_str(), "5919", "59 19", CLEAR] {
            assert!(!told.contains(part), "{part} in: {told}");
        }
        assert_eq!(bench.read(&format!("{out}/table.csv")), KEPT);
        fs::rename(bench.path(&folder), bench.path("moved")).unwrap();
        let verified = bench.run(&["audit", "verify", &out]);
        assert_eq!(verified.status.code(), Some(0), "{}", said(&verified));
        assert!(said(&verified).contains("an NHS number in its path is masked"));
    }
}

#[test]
fn a_number_that_would_stand_in_the_release_is_refused() {
    for number in groupings() {
        let bench = Bench::new();
        let fine = request(&day(0));
        let table = format!("{number}.csv");
        fs::write(bench.path(&table), TABLE).unwrap();
        for given in [
            format!("{fine}output = \"{table}\"\n"),
            fine.replace("table.csv", &table),
            fine.replace("person = \"nhs\"", &format!("person = \"{number}\"")),
            fine.replace("25/CAG/0000", &format!("CAG {number}")),
        ] {
            bench.request(&given);
            let run = ["filter", "request.toml", "--out", "out", "--series", "series"];
            let output = bench.run(&run);
            let mut told = said(&output);
            assert_eq!(output.status.code(), Some(2), "{told}");
            assert!(told.contains("of the request file holds an NHS number"), "{told}");
            all_of(&bench.path(""), &mut told);
            assert!(!told.contains("5919") && !told.contains(&number), "{told}");
        }
    }
}

/// Ten digits that are nobody's, and a day with its hour, are names as others are.
#[test]
fn other_digits_in_names_are_released() {
    let bench = Bench::new();
    for name in ["hes-2026112809.csv", "hes 2026-11-28 09.csv", "9434765918.csv", "19434765919.csv"]
    {
        fs::write(bench.path(name), TABLE).unwrap();
        bench.request(&request(&day(0)).replace("table.csv", name));
        bench.succeeds();
        assert_eq!(bench.read(&format!("out/{name}")), KEPT);
        let verified = bench.run(&["audit", "verify", "out"]);
        assert!(verified.status.success() && said(&verified).contains("same"), "{name}");
        fs::remove_dir_all(bench.path("out")).unwrap();
    }
}

#[test]
#[cfg(unix)]
fn characters_that_are_not_seen_are_written_out_and_refused_in_outputs() {
    let unseen = [
        '\u{202e}', '\u{2066}', '\u{200f}', '\u{61c}', '\u{1b}', '\u{7f}', '\u{85}', '\u{2028}',
        '\n',
    ];
    for c in unseen {
        let bench = Bench::new();
        let fine = request(&day(0));
        let escape = format!("\\u{:04x}", u32::from(c));
        let name = format!("ta{c}ble.csv");
        fs::write(bench.path(&name), TABLE).unwrap();
        let quoted = format!("ta{escape}ble.csv");
        // As an input it is read, under another name in the release.
        bench.request(&format!("{}output = \"t.csv\"\n", fine.replace("table.csv", &quoted)));
        let output = bench.run(&["filter", "request.toml", "--out", "out", "--series", "series"]);
        let mut told = said(&output);
        assert!(output.status.success(), "{told}");
        let verified = bench.run(&["audit", "verify", "out", "--series", "series"]);
        told += &said(&verified);
        assert!(verified.status.success() && !told.contains("not there"), "{told}");
        let escaped = format!("ta\\u{{{:x}}}ble.csv", u32::from(c));
        assert!(told.contains(&escaped), "{told}");
        all_of(&bench.path(""), &mut told);
        assert!(c == '\n' || !told.contains(c), "{told:?}");
        assert!(!told.contains(&name), "{told:?}");
        // As an output it is refused; so it is as a column that is not there, escaped.
        for given in [
            format!("{fine}output = \"{quoted}\"\n"),
            fine.replace("table.csv", &quoted),
            fine.replace("person = \"nhs\"", &format!("person = \"n{escape}hs\"")),
        ] {
            bench.request(&given);
            let output = bench.run(&["filter", "request.toml", "--out", "more"]);
            let told = said(&output);
            assert_eq!(output.status.code(), Some(2), "{told}");
            assert!(
                !told.contains(&format!("a{c}b")) && !told.contains(&format!("n{c}h")),
                "{told:?}"
            );
            assert!(!bench.path("more").exists());
        }
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
