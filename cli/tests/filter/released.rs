//! What leaves, and that it appears whole.

use std::io::{Read, Write};

use super::bench::{Bench, CLEAR, KEPT, OPTED_OUT, TABLE, UNKNOWN, day, request, stderr};

#[test]
fn the_permitted_rows_leave_with_their_audit_record() {
    let bench = Bench::new();
    let said = bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), KEPT);
    assert!(said.contains("national-opt-out"), "{said}");
    let record = bench.read("out/audit.json");
    for number in [CLEAR, OPTED_OUT, UNKNOWN] {
        assert!(!record.contains(number), "a patient is named");
    }
    assert_eq!(bench.left(), ["out"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |name| bench.path(name).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("out"), 0o700);
        assert_eq!(mode("out/table.csv"), 0o600);
    }
}

#[test]
fn a_release_is_never_overwritten_unless_asked() {
    let bench = Bench::new();
    bench.succeeds();
    let first = bench.read("out/audit.json");
    let again = bench.filter();
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("out exists"));
    assert_eq!(bench.read("out/audit.json"), first);

    bench.write("table.csv", "nhs,code\n");
    let forced = bench.run(&["filter", "request.toml", "--out", "out", "--force"]);
    assert!(forced.status.success(), "{}", stderr(&forced));
    assert_eq!(bench.read("out/table.csv"), "nhs,code\n");
    assert_eq!(bench.left(), ["out"]);
}

/// `--force` replaces a release and nothing else.
#[test]
fn what_is_no_release_is_never_replaced() {
    let bench = Bench::new();
    let force = |request: &str, out: &str, more: &[&str]| {
        let output = bench.run(&[&["filter", request, "--out", out, "--force"], more].concat());
        (output.status.code(), stderr(&output))
    };
    std::fs::create_dir_all(bench.path("work/sub")).unwrap();
    bench.write("work/sub/thesis.txt", "years");
    bench.write("file", "x");
    for (out, what) in [("work", "holds no audit record"), ("file", "is not a folder")] {
        let (status, said) = force("request.toml", out, &[]);
        assert!(status == Some(2) && said.contains(what), "{said}");
    }
    assert_eq!(bench.read("work/sub/thesis.txt"), "years");
    bench.succeeds();
    for (more, what) in [(&["--dry-run"], "writes no data"), (&["--replay"], "writes no data")] {
        let (status, said) = force("request.toml", "out", more);
        assert!(status == Some(2) && said.contains(what), "{said}");
    }
    let (_, said) = force("request.toml", "out", &["--series", "out/series"]);
    assert!(said.contains("would lie inside the release"), "{said}");
    bench.write("out/notes.txt", "mine");
    let (status, said) = force("request.toml", "out", &[]);
    assert!(status == Some(2) && said.contains("more than its audit record says"), "{said}");
    std::fs::remove_file(bench.path("out/notes.txt")).unwrap();
    bench.request(&request(&day(0)).replace("table.csv", "out/table.csv"));
    let (status, said) = force("request.toml", "out", &[]);
    assert!(status == Some(2) && said.contains("where the release is to appear"), "{said}");
    assert_eq!(bench.read("out/table.csv"), KEPT);
}

#[cfg(target_os = "linux")]
#[test]
fn a_release_stands_whoever_reads_of_it() {
    let bench = Bench::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output =
        bench.command(&["filter", "request.toml", "--out", "out"]).stdout(full).output().unwrap();
    assert!(output.status.success() && stderr(&output).contains("the release stands"));
    assert_eq!(bench.read("out/table.csv"), KEPT);
}

