//! What stops a release before it begins, or while it runs.

use super::bench::{Bench, CLEAR, day, request};

#[test]
fn a_stale_register_or_request_stops_before_data_are_read() {
    let bench = Bench::new();
    bench.register(&day(-15));
    bench.stops("more than the 14 accepted; make a new national check");
    bench.register(&day(1));
    bench.stops("after the disclosure");
    bench.register(&day(-1));
    for apart in [-2, 2] {
        bench.request(&request(&day(apart)));
        bench.stops("date it today");
    }
    // Not even the table need exist.
    std::fs::remove_file(bench.path("table.csv")).unwrap();
    bench.stops("date it today");
}

#[test]
fn evidence_that_is_missing_or_out_of_date_stops() {
    let bench = Bench::new();
    let fine = request(&day(0));
    bench.request(&fine.replace("from = 2025-01-01", &format!("from = {}", day(1))));
    bench.stops("not on");
    let expired = format!("from = 2025-01-01\nuntil = {}", day(-1));
    bench.request(&fine.replace("from = 2025-01-01", &expired));
    bench.stops("renew it");
    let none =
        fine.replace("[evidence.copi-reg-5]\nreference = \"25/CAG/0000\"\nfrom = 2025-01-01\n", "");
    bench.request(&none);
    bench.stops("nothing is on record for it");
    // A flow supplies the disclosure, never the evidence.
    let start = none.find("[disclosure]").unwrap();
    let end = none.find("[register]").unwrap();
    let by_flow = |flow: &str, on: &str| {
        let disclosure = format!("[disclosure]\nflow = \"{flow}\"\non = {on}\n");
        bench.request(&format!("{}{disclosure}{}", &none[..start], &none[end..]));
    };
    by_flow("section-251-research", &day(0));
    bench.stops("nothing is on record for it");
    by_flow("no-such-flow", &day(0));
    bench.stops("no flow has the id");
    by_flow("opensafely-transitional-projects", "2018-06-01");
    bench.stops("has no terms that hold on 2018-06-01");
}

