//! Whether the record shows what was changed after it.

use std::fs;

use super::bench::{Bench, stderr};

fn verify(bench: &Bench, what: &str) -> (Option<i32>, String) {
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