#[test]
fn a_dry_run_and_a_replay_write_no_data() {
    let bench = Bench::new();
    let dry = bench.run(&["filter", "request.toml", "--dry-run"]);
    assert!(dry.status.success() && bench.left().is_empty());
    let dry = bench.run(&["filter", "request.toml", "--dry-run", "--out", "out"]);
    assert!(dry.status.success() && !bench.path("out/table.csv").exists());
    assert!(bench.read("out/audit.json").contains(r#""mode": "dry-run""#));

    let bench = Bench::new();
    bench.register(&day(-101));
    bench.request(&request(&day(-100)));
    bench.stops("with `--replay`, which writes no data");
    let replay = bench.run(&["filter", "request.toml", "--replay", "--out", "out"]);
    assert!(replay.status.success(), "{}", stderr(&replay));
    assert!(!bench.path("out/table.csv").exists());
    assert!(bench.read("out/audit.json").contains(r#""mode": "replay""#));
}

#[test]
fn several_tables_of_every_packing_lose_the_same_people() {
    let bench = Bench::new();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(TABLE.as_bytes()).unwrap();
    bench.write("a.csv.gz", gz.finish().unwrap());
    bench.write("b.csv.zst", zstd::encode_all(TABLE.as_bytes(), 1).unwrap());
    bench.write("c.tsv", TABLE.replace(',', "\t"));
    bench.write("d.csv", TABLE.replace(',', ";"));
    let more = r#"
[[table]]
file = "a.csv.gz"
person = "nhs"
[[table]]
file = "b.csv.zst"
person = 1
header = ["nhs", "code"]
[[table]]
file = "c.tsv"
person = ["nhs"]
[[table]]
file = "d.csv"
person = "nhs"
delimiter = ";"
output = "e.csv"
"#;
    bench.request(&format!("{}{more}", request(&day(0))));
    bench.succeeds();
    let unpacked = |name: &str| std::fs::read(bench.path(name)).unwrap();
    let mut text = String::new();
    let packed = unpacked("out/a.csv.gz");
    flate2::read::MultiGzDecoder::new(&*packed).read_to_string(&mut text).unwrap();
    assert_eq!(text, KEPT);
    assert_eq!(zstd::decode_all(&*unpacked("out/b.csv.zst")).unwrap(), KEPT.as_bytes());
    assert_eq!(bench.read("out/c.tsv"), KEPT.replace(',', "\t"));
    assert_eq!(bench.read("out/e.csv"), KEPT.replace(',', ";"));
    let verified = bench.run(&["audit", "verify", "out/audit.json"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

/// Each form of a number, in the table and on the list, is the same number.
#[test]
fn forms_of_a_number_match_on_both_sides() {
    let forms = ["9000962382", "900 096 2382", "900-096-2382", "\"9000962382\"", " 9000962382 "];
    for listed in ["9000962382", "900 096 2382", "\"900 096 2382\"", "9000962382,", "9000962382,\r"]
    {
        let bench = Bench::new();
        bench.write("list.csv", format!("{listed}\n"));
        let rows: String = forms.map(|form| format!("{form},x\n")).concat();
        bench.write("table.csv", format!("nhs,code\n{rows}{CLEAR},x\n"));
        let list = "[[list]]\nof = \"type1-dissenters\"\nfile = \"list.csv\"\nothers = \"none\"\nheader = false\n";
        let gp = request(&day(0)).replace("england-care", "gp-record");
        bench.request(&format!("{gp}{list}"));
        bench.register(&day(0));
        bench.succeeds();
        assert_eq!(bench.read("out/table.csv"), format!("nhs,code\n{CLEAR},x\n"));
    }
    // The form of the service's own lists: a number and an empty field.
    let bench = Bench::new();
    bench.write("list.csv", "9000962382\n");
    let list = "[[list]]\nof = \"type1-dissenters\"\nfile = \"list.csv\"\nothers = \"none\"\nheader = false\n";
    let gp = request(&day(0)).replace("england-care", "gp-record");
    let plain = gp.replace("person = \"nhs\"", "person = 1\nheader = false");
    bench.register(&day(0));
    bench.request(&format!("{list}{plain}"));
    bench.write("table.csv", format!("9000962382,\n{CLEAR},\n900 096 2382,\n"));
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), format!("{CLEAR},\n"));
    // Under a header of one column it is a row of another length.
    bench.request(&format!("{gp}{list}"));
    std::fs::remove_dir_all(bench.path("out")).unwrap();
    bench.write("table.csv", format!("nhs\n{CLEAR},\n"));
    bench.stops("table.csv, line 2: the row has 2 fields, the first row has 1");
}

#[test]
fn keys_are_matched_with_lists_of_the_same_keys() {
    let bench = Bench::new();
    bench.write("table.csv", "pseudonym,x\nabc,1\ndef,2\nghi,3\n");
    bench.write("clear.csv", "id\nabc\nghi\n");
    let list = format!(
        "[people]\nnamed-by = \"key\"\n[[list]]\nof = \"national-clear\"\nfile = \"clear.csv\"\ncolumn = \"id\"\nchecked = {}\nmax-age-days = 14\n",
        day(-2)
    );
    let keyed = request(&day(0)).replace("\"nhs\"", "\"pseudonym\"");
    let keyed = keyed.replace("[register]\nfile = \"register\"\nmax-age-days = 14\n", &list);
    bench.request(&keyed);
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), "pseudonym,x\nabc,1\nghi,3\n");
}

#[test]
fn other_routes_are_counted_in_the_same_pass() {
    let bench = Bench::new();
    let output = bench.run(&[
        "filter",
        "request.toml",
        "--dry-run",
        "--compare",
        "cprd",
        "consented-research",
    ]);
    assert!(output.status.success(), "{}", stderr(&output));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("What other routes would release") && said.contains("cprd"), "{said}");
    assert!(said.contains("cannot be told: consented-research: "), "{said}");
}
