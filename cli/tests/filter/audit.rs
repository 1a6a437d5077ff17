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
    fs::remove_file(bench.path("series/000002.json")).unwrap();
    let (status, said) = verify(&bench, "series");
    assert!(status == Some(1) && said.contains("missing      000002.json"), "{said}");
    let refused = bench.run(&["filter", "request.toml", "--out", "out", "--series", "series"]);
    assert!(stderr(&refused).contains("record 2 is missing"), "{}", stderr(&refused));
    fs::rename(bench.path("series/000003.json"), bench.path("series/000002.json")).unwrap();
    assert_eq!(verify(&bench, "series").0, Some(1));
}

/// The schema is kept in step by hand; every key that a record has must be in it, and required.
#[test]
fn the_record_is_of_its_schema() {
    let bench = Bench::new();
    bench.succeeds();
    let schema = include_str!("../../../docs/audit.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    let record: serde_json::Value = serde_json::from_str(&bench.read("out/audit.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator.iter_errors(&record).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let mut other = record.clone();
    other["patient"] = "9434765919".into();
    assert!(!validator.is_valid(&other));
}
