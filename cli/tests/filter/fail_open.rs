//! How software has let data go that should have stayed: each way, tried here. Patterns from a
//! reading of public code that applies opt-outs; none may release a row.

use super::bench::{Bench, CLEAR, OPTED_OUT, UNKNOWN, day, request};

/// GP records, for which a list of Type 1 dissenters is needed as well.
fn gp(bench: &Bench, list: &str) {
    let gp = request(&day(0)).replace("england-care", "gp-record");
    bench.request(&format!("{gp}{list}"));
}

const DISSENTERS: &str =
    "[[list]]\nof = \"type1-dissenters\"\nfile = \"list.csv\"\nothers = \"none\"\nheader = false\n";

/// The table that is left when it holds this cell and a clear person.
fn left_of(bench: &Bench, cell: &str) -> String {
    bench.write("table.csv", format!("nhs,code\n{cell},x\n{CLEAR},y\n"));
    bench.succeeds();
    let kept = bench.read("out/table.csv");
    std::fs::remove_dir_all(bench.path("out")).unwrap();
    kept
}

#[test]
fn a_missing_list_allows_nobody() {
    let bench = Bench::new();
    gp(&bench, "");
    bench.stops("nothing says who has one");
    gp(&bench, DISSENTERS);
    bench.stops("cannot read list.csv");
}

#[test]
fn an_empty_list_is_no_list_of_nobody() {
    let bench = Bench::new();
    gp(&bench, DISSENTERS);
    bench.write("list.csv", "");
    bench.stops("the list is empty");
}

/// However few rows name a person.
const ANY_SHARE: &str = "[people]\ninvalid-at-most = 100\nempty-at-most = 100\n";

#[test]
fn a_blank_or_invalid_identifier_is_withheld() {
    let bench = Bench::new();
    bench.request(&format!("{ANY_SHARE}{}", request(&day(0))));
    let kept = format!("nhs,code\n{CLEAR},y\n");
    for cell in ["", " ", "\"\"", "0000000000", "1234567890", "943476591", "943476591X", "n/a"] {
        assert_eq!(left_of(&bench, cell), kept, "`{cell}`");
    }
}

#[test]
fn null_means_nothing_and_is_no_number() {
    let bench = Bench::new();
    // Not even where an empty field may leave: a word is not empty.
    let people =
        "[people]\nno-nhs-number = true\nno-nhs-number-at-most = 50.0\ninvalid-at-most = 50.0\n";
    bench.request(&format!("{people}{}", request(&day(0))));
    let kept = format!("nhs,code\n{CLEAR},y\n");
    for cell in ["NULL", "null", "NA", "NaN", "None", "\\N"] {
        assert_eq!(left_of(&bench, cell), kept, "`{cell}`");
    }
}

#[test]
fn digits_of_other_scripts_are_no_digits() {
    let bench = Bench::new();
    bench.request(&format!("{ANY_SHARE}{}", request(&day(0))));
    let kept = format!("nhs,code\n{CLEAR},y\n");
    for cell in ["９４３４７６５９１９", "٩٤٣٤٧٦٥٩١٩", "943\u{2009}476\u{2009}5919"]
    {
        assert_eq!(left_of(&bench, cell), kept, "`{cell}`");
    }
    gp(&bench, DISSENTERS);
    bench.write("list.csv", "９４３４７６５９１９\n");
    bench.stops("list.csv: line 1");
}

#[test]
fn a_list_in_another_form_still_matches() {
    let bench = Bench::new();
    gp(&bench, DISSENTERS);
    for listed in ["900 096 2382\n", "9000962382,\n", "\"9000962382\",\r\n", "\u{feff}9000962382\n"]
    {
        bench.write("list.csv", listed);
        bench.register_of(&day(-1), &[CLEAR, OPTED_OUT], &[CLEAR, OPTED_OUT]);
        assert_eq!(left_of(&bench, OPTED_OUT), format!("nhs,code\n{CLEAR},y\n"), "{listed:?}");
    }
}

#[test]
fn the_child_rows_of_a_withheld_patient_stay_too() {
    let bench = Bench::new();
    bench.write("child.csv", format!("id,nhs\n1,{OPTED_OUT}\n2,{CLEAR}\n3,{UNKNOWN}\n"));
    let child = "[[table]]\nfile = \"child.csv\"\nperson = \"nhs\"\n";
    bench.request(&format!("{}{child}", request(&day(0))));
    bench.succeeds();
    assert_eq!(bench.read("out/child.csv"), format!("id,nhs\n2,{CLEAR}\n"));
}

#[test]
fn a_stale_check_stops_the_run() {
    let bench = Bench::new();
    for (checked, what) in [(day(-15), "is 15 days old"), (day(-400), "days old")] {
        bench.register(&checked);
        bench.stops(what);
    }
}

#[test]
fn an_acknowledgement_or_an_error_text_is_no_list() {
    let bench = Bench::new();
    let clear = format!(
        "[[list]]\nof = \"national-clear\"\nfile = \"list.csv\"\nheader = false\nchecked = {}\nmax-age-days = 14\n",
        day(-1)
    );
    let register = "[register]\nfile = \"register\"\nmax-age-days = 14\n";
    for list in [DISSENTERS, &clear] {
        let with = request(&day(0)).replace("england-care", "gp-record").replace(register, "");
        bench.request(&format!("{with}{list}"));
        for text in [
            "{\"status\":\"pending\",\"version\":10}\n",
            "The file contains one or more invalid NHS Numbers.\n",
            "<DTSControl><Version>1.0</Version></DTSControl>\n",
        ] {
            bench.write("list.csv", text);
            bench.stops("list.csv: line 1");
        }
    }
}

#[test]
fn a_list_says_what_being_on_it_means() {
    let bench = Bench::new();
    bench.write("list.csv", format!("{CLEAR}\n"));
    gp(&bench, "[[list]]\nfile = \"list.csv\"\n");
    bench.stops("missing `of`");
    // Read backwards, nobody is clear: the others are unknown.
    gp(&bench, "[[list]]\nof = \"type1-non-dissenters\"\nfile = \"list.csv\"\nheader = false\n");
    bench.register_of(&day(-1), &[CLEAR, OPTED_OUT], &[CLEAR, OPTED_OUT]);
    assert_eq!(left_of(&bench, OPTED_OUT), format!("nhs,code\n{CLEAR},y\n"));
}

#[test]
fn an_opt_out_without_a_number_is_not_dropped() {
    let bench = Bench::new();
    gp(&bench, DISSENTERS);
    for row in ["", "1234567890", "NULL"] {
        bench.write("list.csv", format!("{CLEAR}\n\"{row}\"\n"));
        bench.stops("list.csv: line 2");
    }
}

#[test]
fn who_was_not_asked_is_not_clear() {
    let bench = Bench::new();
    assert_eq!(left_of(&bench, UNKNOWN), format!("nhs,code\n{CLEAR},y\n"));
}
