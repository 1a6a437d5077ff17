//! Audit records that were altered, and what stands beside them.

use std::fs;
use std::process::Output;
use std::time::{Duration, Instant};

use optout::record::Digest;
use serde_json::{Value, json};

use super::bench::{Bench, KEPT, day, request, stderr};

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

/// Any edit shows by the digest; an edit with the digest made anew by what follows from the rest.
#[test]
fn an_edited_record_shows_also_with_its_digest_made_anew() {
    let bench = Bench::new();
    bench.succeeds();
    let text = bench.read("out/audit.json");
    let edits: [(&str, fn(&mut Value), &str); 26] = [
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

#[test]
#[cfg(unix)]
fn outputs_that_can_be_changed_elsewhere_are_named() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let chmod = |bench: &Bench, file: &str, mode| {
        fs::set_permissions(bench.path(file), fs::Permissions::from_mode(mode)).unwrap();
    };
    let fresh = || {
        let bench = Bench::new();
        bench.succeeds();
        bench
    };
    let expect = |bench: &Bench, status: i32, what: &str| {
        let (found, told) = verify(bench, &["out"]);
        assert!(found == Some(status) && told.contains(what), "{status}, {what}: {told}");
    };
    for file in ["out/table.csv", "out/audit.json"] {
        let bench = fresh();
        fs::rename(bench.path(file), bench.path("elsewhere")).unwrap();
        symlink(bench.path("elsewhere"), bench.path(file)).unwrap();
        expect(&bench, 1, &format!("differs      {file}: it is a link"));
        let bench = fresh();
        chmod(&bench, file, 0o602);
        expect(&bench, 1, &format!("differs      {file}: others may write to it (mode 602)"));
        chmod(&bench, file, 0o660);
        expect(&bench, 0, &format!("caution      {file}: its group may write to it (mode 660)"));
        chmod(&bench, file, 0o644);
        expect(&bench, 0, &format!("{file}\n").replace("out/audit.json\n", ""));
        let bench = fresh();
        fs::hard_link(bench.path(file), bench.path("other-name")).unwrap();
        expect(&bench, 0, &format!("caution      {file}: it has another name"));
    }
    let bench = fresh();
    chmod(&bench, "out", 0o777);
    expect(&bench, 1, "differs      out: others may write to it (mode 777)");
}

#[test]
#[cfg(unix)]
fn only_regular_files_are_verified() {
    use std::os::unix::fs::symlink;
    let fifo = |bench: &Bench, at: &str| {
        let made = std::process::Command::new("mkfifo").arg(bench.path(at)).status().unwrap();
        assert!(made.success());
    };
    let replace = |with: &dyn Fn(&Bench), args: &[&str], status: i32, what: &str| {
        let bench = Bench::new();
        series(&bench, 1);
        with(&bench);
        let started = Instant::now();
        let (found, told) = verify(&bench, args);
        assert!(started.elapsed() < Duration::from_secs(5), "{what}");
        assert!(found == Some(status) && told.contains(what), "{status}, {what}: {told}");
    };
    for (file, status) in [("out1/table.csv", 1), ("out1/audit.json", 2), ("table.csv", 1)] {
        let remove = |bench: &Bench| fs::remove_file(bench.path(file)).unwrap();
        let with_fifo = |bench: &Bench| {
            remove(bench);
            fifo(bench, file);
        };
        replace(&with_fifo, &["out1"], status, "this is a pipe, no regular file; it was not read");
        let with_device = |bench: &Bench| {
            remove(bench);
            symlink("/dev/zero", bench.path(file)).unwrap();
        };
        replace(&with_device, &["out1"], status, "this is a device, no regular file");
        let with_folder = |bench: &Bench| {
            remove(bench);
            fs::create_dir(bench.path(file)).unwrap();
        };
        replace(&with_folder, &["out1/audit.json"], status, "");
    }
    let in_series = |bench: &Bench| {
        fs::remove_file(bench.path("series/000001.json")).unwrap();
        fifo(bench, "series/000001.json");
    };
    replace(&in_series, &["series"], 1, "000001.json: this is a pipe");
    replace(&in_series, &["out1", "--series", "series"], 1, "000001.json: this is a pipe");
    // A record that names a device as what was read.
    let of_device = |bench: &Bench| {
        let text = bench.read("out1/audit.json");
        let mut record: Value = serde_json::from_str(&text).unwrap();
        record["tables"][0]["input"]["file"] = json!("/dev/zero");
        bench.write("out1/audit.json", signed(&record, &text));
    };
    replace(&of_device, &["out1"], 1, "/dev/zero: this is a device");
    let long = |bench: &Bench| {
        let file = fs::File::create(bench.path("out1/audit.json")).unwrap();
        file.set_len(1 << 36).unwrap();
    };
    replace(&long, &["out1"], 2, "longer than 64 MiB");
}

#[test]
#[cfg(target_os = "linux")]
fn what_a_killed_run_left_is_named_by_the_next() {
    let bench = Bench::new();
    let mkfifo = std::process::Command::new("mkfifo").arg(bench.path("pipe.csv")).status();
    assert!(mkfifo.unwrap().success());
    bench.request(&request(&day(0)).replace("table.csv", "pipe.csv"));
    let args = ["filter", "request.toml", "--out", "out", "--series", "series"];
    let mut run = bench.command(&args).spawn().unwrap();
    let begun = || bench.left().into_iter().find(|name| name.ends_with(".partial"));
    while begun().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    // While it works it is nobody's leftover.
    let other = ["filter", "request.toml", "--out", "folder", "--dry-run"];
    bench.request(&request(&day(0)));
    let output = bench.run(&other);
    assert!(output.status.success() && !stderr(&output).contains("killed"), "{}", said(&output));
    run.kill().unwrap();
    run.wait().unwrap();
    let left = begun().unwrap();
    bench.write("series/.000001.json.4194303-0.part", "{");
    let output = bench.run(&args);
    assert!(output.status.success(), "{}", said(&output));
    let told = stderr(&output);
    for name in [left.as_str(), "series/.000001.json.4194303-0.part"] {
        assert!(told.contains(name) && told.contains("rm -r -- "), "{told}");
    }
    assert_eq!(bench.read("out/table.csv"), KEPT);
    let (status, told) = verify(&bench, &["series"]);
    assert!(
        status == Some(0) && told.contains("caution      .000001.json.4194303-0.part"),
        "{told}"
    );
    // A name that is only like it is somebody's own.
    fs::remove_dir_all(bench.path(&left)).unwrap();
    fs::remove_file(bench.path("series/.000001.json.4194303-0.part")).unwrap();
    for own in [".out.partial", ".out.x-0.partial", "out.4194303-0.partial", ".4194303-0.part"] {
        bench.write(own, "");
    }
    let output = bench.run(&["filter", "request.toml", "--out", "more"]);
    assert!(output.status.success() && !stderr(&output).contains("killed"), "{}", said(&output));
}
