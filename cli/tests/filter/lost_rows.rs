//! Lists and histories out of which a choice could be lost on the way in: each way, tried here.

use super::bench::{Bench, day, request};

/// Two clear people and two more, one of whom opted out by the list of the test.
const CLEAR: &str = "9000000009";
const FIRST: &str = "9000000017";
const SECOND: &str = "9000000025";

/// GP records of the three, with this in the request and an answer of the national check for all.
fn bench(request_of: &str) -> Bench {
    let bench = Bench::new();
    let people = [CLEAR, FIRST, SECOND];
    let rows = people.map(|person| format!("{person},x\n")).concat();
    bench.write("table.csv", format!("nhs,code\n{rows}"));
    bench.register_of(&day(-1), &people, &people);
    let gp = request(&day(0)).replace("england-care", "gp-record");
    bench.request(&format!("{gp}{request_of}"));
    bench
}

fn list(more: &str) -> String {
    format!("[[list]]\nof = \"type1-dissenters\"\nfile = \"list.csv\"\nothers = \"none\"\n{more}")
}

const TYPE1: &str = r#"
[type1]
entries = "events.csv"
patient = "nhs"
code = "code"
system = "read-v2"
date = "date"
practice = "practice"
practices-read = ["P1"]
all-registered-on = 2025-01-06
all-registered-max-age-days = 9999
registrations = { file = "patients.csv", patient = "nhs", practice = "practice" }
"#;

#[test]
fn a_stray_quote_in_a_list_takes_no_dissenter_with_it() {
    let bench = bench(&list("column = \"id\"\n"));
    bench.write("list.csv", format!("id,name\n{FIRST},\"o hara\"\n{SECOND},smith\n"));
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), format!("nhs,code\n{CLEAR},x\n"));
    std::fs::remove_dir_all(bench.path("out")).unwrap();
    for (rows, what) in [
        (format!("{FIRST},\"o hara\n{SECOND},smith\n"), "line 2: the quote that opens"),
        (format!("{FIRST},\"o hara\n{SECOND},smi\"th\n"), "line 3: text follows the closing"),
        (format!("{FIRST},o hara\r{SECOND},smith\n"), "line 2: a carriage return"),
        (format!("{FIRST},\"o hara\"\r\n{SECOND}\n"), "line 3: the row has 1 field"),
        // A text with a line end of its own, so that the last line has fewer fields than a row.
        (format!("{FIRST},\"o hara\n{SECOND},smi\nth\"\n"), "line 3: a quoted field joins"),
    ] {
        bench.write("list.csv", format!("id,name\n{rows}"));
        bench.stops(what);
    }
    bench.write("list.csv", format!("id,\"name\n{SECOND},5ft\n7\"\n{FIRST},smith\n"));
    bench.stops("list.csv: line 2: a quoted name of the header joins");
}

#[test]
fn a_stray_quote_in_a_history_takes_no_dissent_with_it() {
    let bench = bench(TYPE1);
    let rows = [CLEAR, FIRST, SECOND].map(|person| format!("{person},P1,x\n")).concat();
    let patients = format!("nhs,practice,note\n{rows}");
    let events = format!(
        "nhs,code,date,practice,text\n{FIRST},9Nu1.,2020-01-01,P1,chest\n{SECOND},9Nu0.,2020-01-01,P1,x\n"
    );
    bench.write("patients.csv", &patients);
    bench.write("events.csv", &events);
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), format!("nhs,code\n{CLEAR},x\n{FIRST},x\n"));
    std::fs::remove_dir_all(bench.path("out")).unwrap();
    bench.write("events.csv", events.replace("chest", "\"chest"));
    bench.stops("events.csv: line 2: the quote that opens here is never closed");
    bench.write("events.csv", &events);
    bench.write("patients.csv", patients.replacen(",x\n", ",\"x\n", 1));
    bench.stops("patients.csv: line 2: the quote that opens here is never closed");
    // Texts with line ends of their own, so that no line has as many fields as a row.
    let joined = format!("nhs,\"5ft\n6\"\"\n{SECOND},5ft\n7\",P1\n");
    bench.write("patients.csv", joined.replacen("nhs", &format!("nhs,note,practice\n{FIRST}"), 1));
    bench.stops("patients.csv: line 4: a quoted field joins");
}

