//! The Type 1 status from coded entries, as a practice would export them.

use std::io::Write;

use super::bench::{Bench, day, request, stderr};

const DISSENTED: &str = "9000000009";
const WITHDREW: &str = "9000000017";
const TYPE_2: &str = "9000000025";
const ELSEWHERE: &str = "9000000033";
const NEVER: &str = "9000000041";

const TYPE1: &str = r#"
[type1]
entries = "events.csv"
patient = "nhs"
code = "code"
system = "read-v2"
date = "date"
practice = "practice"
practices-read = ["A81001"]
all-registered-on = 2025-01-06
all-registered-max-age-days = 9999
registrations = { file = "patients.csv", patient = "nhs", practice = "practice" }
deleted = { column = "deleted", set = ["true"], clear = ["false", ""] }
"#;

/// An extract of five patients of whom the practice knows one thing each.
fn bench(entries: &str) -> Bench {
    let bench = Bench::new();
    let people = [DISSENTED, WITHDREW, TYPE_2, ELSEWHERE, NEVER];
    let rows = people.map(|person| format!("{person},x\n")).concat();
    bench.write("table.csv", format!("nhs,code\n{rows}"));
    let patients = people.map(|person| {
        format!("{person},{}\n", if person == ELSEWHERE { "B82002" } else { "A81001" })
    });
    bench.write("patients.csv", format!("nhs,practice\n{}", patients.concat()));
    bench.write("events.csv", format!("nhs,practice,date,code,deleted\n{entries}"));
    bench.register_of(&day(-1), &people, &people);
    let gp = request(&day(0)).replace("england-care", "gp-record");
    bench.request(&format!("{gp}{TYPE1}"));
    bench
}

fn entries() -> String {
    format!(
        "{DISSENTED},A81001,2019-03-05,9Nu0.,\n\
         {WITHDREW},A81001,2019-03-05,9Nu0,\n\
         {WITHDREW},A81001,2021-03-05,9Nu1.,false\n\
         {TYPE_2},A81001,2016-01-01,9Nu4.,\n\
         {NEVER},A81001,2022-01-01,9Nu0.,true\n\
         {NEVER},A81001,2022-01-01,246..,\n"
    )
}

#[test]
fn packed_entries_and_registrations_say_the_same() {
    let bench = bench(&entries());
    bench.succeeds();
    let plain = bench.read("out/table.csv");
    let packed = |name: &str| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(bench.read(name).as_bytes()).unwrap();
        gzip.finish().unwrap()
    };
    bench.write("events.csv.gz", packed("events.csv"));
    let zstd = zstd::encode_all(bench.read("patients.csv").as_bytes(), 3).unwrap();
    bench.write("patients.csv.zst", &zstd);
    let request = bench.read("request.toml");
    let request = request.replace("events.csv", "events.csv.gz");
    bench.request(&request.replace("patients.csv", "patients.csv.zst"));
    let filter = |out: &str| bench.run(&["filter", "request.toml", "--out", out]);
    assert!(filter("packed").status.success());
    assert_eq!(bench.read("packed/table.csv"), plain);
    let (status, said) = super::audit::verify(&bench, "packed");
    assert!(status == Some(0) && said.contains("same         events.csv.gz"), "{said}");

    // What is cut short is no shorter list.
    bench.write("patients.csv.zst", &zstd[..zstd.len() - 3]);
    let output = filter("cut");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("patients.csv.zst"), "{}", stderr(&output));
}

