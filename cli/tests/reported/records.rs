//! Audit records that were altered, and what stands beside them.

mod beside;

use std::fs;
use std::process::Output;
use std::time::{Duration, Instant};

use optout::record::Digest;
use serde_json::{Value, json};

use super::bench::{Bench, day, request, stderr};

fn said(output: &Output) -> String {
    stderr(output) + &String::from_utf8_lossy(&output.stdout)
}

fn verify(bench: &Bench, args: &[&str]) -> (Option<i32>, String) {
    let output = bench.run(&[&["audit", "verify"], args].concat());
    (output.status.code(), said(&output))
}

fn series(bench: &Bench, runs: usize) {
    for run in 1..=runs {
        let out = format!("out{run}");
        let output = bench.run(&["filter", "request.toml", "--out", &out, "--series", "series"]);
        assert!(output.status.success(), "{}", said(&output));
    }
}

#[test]
fn strangers_in_a_series_are_named_at_once() {
    for stranger in [
        "20261128.json",
        "18446744073709551615.json",
        "99999999999999999999999999.json",
        "1.json",
        "+2.json",
        "0000002.json",
        "000000.json",
        "-00001.json",
        "000002.JSON",
        "000002 (1).json",
        "leak.csv",
        "notes",
        ".hidden",
    ] {
        let bench = Bench::new();
        series(&bench, 2);
        assert_eq!(verify(&bench, &["series"]).0, Some(0));
        fs::copy(bench.path("series/000002.json"), bench.path(&format!("series/{stranger}")))
            .unwrap();
        let started = Instant::now();
        let (status, told) = verify(&bench, &["series"]);
        assert!(started.elapsed() < Duration::from_secs(5), "{stranger}");
        assert_eq!(status, Some(1), "{stranger}: {told}");
        assert!(told.contains(stranger), "{stranger}: {told}");
        let run = ["filter", "request.toml", "--out", "out3", "--series", "series"];
        let output = bench.run(&run);
        // What is called as if it were a record could stand in the place of one.
        if stranger.to_lowercase().ends_with(".json") {
            assert_eq!(output.status.code(), Some(2), "{stranger}: {}", said(&output));
            assert!(said(&output).contains("nothing can be added to a broken series"));
        } else {
            assert!(output.status.success(), "{stranger}: {}", said(&output));
            assert!(stderr(&output).contains(stranger), "{}", said(&output));
        }
    }
}

#[test]
fn a_gap_is_told_as_one() {
    let bench = Bench::new();
    series(&bench, 4);
    for gone in ["000002", "000003"] {
        fs::remove_file(bench.path(&format!("series/{gone}.json"))).unwrap();
    }
    let (status, told) = verify(&bench, &["series"]);
    assert_eq!(status, Some(1));
    assert!(told.contains("missing      000002.json to 000003.json\n"), "{told}");
    fs::remove_file(bench.path("series/000001.json")).unwrap();
    assert!(verify(&bench, &["series"]).1.contains("missing      000001.json to 000003.json\n"));
}

/// Many records are read once each.
#[test]
fn a_series_takes_time_as_it_is_long() {
    let bench = Bench::new();
    series(&bench, 1);
    let first = bench.read("series/000001.json");
    let mut previous = Digest::of(first.as_bytes());
    for number in 2..=300 {
        let mut record: Value = serde_json::from_str(&first).unwrap();
        record["chain"] = json!({ "number": number, "previous": previous.to_string() });
        let record = signed(&record, &first);
        previous = Digest::of(record.as_bytes());
        bench.write(&format!("series/{number:06}.json"), record);
    }
    let started = Instant::now();
    assert_eq!(verify(&bench, &["series"]).0, Some(0));
    assert!(started.elapsed() < Duration::from_secs(20));
    assert!(
        bench.run(&["filter", "request.toml", "--dry-run", "--series", "series"]).status.success()
    );
    assert!(bench.path("series/000301.json").exists());
}

