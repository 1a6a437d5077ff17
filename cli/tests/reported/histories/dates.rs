//! Dates from before there were any Type 1 codes.

use super::{CLEAR, DISSENTS, Practice, SOUGHT};

const CTV3: &str = "code = \"code\"\nsystem = \"ctv3\"\n";

/// Somebody whose dissent and withdrawal have these dates.
fn practice(dates: &str, dissent: &str, withdrawal: &str, other: &str) -> Practice {
    let entries = format!(
        "nhs,code,date,practice\n{SOUGHT},XaZ89,{dissent},P1\n{SOUGHT},XaZ8A,{withdrawal},P1\n\
         {CLEAR},XE0Uc,{other},P1\n{DISSENTS},XaZ89,{other},P1\n"
    );
    Practice::new(&format!("{CTV3}dates = \"{dates}\"\nundated = [\"NULL\"]\n"), &entries)
}

#[test]
fn a_dissent_of_unknown_date_is_not_cancelled() {
    for dissent in ["1900-01-01 00:00:00", "1800-01-01", "1902-02-02", "2012-12-31", "NULL", ""] {
        practice("iso", dissent, "2021-06-11 09:00:00", "2019-01-01").withholds();
    }
    for (dates, dissent, withdrawal, other) in [
        ("iso-basic", "19000101", "20210611", "20190101"),
        ("day-month-year", "02/02/1902", "11/06/2021", "01/01/2019"),
        ("day-month-name", "01-Jan-1900", "11-Jun-2021", "01-Jan-2019"),
    ] {
        practice(dates, dissent, withdrawal, other).withholds();
    }
    // In another form than the declared one, even an unknown date stops.
    practice("day-month-year", "1900-01-01", "11/06/2021", "01/01/2019")
        .stops("line 2: a date in another form");
}

#[test]
fn a_dissent_with_a_date_is_cancelled_by_a_later_withdrawal_with_one() {
    practice("iso", "2013-01-01", "2021-06-11", "2019-01-01").releases();
    practice("iso", "2019-03-05", "2021-06-11", "2019-01-01").releases();
    for withdrawal in ["1900-01-01", "2012-12-31", "NULL"] {
        practice("iso", "2019-03-05", withdrawal, "2019-01-01").withholds();
    }
    // A withdrawal of unknown date is no opt-out.
    let withdrew = practice("iso", "1900-01-01", "1900-01-01", "2019-01-01");
    let entries = withdrew.bench.read("entries.csv").replacen("XaZ89,1900", "XaZ8A,1900", 1);
    withdrew.bench.write("entries.csv", entries);
    withdrew.releases();
    withdrew.bench.succeeds();
    let record: serde_json::Value =
        serde_json::from_str(&withdrew.bench.read("out/audit.json")).unwrap();
    assert_eq!(record["sources"][1]["ignored"]["early-withdrawal"], 2);
    assert_eq!(record["sources"][1]["type1"]["withdrawals"], 0);
}