#[test]
fn a_registration_of_an_unreadable_patient_stops_the_run() {
    let bench = bench(TYPE1);
    bench.write("events.csv", format!("nhs,code,date,practice\n{CLEAR},246..,,P1\n"));
    let unspaced = format!("{} {}", &SECOND[..3], &SECOND[3..]);
    bench.write("patients.csv", format!("nhs,practice\n{unspaced},P2\n{SECOND},P1\n,P1\n"));
    bench.stops("patients.csv: line 2: a patient who cannot be known");
}

#[test]
fn a_code_that_resembles_a_dissent_stops_the_run() {
    let bench = bench(TYPE1);
    bench.write("patients.csv", format!("nhs,practice\n{CLEAR},P1\n"));
    for code in ["9NU0.", "9Nu0-1", "'9Nu0.", "EMIS9Nu0.", "XAZ89", "\"827,241,000,000,103\""] {
        bench
            .write("events.csv", format!("nhs,code,date,practice\n{CLEAR},{code},2020-01-01,P1\n"));
        bench.stops("events.csv: line 2: ");
    }
}

#[test]
fn a_header_is_stated_where_a_column_is_by_position() {
    let bench = bench(&list(""));
    bench.write("list.csv", format!("{FIRST}\n"));
    let must = "list.csv: a column is given by its position, so nothing shows";
    bench.stops(must);
    let gp = request(&day(0)).replace("england-care", "gp-record");
    let with = |text: &str| bench.request(&format!("{gp}{text}"));
    with(&list("column = 1\n"));
    bench.stops(must);
    with(&list("column = \"id\"\nheader = false\n"));
    bench.stops("a column by name needs a header");
    with(&list("header = true\n"));
    bench.stops("whatever `header = true` says; state the header as it stands");
    with(&list("column = 1\nheader = [\"id\"]\n"));
    bench.stops("list.csv: the first row holds an NHS number where the header should be");
    bench.write("list.csv", format!("nhs\n{FIRST}\n"));
    bench.stops("list.csv: the first row is not the header that was stated");
    with(&TYPE1.replace("\"code\"", "2"));
    bench.stops("events.csv: a column is given by its position");
    with(&TYPE1.replace("patient = \"nhs\", practice", "patient = 1, practice"));
    bench.stops("patients.csv: a column is given by its position");
    let table = |text: &str| {
        let by_place = request(&day(0)).replace("person = \"nhs\"", text);
        bench.request(&by_place);
    };
    table("person = 1");
    bench.stops("table.csv: a column is given by its position");
    // Before anything is read.
    std::fs::remove_file(bench.path("register")).unwrap();
    bench.stops("table.csv: a column is given by its position");
    bench.register_of(&day(-1), &[CLEAR], &[CLEAR]);
    table("person = 1\nheader = true");
    bench.stops("table.csv: a column is given by its position");
    table("person = 1\nheader = [\"nhs\", \"code\"]");
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), format!("nhs,code\n{CLEAR},x\n"));
}

#[test]
fn entries_by_position_are_all_read() {
    let by_place = r#"
[type1]
entries = "events.csv"
patient = 1
code = 2
date = 3
practice = 4
header = false
system = "read-v2"
practices-read = ["P1"]
all-registered-on = 2025-01-06
all-registered-max-age-days = 9999
registrations = { file = "patients.csv", patient = 1, practice = 2, header = false }
"#;
    let bench = bench(by_place);
    bench.write("events.csv", format!("{FIRST},9Nu0.,2020-01-01,P1\n"));
    bench.write("patients.csv", format!("{CLEAR},P1\n{FIRST},P1\n"));
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), format!("nhs,code\n{CLEAR},x\n"));
    std::fs::remove_dir_all(bench.path("out")).unwrap();
    let gp = request(&day(0)).replace("england-care", "gp-record");
    bench.request(&format!("{gp}{}", by_place.replace("header = false\n", "header = true\n")));
    bench.stops("events.csv: a column is given by its position");
}