/// A record with its own digest made anew, as anybody can: 64 zeros in its place, and BLAKE3 over all.
/// The keys keep the order of `like`.
fn signed(record: &Value, like: &str) -> String {
    let zeros = "0".repeat(64);
    let mut lines = Vec::new();
    let order: Vec<_> = like
        .lines()
        .filter_map(|line| line.strip_prefix("  \"")?.split_once('"'))
        .map(|(key, _)| key.to_owned())
        .collect();
    for key in &order {
        let value = if key == "self" { json!(zeros) } else { record[key].clone() };
        let value = serde_json::to_string_pretty(&value).unwrap().replace('\n', "\n  ");
        lines.push(format!("  \"{key}\": {value}"));
    }
    let text = format!("{{\n{}\n}}\n", lines.join(",\n"));
    let digest = Digest::of(text.as_bytes()).to_string();
    text.replacen(&format!("\"self\": \"{zeros}\""), &format!("\"self\": \"{digest}\""), 1)
}

#[test]
fn a_record_says_its_own_digest_so_that_anybody_can_make_it() {
    let bench = Bench::new();
    bench.succeeds();
    let text = bench.read("out/audit.json");
    let record: Value = serde_json::from_str(&text).unwrap();
    let own = record["self"].as_str().unwrap();
    let blank = text.replace(own, &"0".repeat(64));
    assert_eq!(Digest::of(blank.as_bytes()).to_string(), own);
    let fourth = text.lines().nth(3).unwrap();
    assert_eq!(fourth, format!("  \"self\": {},", record["self"]));
    let (status, told) = verify(&bench, &["out"]);
    assert_eq!(status, Some(0), "{told}");
    assert!(told.contains("is found only by its series (`--series`)"), "{told}");
}

/// Its name, what it changes, and what is said of it.
type Edit = (&'static str, fn(&mut Value), &'static str);

/// Any edit shows by the digest; an edit with the digest made anew by what follows from the rest.
#[test]
fn an_edited_record_shows_also_with_its_digest_made_anew() {
    let bench = Bench::new();
    bench.succeeds();
    let text = bench.read("out/audit.json");
    let edits: [Edit; 26] = [
        (
            "ruling",
            |r| r["ruling"]["routes"][0]["route"] = json!("implied-consent"),
            "its ruling is not",
        ),
        ("bindings", |r| r["ruling"]["routes"] = json!([]), "its ruling is not"),
        ("disclosure", |r| r["disclosure"]["purpose"] = json!("planning"), "its ruling is not"),
        ("bases", |r| r["disclosure"]["bases"] = json!(["explicit-consent"]), "its ruling is not"),
        ("nonsense", |r| r["disclosure"]["purpose"] = json!("fun"), "cannot be judged"),
        ("flow", |r| r["flow"] = json!("cprd"), "is not that of its flow"),
        ("evidence", |r| r["evidence"] = json!([]), "nothing is on record for it"),
        ("until", |r| r["evidence"][0]["until"] = json!("2025-02-01"), "not on"),
        ("from", |r| r["evidence"][0]["from"] = json!("2099-02-01"), "not on"),
        ("reference", |r| r["evidence"][0]["reference"] = json!("TBC"), "refers to nothing"),
        (
            "assertion",
            |r| {
                let other = json!({"assertion": "fun", "reference": "1/2", "from": "2025-01-01", "until": null});
                r["evidence"].as_array_mut().unwrap().push(other);
            },
            "refers to nothing",
        ),
        ("day", |r| r["started"] = json!("2020-01-01T00:00:00Z"), "date it today"),
        (
            "days",
            |r| {
                r["started"] = json!("2020-01-01T00:00:00Z");
                r["finished"] = json!("2020-01-01T00:00:01Z");
            },
            "date it today",
        ),
        ("source", |r| r["sources"] = json!([]), "not those of its settings"),
        ("kind", |r| r["sources"][0]["kind"] = json!("hearsay"), "a kind of source"),
        ("age", |r| r["sources"][0]["max_age_days"] = json!(999), "not those of its settings"),
        ("checked", |r| r["sources"][0]["checked"] = json!("2020-01-01"), "was too old"),
        ("people", |r| r["sources"][0]["opted_out"] = json!(99), "more people"),
        ("file", |r| r["sources"][0]["file"]["file"] = json!("other"), "not those of its settings"),
        ("mode", |r| r["mode"] = json!("dry-run"), "its outputs are not those of its mode"),
        ("exit", |r| r["exit"] = json!(2), "exit status and its error contradict"),
        ("error", |r| r["error"] = json!("no"), "exit status and its error contradict"),
        (
            "column",
            |r| r["tables"][0]["people"] = json!(["other"]),
            "tables are not those of its settings",
        ),
        ("word", |r| rename(r, "national-opt-out", "bad-mood"), "a reason that is none"),
        ("reason", |r| rename(r, "national-opt-out", "type1-dissent"), "withholds nobody for one"),
        (
            "unnamed",
            |r| {
                r["tables"][0]["rows"]["without_identifier"] = json!(9);
                r["total"]["without_identifier"] = json!(9);
            },
            "do not add up",
        ),
    ];
    for (name, edit, what) in edits {
        let mut record: Value = serde_json::from_str(&text).unwrap();
        edit(&mut record);
        let forged = signed(&record, &text);
        bench.write("out/audit.json", &forged);
        let (status, told) = verify(&bench, &["out"]);
        assert_eq!(status, Some(1), "{name}: {told}");
        assert!(what.split('|').any(|what| told.contains(what)), "{name}: {told}");
        assert!(!told.contains("its own digest\n"), "{name}: {told}");
        // The same with the old digest.
        let own = serde_json::from_str::<Value>(&text).unwrap()["self"].clone();
        let now = serde_json::from_str::<Value>(&forged).unwrap()["self"].clone();
        bench.write("out/audit.json", forged.replace(now.as_str().unwrap(), own.as_str().unwrap()));
        let (status, told) = verify(&bench, &["out"]);
        assert!(
            status == Some(1) && told.contains("not those of its own digest"),
            "{name}: {told}"
        );
    }
    // Of an edition that this build does not decide, that is said; the digest still shows an edit.
    let mut record: Value = serde_json::from_str(&text).unwrap();
    record["software"]["policy_edition"] = json!("0");
    bench.write("out/audit.json", signed(&record, &text));
    let (status, told) = verify(&bench, &["out"]);
    assert!(status == Some(0) && told.contains("edition 0 of the policy"), "{told}");
}

