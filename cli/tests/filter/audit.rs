//! Whether the record shows what was changed after it.

use std::fs;

use super::bench::{Bench, day, request, stderr};

pub(crate) fn verify(bench: &Bench, what: &str) -> (Option<i32>, String) {
    let output = bench.run(&["audit", "verify", what]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &stderr(&output);
    (output.status.code(), said)
}

#[test]
fn a_changed_file_shows() {
    let bench = Bench::new();
    bench.succeeds();
    assert_eq!(verify(&bench, "out/audit.json").0, Some(0));

    let kept = bench.read("out/table.csv");
    bench.write("out/table.csv", kept.replace("007", "700"));
    let (status, said) = verify(&bench, "out/audit.json");
    assert!(status == Some(1) && said.contains("table.csv: its contents are others"), "{said}");
    bench.write("out/table.csv", format!("{kept}x"));
    assert!(verify(&bench, "out/audit.json").1.contains("bytes, the record says"));
    fs::remove_file(bench.path("out/table.csv")).unwrap();
    assert_eq!(verify(&bench, "out/audit.json").0, Some(1));

    // An input may have been deleted, as it should be; one that differs shows.
    bench.write("out/table.csv", &kept);
    fs::remove_file(bench.path("table.csv")).unwrap();
    let (status, said) = verify(&bench, "out/audit.json");
    assert!(status == Some(0) && said.contains("not checked  table.csv"), "{said}");
    bench.write("table.csv", "nhs\n");
    assert_eq!(verify(&bench, "out/audit.json").0, Some(1));
    bench.write("out/audit.json", "{}");
    assert_eq!(verify(&bench, "out/audit.json").0, Some(2));
}

#[test]
fn inputs_are_found_from_another_folder() {
    let bench = Bench::new();
    bench.succeeds();
    let away = tempfile::tempdir().unwrap();
    let run = |more: &[&std::ffi::OsStr]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_optout"));
        command.current_dir(&away).args(["audit", "verify"]).arg(bench.path("out")).args(more);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (status, said) = run(&[]);
    assert!(status == Some(0) && said.contains("not checked  table.csv"), "{said}");
    let folder = bench.path("");
    let from = ["--inputs".as_ref(), folder.as_os_str()];
    let (status, said) = run(&from);
    assert!(status == Some(0) && said.contains("same         table.csv"), "{said}");
    bench.write("table.csv", "nhs\n");
    assert_eq!(run(&from).0, Some(1));
}

#[test]
fn a_record_taken_out_of_a_series_shows() {
    let bench = Bench::new();
    for number in 1..=4 {
        let out = format!("out{number}");
        let output = bench.run(&["filter", "request.toml", "--out", &out, "--series", "series"]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    assert_eq!(verify(&bench, "series").0, Some(0));
    assert_eq!(bench.read("series/000004.json"), bench.read("out4/audit.json"));

    let second = bench.read("series/000002.json");
    bench.write("series/000002.json", second.replace("release", "dry-run"));
    let (status, said) = verify(&bench, "series");
    assert!(status == Some(1) && said.contains("000003.json: it does not follow"), "{said}");
    let refused = bench.run(&["filter", "request.toml", "--out", "out", "--series", "series"]);
    assert!(stderr(&refused).contains("nothing can be added to a broken series"));
    fs::remove_file(bench.path("series/000002.json")).unwrap();
    let (status, said) = verify(&bench, "series");
    assert!(status == Some(1) && said.contains("missing      000002.json"), "{said}");
    let refused = bench.run(&["filter", "request.toml", "--out", "out", "--series", "series"]);
    assert!(stderr(&refused).contains("missing      000002.json"), "{}", stderr(&refused));
    assert_eq!(refused.status.code(), Some(2));
    assert!(bench.left().is_empty());
    fs::rename(bench.path("series/000003.json"), bench.path("series/000002.json")).unwrap();
    assert_eq!(verify(&bench, "series").0, Some(1));
}

fn runs(bench: &Bench, out: &str) -> String {
    let output = bench.run(&["filter", "request.toml", "--out", out, "--series", "series"]);
    stderr(&output) + &String::from_utf8_lossy(&output.stdout)
}

#[test]
fn the_last_record_shows_by_its_digest_and_by_its_numbers() {
    let bench = Bench::new();
    runs(&bench, "out1");
    let said = runs(&bench, "out2");
    let noted = said.rsplit_once("to be noted elsewhere: ").unwrap().1.split_once('\n').unwrap().0;
    let last = |digest: &str| bench.run(&["audit", "verify", "series", "--last", digest]);
    assert!(last(noted).status.success());
    fs::remove_file(bench.path("series/000002.json")).unwrap();
    assert_eq!(last(noted).status.code(), Some(1));
    let whole = bench.run(&["audit", "verify", "out2", "--series", "series"]);
    assert_eq!(whole.status.code(), Some(1), "its record is gone from the series");
    assert!(bench.run(&["audit", "verify", "out1", "--series", "series"]).status.success());
    for option in ["--inputs", "--series"] {
        let refused = bench.run(&["audit", "verify", "series", option, "series"]);
        assert_eq!(refused.status.code(), Some(2));
        let what = format!("`{option}` goes with the record of a release");
        assert!(stderr(&refused).contains(&what));
    }

    let first = bench.read("series/000001.json");
    bench.write("series/000001.json", first.replacen("\"kept\": 2", "\"kept\": 4", 1));
    let (status, said) = verify(&bench, "series");
    assert!(status == Some(1) && said.contains("do not add up"), "{said}");
    let record = bench.read("out1/audit.json");
    bench.write("out1/audit.json", record.replacen("\"kept\": 2", "\"kept\": 4", 1));
    assert!(verify(&bench, "out1").1.contains("do not add up"));
}

#[test]
fn a_folder_is_verified_for_what_it_is() {
    let bench = Bench::new();
    bench.succeeds();
    assert_eq!(verify(&bench, "out").0, Some(0));
    bench.write("out/more.csv", "nhs\n");
    let (status, said) = verify(&bench, "out");
    assert!(status == Some(1) && said.contains("unexpected   out/more.csv"), "{said}");
    fs::create_dir(bench.path("empty")).unwrap();
    let (status, said) = verify(&bench, "empty");
    assert!(status == Some(2) && said.contains("there is no audit record here"), "{said}");
}

#[test]
fn what_was_refused_is_on_record() {
    let bench = Bench::new();
    bench.register(&super::bench::day(-15));
    assert!(runs(&bench, "out").contains("15 days old"));
    bench.register(&super::bench::day(-1));
    bench.write("table.csv", "nhs,code\n9434765919,1\n9000962382\n");
    runs(&bench, "out");
    assert!(bench.left().is_empty());
    for (record, why) in [("000001", "15 days old"), ("000002", "line 3: the row has 1 field")] {
        let record = bench.read(&format!("series/{record}.json"));
        assert!(record.contains(r#""exit": 2"#) && record.contains(why), "{record}");
        assert!(!record.contains("9434765919"));
        assert_is_of_schema(&record);
    }
    assert_eq!(verify(&bench, "series").0, Some(0));
}

/// The schema is kept in step by hand; every key that a record has must be in it, and required.
#[test]
fn the_record_is_of_its_schema() {
    let bench = Bench::new();
    bench.succeeds();
    let mut other = assert_is_of_schema(&bench.read("out/audit.json"));
    other["patient"] = "9434765919".into();
    assert!(!schema().is_valid(&other));
}

fn schema() -> jsonschema::Validator {
    let schema = include_str!("../../../docs/audit.schema.json");
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
}

fn assert_is_of_schema(record: &str) -> serde_json::Value {
    let record = serde_json::from_str(record).unwrap();
    let errors: Vec<_> = schema().iter_errors(&record).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    record
}

/// What was asked can be read again from the record alone.
#[test]
fn the_record_holds_what_the_request_file_said() {
    let bench = Bench::new();
    let entries = "nhs,practice,date,code,system\n\
        9434765919,A81001,2020-01-01,246..,read\n,A81001,2020-01-01,246..,read\n\
        9434765918,A81001,2020-01-01,E11,icd10\n";
    bench.write("events.csv", entries);
    bench.write("patients.csv", "nhs,practice\n9434765919,A81001\n,A81001\n");
    bench.write("list.csv", "nhs\n9000962382\n9000803888\n");
    let more = format!(
        r#"
[people]
no-nhs-number = true
no-nhs-number-at-most = 2.5
[type1]
entries = "events.csv"
patient = "nhs"
code = "code"
system-column = "system"
systems = {{ read = "read-v2" }}
date = "date"
practice = 2
header = ["nhs", "practice", "date", "code", "system"]
practices-read = ["A81001"]
no-type1-at = ["A81001"]
all-registered-on = 2025-01-06
all-registered-max-age-days = 9999
registrations = {{ file = "patients.csv", patient = "nhs", practice = "practice" }}
[[list]]
of = "national-opted-out"
file = "list.csv"
column = "nhs"
others = "unknown"
checked = {}
max-age-days = 14
"#,
        day(-1)
    );
    bench.request(&format!("{}{more}", request(&day(0))));
    let said = bench.succeeds();
    let record = assert_is_of_schema(&bench.read("out/audit.json"));
    assert_eq!(
        record["settings"],
        serde_json::json!({
            "people": { "no-nhs-number": true, "no-nhs-number-at-most": 2.5 },
            "register": { "file": "register", "max-age-days": 14 },
            "type1": {
                "entries": "events.csv", "patient": "nhs", "code": "code",
                "system-column": "system", "systems": { "read": "read-v2" }, "date": "date",
                "practice": 2, "header": ["nhs", "practice", "date", "code", "system"],
                "practices-read": ["A81001"],
                "no-type1-at": ["A81001"], "all-registered-on": "2025-01-06",
                "all-registered-max-age-days": 9999,
                "registrations":
                    { "file": "patients.csv", "patient": "nhs", "practice": "practice" },
            },
            "list": [{
                "of": "national-opted-out", "file": "list.csv", "column": "nhs",
                "others": "unknown", "checked": day(-1), "max-age-days": 14,
            }],
            "table": [{ "file": "table.csv", "person": "nhs" }],
        })
    );
    let sources = record["sources"].as_array().unwrap();
    let of = |key: &str| sources.iter().map(|source| source[key].clone()).collect::<Vec<_>>();
    let rows = |all, unkeyed, other_systems| serde_json::json!({ "rows": all, "unkeyed": unkeyed, "other_systems": other_systems });
    let null = serde_json::Value::Null;
    assert_eq!(of("kind"), ["register", "type1-entries", "registrations", "national-opted-out"]);
    assert_eq!(of("rows"), [null.clone(), rows(3, 2, 1), rows(2, 1, 0), null]);
    assert_eq!(
        sources[1]["type1"],
        serde_json::json!({
            "entries": 3, "dissents": 0, "people_with_dissents": 0, "undated_dissents": 0,
            "withdrawals": 0, "people_with_withdrawals": 0, "unreadable": 0, "local": 0,
            "elsewhere": 0, "people_elsewhere": 0, "of_something_else": 3,
            "people_unregistered": 0,
        })
    );
    // The register knows the people of three of the four rows; that a row was withheld tells nothing.
    assert_eq!(of("matched"), [3, 2, 2, 1]);
    let said: Vec<_> = said.lines().map(|l| l.split_whitespace().collect::<Vec<_>>()).collect();
    for line in [["register", "register", "2", "3"], ["national-opted-out", "list.csv", "2", "1"]] {
        assert!(said.iter().any(|shown| shown == &line), "expected {line:?} in: {said:?}");
    }
}

#[test]
fn a_list_that_matches_nobody_shows() {
    let bench = Bench::new();
    let list = "[[list]]\nof = \"care-objectors\"\nfile = \"list.csv\"\ncolumn = \"nhs\"\n";
    bench.request(&format!("{}{list}", request(&day(0))));
    let nobody = "Nobody in the tables is in list.csv";
    for (person, matched) in [("9000803888", 0), ("9000898358", 1), ("9434765919", 2)] {
        bench.write("list.csv", format!("nhs\n{person}\n"));
        let said = bench.succeeds();
        assert_eq!(said.contains(nobody), matched == 0, "{said}");
        let record = assert_is_of_schema(&bench.read("out/audit.json"));
        assert_eq!(record["sources"][1]["matched"], matched);
        fs::remove_dir_all(bench.path("out")).unwrap();
    }
    // By key as by number.
    let keyed =
        request(&day(0)).replace("[register]\nfile = \"register\"\nmax-age-days = 14\n", "");
    let keyed = format!(
        "{keyed}[people]\nnamed-by = \"key\"\n{list}[[list]]\nof = \"national-opted-out\"\n\
         file = \"list.csv\"\ncolumn = \"nhs\"\nothers = \"none\"\nchecked = {}\nmax-age-days = 9\n",
        day(-1)
    );
    bench.request(&keyed);
    bench.succeeds();
    let record = assert_is_of_schema(&bench.read("out/audit.json"));
    assert_eq!([&record["sources"][0]["matched"], &record["sources"][1]["matched"]], [2, 2]);
}

#[test]
fn a_request_that_holds_a_number_is_refused_and_not_recorded() {
    let bench = Bench::new();
    let asked = request(&day(0));
    for (given, table) in [
        (asked.replace("person = \"nhs\"", "person = \"9434765919\""), "table"),
        (asked.replace("person = \"nhs\"", "person = 9434765919\nheader = true"), "table"),
        (asked.replace("person = \"nhs\"", "person = [\"nhs\", \"943 476 5919\"]"), "table"),
        (
            format!(
                "{asked}[[list]]\nof = \"care-objectors\"\nfile = \"l\"\ncolumn = \"x-9434765919\"\n"
            ),
            "list",
        ),
        (format!("{}{}", asked, TYPE1.replace("A81001", "9434765919")), "type1"),
        (format!("{}{}", asked, TYPE1.replace("{ read =", "{ 943-476-5919 =")), "type1"),
        (asked.replace("25/CAG/0000", "CAG 9434765919"), "evidence"),
    ] {
        assert_ne!(given, asked);
        bench.request(&given);
        let output = bench.run(&["filter", "request.toml", "--out", "out", "--series", "series"]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2));
        let what = format!("`{table}` of the request file holds an NHS number");
        assert!(said.contains(&what) && !said.contains("5919"), "{said}");
    }
    for number in 1..=7 {
        let record = bench.read(&format!("series/00000{number}.json"));
        assert!(!record.contains("9434765919") && !record.contains("5919"), "{record}");
        assert!(assert_is_of_schema(&record)["settings"].is_null());
    }
    fs::write(bench.path("943-476-5919.toml"), &asked).unwrap();
    assert!(bench.run(&["filter", "943-476-5919.toml", "--out", "named"]).status.success());
    let record = assert_is_of_schema(&bench.read("named/audit.json"));
    assert_eq!(record["request"]["file"], "###-###-####.toml");
    bench.request(&asked.replace("table.csv", "943.476.5919.csv"));
    bench.stops("`table` of the request file holds an NHS number");
    let (today, old) = (day(0), "2020-01-01".to_owned());
    bench.request(&asked.replace(&today, &old));
    bench.run(&["filter", "request.toml", "--out", "out", "--series", "series"]);
    let refused = assert_is_of_schema(&bench.read("series/000008.json"));
    assert_eq!(refused["settings"]["table"][0]["file"], "table.csv");
}

const TYPE1: &str = r#"
[type1]
entries = "events.csv"
patient = "nhs"
code = "code"
system-column = "system"
systems = { read = "read-v2" }
date = "date"
practice = "practice"
practices-read = ["A81001"]
"#;