#[test]
fn what_decides_must_be_there_and_whole() {
    let bench = Bench::new();
    let fine = request(&day(0));
    let register = "[register]\nfile = \"register\"\nmax-age-days = 14\n";
    bench.request(&fine.replace(register, ""));
    bench.stops("no register says who has one");
    bench.request(&fine.replace("max-age-days = 14\n", ""));
    bench.stops("max-age-days");
    bench.request(&fine.replace("england-care", "gp-record"));
    bench.stops("nothing says who has one");
    bench.request(&fine.replace("[\"copi-reg-5\"]", "[\"statutory-power\"]"));
    bench.stops("no route is open");

    bench.request(&fine);
    let whole = std::fs::read(bench.path("register")).unwrap();
    bench.write("register", &whole[..whole.len() - 1]);
    bench.stops("register");
    bench.write("register", r#"{"status":"pending"}"#);
    bench.stops("register");
    std::fs::remove_file(bench.path("register")).unwrap();
    bench.stops("register");
}

#[test]
fn a_list_without_polarity_or_with_holes_stops() {
    let bench = Bench::new();
    let gp = request(&day(0)).replace("england-care", "gp-record");
    let with = |list: &str| bench.request(&format!("{gp}[[list]]\nfile = \"list.csv\"\n{list}"));
    with("");
    bench.stops("of");
    with("of = \"type1-dissenters\"\nheader = false\n");
    bench.stops("does not say what is known of the others");
    with("of = \"type1-dissenters\"\nothers = \"none\"\nheader = false\n");
    bench.stops("list.csv");
    for empty in ["", "\n", "\u{feff}"] {
        bench.write("list.csv", empty);
        bench.stops("the list is empty");
    }
    bench.write("list.csv", "nhs\n9434765919\n");
    bench.stops("line 1: ");
    with("of = \"type1-dissenters\"\nothers = \"none\"\ncolumn = \"nhs\"\n");
    bench.write("list.csv", "nhs\n9434765919\n\"\"\n");
    bench.stops("line 3");
    bench.write("list.csv", "nhs\n");
    bench.stops("the list is empty");
    // An error text is no list of nobody, not even where nobody may be on it.
    with("of = \"type1-dissenters\"\nothers = \"none\"\nheader = false\nmay-be-empty = true\n");
    for text in ["The file contains one or more invalid NHS Numbers.", r#"{"status":"pending"}"#] {
        bench.write("list.csv", format!("{text}\n"));
        bench.stops("line 1");
    }
    with("of = \"national-clear\"\nheader = false\n");
    bench.stops("needs `checked`");
}

#[test]
fn malformed_tables_stop_with_file_line_and_fault() {
    let bench = Bench::new();
    for (table, what) in [
        ("nhs,code\n9434765919,1\n9434765919\n", "table.csv, line 3: the row has 1 field"),
        ("nhs,code\n\"9434765919,1\n", "never closed"),
        ("id,code\n9434765919,1\n", "there is no column \"nhs\"; there are \"id\", \"code\""),
        ("", "the table is empty"),
    ] {
        bench.write("table.csv", table);
        bench.stops(what);
    }
    std::fs::remove_file(bench.path("table.csv")).unwrap();
    bench.stops("cannot read table.csv");
    bench.request(&request(&day(0)).replace("table.csv", "table.parquet.gz"));
    bench.stops("table.parquet.gz: a Parquet table is not packed again; unpack it first");
    bench.write("table.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03broken");
    bench.request(&request(&day(0)).replace("table.csv", "table.csv.gz"));
    bench.stops("reading stopped");
}

#[test]
fn empty_numbers_over_the_limit_stop() {
    let bench = Bench::new();
    bench.write("table.csv", "nhs,code\n9434765919,1\n,2\n");
    let people = "[people]\nno-nhs-number = true\nno-nhs-number-at-most = 49.9\n";
    bench.request(&format!("{people}{}", request(&day(0))));
    bench.stops("1 of 2 rows hold no NHS number");
    bench.request(&format!("{}{}", people.replace("49.9", "50"), request(&day(0))));
    let said = bench.succeeds();
    assert!(said.contains("1 rows (50.0 %) do not name a person."), "{said}");
    assert_eq!(bench.read("out/table.csv"), "nhs,code\n9434765919,1\n,2\n");
}

#[test]
fn the_limit_of_empty_numbers_must_be_one() {
    let bench = Bench::new();
    for (people, what) in [
        ("no-nhs-number = true", "needs `no-nhs-number-at-most`"),
        ("no-nhs-number-at-most = 2.0", "means nothing without"),
        ("no-nhs-number = true\nno-nhs-number-at-most = nan", "from 0 to 100"),
        ("no-nhs-number = true\nno-nhs-number-at-most = -1.0", "from 0 to 100"),
        ("named-by = \"key\"\nno-nhs-number = true\nno-nhs-number-at-most = 1.0", "keys have no"),
    ] {
        bench.request(&format!("[people]\n{people}\n{}", request(&day(0))));
        bench.stops(what);
    }
}

/// A day's grace for clocks must not keep alive what ended yesterday.
#[test]
fn what_ended_yesterday_does_not_serve_today() {
    let bench = Bench::new();
    bench.register(&day(-15));
    bench.request(&request(&day(-1)));
    bench.stops("is 15 days old");
    bench.register(&day(-2));
    let ended = format!("from = 2025-01-01\nuntil = {}", day(-1));
    bench.request(&request(&day(-1)).replace("from = 2025-01-01", &ended));
    bench.stops("renew it");
}

#[test]
fn a_name_that_is_a_patients_is_refused() {
    let bench = Bench::new();
    let what = "`table` of the request file holds an NHS number";
    bench.request(&request(&day(0)).replace("table.csv", &format!("{CLEAR}.csv")));
    bench.stops(what);
    bench.request(&format!("{}output = \"x_{CLEAR}.csv\"\n", request(&day(0))));
    bench.stops(what);
}

#[test]
fn a_name_may_not_lead_out_of_the_folder() {
    let bench = Bench::new();
    for output in ["../x.csv", "a/b.csv", ".hidden", "", ".."] {
        bench.request(&format!("{}output = \"{output}\"\n", request(&day(0))));
        bench.stops("cannot be the name of a file of the release");
    }
    bench.request(&format!("{}output = \"audit.json\"\n", request(&day(0))));
    bench.stops("cannot be the name of a file of the release");
}