/// The same rows under another reason, in the table and in the total.
fn rename(record: &mut Value, from: &str, to: &str) {
    for rows in ["/tables/0/rows/withheld", "/total/withheld"] {
        let withheld = record.pointer_mut(rows).unwrap().as_object_mut().unwrap();
        let count = withheld.remove(from).unwrap();
        withheld.insert(to.to_owned(), count);
    }
}

#[test]
fn every_kind_of_run_leaves_a_record_that_holds() {
    let bench = Bench::new();
    let run = |args: &[&str]| {
        bench.run(&[&["filter", "request.toml", "--series", "series"], args].concat())
    };
    assert!(run(&["--out", "out"]).status.success());
    assert!(run(&["--out", "dry", "--dry-run"]).status.success());
    assert!(run(&["--dry-run", "--compare", "cprd", "section-251-research"]).status.success());
    assert_eq!(run(&["--out", "out"]).status.code(), Some(2));
    bench.request(&request("2026-01-15"));
    bench.register("2026-01-10");
    assert!(run(&["--replay", "--out", "replayed"]).status.success());
    assert_eq!(run(&["--out", "late"]).status.code(), Some(2));
    bench.request(&request(&day(0)));
    bench.write("table.csv", "nhs,code\n9434765919\n");
    bench.register(&day(-1));
    assert_eq!(run(&["--out", "torn"]).status.code(), Some(2));
    let (status, told) = verify(&bench, &["series"]);
    assert_eq!(status, Some(0), "{told}");
    assert_eq!(told.matches("same").count(), 7, "{told}");
    for out in ["dry", "replayed"] {
        let (_, told) = verify(&bench, &[out, "--series", "series"]);
        assert!(!told.contains("audit.json: "), "{told}");
    }
}
