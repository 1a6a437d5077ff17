//! Practices without a Type 1 entry, and practices that are misspelt.

use super::{CLEAR, DISSENTS, Practice, SOUGHT};

const READ: &str = "code = \"code\"\nsystem = \"read-v2\"\n";
const HEADER: &str = "nhs,code,date,practice\n";

#[test]
fn a_history_without_a_code_stops() {
    let other = format!("{CLEAR},H33..,2019-01-01,P1\n");
    for more in [
        String::new(),
        format!("{SOUGHT},9Nu4.,2019-01-01,P1\n"),
        format!("{SOUGHT},H33..,2019-01-01,P1\n"),
    ] {
        let practice = Practice::new(READ, &format!("{HEADER}{other}{more}"));
        practice.stops("entries.csv: no entry is a Type 1 code");
        practice.request(&format!("{READ}may-be-empty = true\n"));
        practice.stops("entries.csv: no entry is a Type 1 code");
        practice.request(&format!("{READ}no-type1-at = [\"P1\"]\n"));
        practice.releases();
        practice.request(&format!("{READ}no-type1-at = [\"P2\"]\n"));
        practice.stops("not to have been read: 1 practice, P2");
    }
    // One that was deleted is none.
    let deleted =
        format!("{READ}deleted = {{ column = \"deleted\", set = [\"1\"], clear = [\"\"] }}\n");
    let entries = format!(
        "nhs,code,date,practice,deleted\n{CLEAR},H33..,2019-01-01,P1,\n{SOUGHT},9Nu0.,2019-01-01,P1,1\n"
    );
    let practice = Practice::new(&deleted, &entries);
    practice.stops("entries.csv: no entry is a Type 1 code");
    let stands = format!("{DISSENTS},9Nu0.,2019-01-01,P1,\n");
    practice.bench.write("entries.csv", format!("{entries}{stands}"));
    practice.releases();
}

#[test]
fn a_large_practice_without_a_code_stops() {
    let settings = format!("{READ}practices-read = [\"P1\", \"P2\"]\n");
    let practice = Practice::new(
        &settings,
        &format!("{HEADER}{DISSENTS},9Nu0.,2019-01-01,P1\n{CLEAR},H33..,2019-01-01,P1\n"),
    );
    let patients = practice.bench.read("patients.csv");
    let many = |count: u32| {
        let numbers = (900_001_000..).filter_map(optout::record::NhsNumber::from_first_nine);
        let rows = numbers
            .take(count as usize)
            .map(|number| format!("{},P2\n", String::from_utf8_lossy(&number.to_digits())));
        practice.bench.write("patients.csv", format!("{patients}{}", rows.collect::<String>()));
    };
    many(300);
    let said = practice.releases();
    assert!(said.contains("no entry is a Type 1 code at 1 practice (300 people), P2"), "{said}");
    many(301);
    practice.stops("no entry is a Type 1 code at 1 practice (301 people), P2 with 301");
    practice.request(&format!("{settings}no-type1-at = [\"P2\"]\n"));
    practice.releases();
    // One that nobody read may have none: its people are unknown anyway.
    practice.request(READ);
    let said = practice.releases();
    assert!(said.contains("not read, so that whoever was there is unknown: 1 practice"), "{said}");
}

#[test]
fn practices_that_are_misspelt_show() {
    let entries = format!("{HEADER}{DISSENTS},9Nu0.,2019-01-01,P1\n{CLEAR},H33..,2019-01-01,P1\n");
    let practice =
        Practice::new(&format!("{READ}practices-read = [\"P1\", \"A81OO1\"]\n"), &entries);
    let said = practice.releases();
    assert!(
        said.contains("in neither the entries nor the registrations: 1 practice, A81OO1"),
        "{said}"
    );
    practice.request(&format!("{READ}practices-read = [\"p1\"]\n"));
    practice.stops("none of the practices that were read is in the entries or the registrations");
    // What a wrong column holds is shown by nobody.
    let patients = practice.bench.read("patients.csv").replace(",P1", ",Ann Smith");
    practice.bench.write("patients.csv", patients);
    practice.request(READ);
    let (_, said) = practice.released();
    assert!(said.contains("not read") && !said.contains("Smith"), "{said}");
}

#[test]
fn practices_may_come_from_a_file() {
    let entries = format!("{HEADER}{DISSENTS},9Nu0.,2019-01-01,P1\n{CLEAR},H33..,2019-01-01,P1\n");
    let practice = Practice::new(
        &format!("{READ}practices-read = {{ file = \"practices.csv\", column = \"ods\" }}\n"),
        &entries,
    );
    practice.stops("cannot read practices.csv");
    practice.bench.write("practices.csv", "name,ods\nHigh Street,P1\n");
    practice.releases();
    practice.bench.succeeds();
    let record: serde_json::Value =
        serde_json::from_str(&practice.bench.read("out/audit.json")).unwrap();
    assert_eq!(record["sources"][3]["kind"], "practices-read");
    assert_eq!(record["sources"][3]["file"]["file"], "practices.csv");
    let verified = practice.bench.run(&["audit", "verify", "out/audit.json"]);
    assert!(verified.status.success());
    std::fs::remove_dir_all(practice.bench.path("out")).unwrap();
    practice.bench.write("practices.csv", "name,ods\n");
    practice.stops("practices.csv: there are no practices in it");
    practice.bench.write("practices.csv", "name,code\nHigh Street,P1\n");
    practice.stops("practices.csv: there is no column \"ods\"");
    let by_place = "practices-read = { file = \"practices.csv\", column = 2 }\n";
    practice.request(&format!("{READ}{by_place}"));
    practice.stops("practices.csv: a column is given by its position");
}