/// Data and a list of the same pseudonyms.
fn keyed(list: &str, more: &str) -> Bench {
    let bench = Bench::new();
    bench.write("table.csv", "key,x\nk1,1\nk2,2\nk3,3\n");
    bench.write("clear.csv", "k1\nk2\nk3\n");
    bench.write("list.csv", list);
    let lists = format!(
        r#"[people]
named-by = "key"
[[list]]
of = "national-clear"
file = "clear.csv"
header = false
checked = {}
max-age-days = 14
[[list]]
of = "type1-dissenters"
others = "none"
file = "list.csv"
header = false
{more}"#,
        day(-2)
    );
    let gp = request(&day(0)).replace("england-care", "gp-record").replace("\"nhs\"", "\"key\"");
    bench.request(&gp.replace("[register]\nfile = \"register\"\nmax-age-days = 14\n", &lists));
    bench
}

#[test]
fn keys_match_in_spite_of_what_surrounds_them() {
    for list in ["k2\n", "k2\t\n", " k2\r\n", "\"k2\"\n", "\u{feff}k2\n"] {
        let bench = keyed(list, "");
        let any_share =
            bench.read("request.toml").replace("[people]", "[people]\ninvalid-at-most = 50");
        bench.request(&any_share);
        bench.write("table.csv", "key,x\nk1,1\n\"k2\t\",2\nk3,3\n k2 ,4\nNULL,5\nnan,6\n\\N,7\n");
        bench.succeeds();
        assert_eq!(bench.read("out/table.csv"), "key,x\nk1,1\nk3,3\n", "{list:?}");
    }
}

#[test]
fn a_list_that_matches_nobody_stops_the_run() {
    // A prefix, another delimiter.
    for list in ["pk2\n", "k2;x\n"] {
        let bench = keyed(list, "");
        bench.stops("list.csv: nobody in the tables is on this list");
        let bench = keyed(list, "may-match-nobody = true\n");
        bench.succeeds();
    }
    // Somebody in any of the tables suffices, and an extract without rows proves nothing.
    let bench = keyed("k9\n", "");
    bench.write("table.csv", "key,x\n");
    bench.succeeds();
}

#[test]
fn a_list_that_is_no_text_is_no_list_of_pseudonyms() {
    let bench = keyed("k2\n", "");
    for (bytes, what) in [
        (&b"\x1f\x8b\x08\0\0\0\0\0\0\x03k2\n"[..], "this is a gzip file"),
        (b"\x28\xb5\x2f\xfd\x00k2\n", "this is a Zstandard file"),
        (b"PAR1k2\n", "this is a Parquet file"),
        (b"\xff\xfek\x002\x00\n\x00", "this is text in UTF-16"),
        (b"k\x002\x00\n\x00", "line 1: there is a NUL byte"),
        (b"k2\x07\n", "line 1: the pseudonym holds a control character"),
        (b"k2\nk\xe9\n", "line 2: the pseudonym holds a control character"),
        (b"k2\nNULL\n", "line 2: the pseudonym is a word for none"),
    ] {
        bench.write("list.csv", bytes);
        bench.stops(what);
    }
}

/// The row that a stray quote swallows would leave in a field of the row before it.
#[test]
fn a_stray_quote_in_a_table_takes_no_person_along() {
    let bench = bench("");
    let request = bench.read("request.toml").replace("gp-record", "england-care");
    bench.request(&request);
    bench.register_of(&day(-1), &[CLEAR, FIRST], &[CLEAR]);
    bench.write("table.csv", format!("nhs,code\n{CLEAR},\"o hara\n{FIRST},smith\"\n"));
    bench.stops("table.csv, line 3: a quoted field joins this line to others");
    bench.stops("`line-breaks`");
    let text = format!("nhs,code\n{CLEAR},\"a call on\n{FIRST}, he says\"\n{FIRST},x\n");
    bench.write("table.csv", &text);
    bench.stops("table.csv, line 3: a quoted field joins this line to others");
    bench.request(&request.replace("[[table]]\n", "[[table]]\nline-breaks = true\n"));
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), text.replace(&format!("{FIRST},x\n"), ""));
}