#[test]
fn only_a_standing_type_1_code_is_an_opt_out_and_only_a_read_practice_tells_of_none() {
    let bench = bench(&entries());
    let said = bench.succeeds();
    assert_eq!(
        bench.read("out/table.csv"),
        format!("nhs,code\n{WITHDREW},x\n{TYPE_2},x\n{NEVER},x\n")
    );
    for line in
        ["type1-dissent  1", "type1-unknown  1", "type-2     1", "deleted    1", "unrelated  1"]
    {
        assert!(said.contains(line), "expected `{line}` in: {said}");
    }
    let record = bench.read("out/audit.json");
    assert!(record.contains(r#""kind": "type1-entries""#) && record.contains(r#""type-2": 1"#));
    let verified = bench.run(&["audit", "verify", "out/audit.json"]);
    assert!(verified.status.success(), "{}", stderr(&verified));
}

#[test]
fn an_entry_that_cannot_be_read_stops_the_run() {
    for (entry, what) in [
        (",A81001,2019-03-05,9Nu0.,\n", "line 2: an opt-out of a patient who cannot be known"),
        (&format!("{NEVER},A81001,05/03/2019,9Nu0.,\n"), "line 2: a date in another form"),
        (&format!("{NEVER},A81001,2019-03-05,9Nu0.,perhaps\n"), "line 2: a value of a flag"),
        (&format!("{NEVER},A81001\n"), "line 2: the row has 2 fields, the first row has 5"),
    ] {
        bench(entry).stops(what);
    }
    // A trace of somebody, who may be at a practice that was not read.
    let trace = format!("{},B82002,2019-03-05,246..,\n", "9000000034");
    bench(&trace).stops("events.csv: line 2: a patient who cannot be known");
    let dissent = format!("{DISSENTED},A81001,2019-03-05,9Nu0.,\n");
    let several = format!("{dissent}{}", trace.replace("B82002", "A81001"));
    bench(&several).succeeds();
    bench(&format!("{dissent}{}", trace.replace("9000000034", ""))).succeeds();
    let bench = bench(&entries());
    let gp = request(&day(0)).replace("england-care", "gp-record");
    bench.request(&format!("{gp}{}", TYPE1.replace("system = \"read-v2\"\n", "")));
    bench.stops("nothing says of what system the codes are");
    bench.request(&format!("{gp}{}", TYPE1.replace("events.csv", "missing.csv")));
    bench.stops("cannot read missing.csv");
}

#[test]
fn a_withdrawal_of_uncertain_meaning_is_said() {
    let snomed = format!(
        "{NEVER},A81001,2019-03-05,827241000000103,\n{NEVER},A81001,2020-03-05,827261000000102,\n"
    );
    let bench = bench(&snomed);
    let request = bench.read("request.toml");
    bench.request(&request.replace("\"read-v2\"", "\"snomed-ct\""));
    let said = stderr(&bench.filter());
    assert!(
        said.contains("withdrawals of Type 1 opt-outs by the SNOMED CT code 827261000000102: 1"),
        "{said}"
    );
    let record: serde_json::Value = serde_json::from_str(&bench.read("out/audit.json")).unwrap();
    assert!(record["warnings"].to_string().contains("grade C"));
}

#[test]
fn dates_are_read_as_the_request_says() {
    for (dates, date) in [
        ("iso", "2019-03-05"),
        ("iso-basic", "20190305"),
        ("day-month-year", "5/3/2019"),
        ("day-month-name", "05-Mar-2019"),
        ("day-month-name", "5 Mar 2019 10:30"),
    ] {
        let entry = |on: &str| format!("{NEVER},A81001,{on},9Nu0.,\n");
        let bench = bench(&entry(date));
        let request = bench.read("request.toml");
        bench.request(&request.replace("[type1]", &format!("[type1]\ndates = \"{dates}\"")));
        bench.succeeds();
        assert!(!bench.read("out/table.csv").contains(NEVER));
        std::fs::remove_dir_all(bench.path("out")).unwrap();
        for other in ["2019-02-30", "20190230", "30/2/2019", "30-Feb-2019", "5-3-2019", "5-Mar-19"]
        {
            let header = "nhs,practice,date,code,deleted\n";
            bench.write("events.csv", format!("{header}{}", entry(other)));
            bench.stops("events.csv: line 2: a date in another form");
        }
    }
}

#[test]
fn a_history_of_nobody_clears_nobody() {
    let bench = bench("");
    bench.stops("events.csv: there are no entries");
    let request = bench.read("request.toml");
    // Nor does one in which nobody has an opt-out, unless that is said of each practice.
    bench.request(&request.replace("[type1]", "[type1]\nmay-be-empty = true"));
    bench.stops("events.csv: no entry is a Type 1 code");
    let said = "[type1]\nmay-be-empty = true\nno-type1-at = [\"A81001\"]";
    bench.request(&request.replace("[type1]", said));
    bench.succeeds();
}

#[test]
fn a_dissent_within_a_joined_row_stops_the_run() {
    // Texts with line ends of their own, so that no line has as many fields as a row.
    let bench = bench("");
    let header = "nhs,text,practice,date,code,deleted\n";
    let joined = format!("{NEVER},\"5ft\n6\"\"\n{DISSENTED},5ft\n7\",A81001,2019-03-05,246..,\n");
    bench.write("events.csv", format!("{header}{joined}"));
    bench.stops("events.csv: line 4: a quoted field joins");
}

#[test]
fn entries_and_registrations_in_two_forms_of_keys_stop_the_run() {
    let bench = Bench::new();
    bench.write("table.csv", "nhs,code\nka,1\nkb,2\n");
    bench.write("patients.csv", "nhs,practice\nka,A81001\nkb,A81001\n");
    bench.write(
        "events.csv",
        "nhs,practice,date,code,deleted\nKA,A81001,2019-03-05,9Nu0.,\nKC,A81001,2019-03-05,246..,\n",
    );
    let gp = request(&day(0)).replace("england-care", "gp-record");
    let register = gp.find("[register]").unwrap();
    let table = gp.find("[[table]]").unwrap();
    let gp = format!("{}{}", &gp[..register], &gp[table..]);
    let cleared = "[[list]]\nof = \"national-opted-out\"\nfile = \"national.csv\"\ncolumn = \"k\"\nothers = \"none\"\n";
    let checked = format!("checked = {}\nmax-age-days = 7\nmay-match-nobody = true\n", day(-1));
    bench.write("national.csv", "k\nother\n");
    bench.request(&format!("{gp}\n[people]\nnamed-by = \"key\"\n{TYPE1}\n{cleared}{checked}"));
    bench.stops("patients.csv: nobody who has an entry is registered");
    let request = bench.read("request.toml");
    let meant = request.replace("[type1]", "[type1]\nmay-match-nobody = true");
    bench.request(&meant);
    bench.stops("events.csv: a key of table.csv is here only in another form");
    bench.request(&meant.replace("[people]", "[people]\nsimilar-keys-differ = true"));
    bench.succeeds();
    std::fs::remove_dir_all(bench.path("out")).unwrap();
    bench.request(&request);
    let entries = bench.read("events.csv").replace("KA", "ka");
    bench.write("events.csv", entries);
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), "nhs,code\nkb,2\n");
}
