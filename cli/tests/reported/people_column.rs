//! A column that does not name people: a release of nothing would look like a release.
#![allow(clippy::format_push_string, clippy::format_collect, reason = "a test's files are short")]

use super::bench::{Bench, CLEAR, OPTED_OUT, UNKNOWN, day, request, stderr};

/// So many clear people, each by the number as some software writes it.
fn rows(count: usize, form: impl Fn(&str) -> String) -> String {
    (0..count).map(|row| format!("{},{row}\n", form(CLEAR))).collect()
}

fn table(rows: &str) -> Bench {
    let bench = Bench::new();
    bench.write("table.csv", format!("nhs,x\n{rows}"));
    bench
}

fn with_people(bench: &Bench, people: &str) {
    bench.request(&format!("[people]\n{people}\n{}", request(&day(0))));
}

/// The column of wards is named.
#[test]
fn the_wrong_column_stops_the_run() {
    let bench = Bench::new();
    let rows: String = (0..200).map(|row| format!("{CLEAR},Ward {}\n", row % 7)).collect();
    bench.write("table.csv", format!("id,nhs\n{rows}"));
    bench.stops(
        "200 of 200 rows have no NHS number where one should be (100.0 %, and 5 % is accepted)",
    );
    bench.stops("200 of 200 have letters and digits");
    bench.stops("the column is likely the wrong one");
}

/// What the fields look like is told by counts, and what to do follows from it.
#[test]
fn the_message_says_what_the_fields_look_like() {
    let spaced = |with: &str| format!("{}{with}{}{with}{}", &CLEAR[..3], &CLEAR[3..6], &CLEAR[6..]);
    let [no_break, zero_width] = ["\u{a0}", "\u{200b}"].map(spaced);
    for (field, looks, advice) in [
        (format!("{CLEAR}.0"), "end in `.0`: saved by a spreadsheet as numbers", "as text"),
        ("9.43E+09".into(), "have an exponent", "as text"),
        (format!("'{CLEAR}"), "begin with an apostrophe", "the numbers alone"),
        (format!("\"=\"\"{CLEAR}\"\"\""), "stand in `=\"…\"`", "the numbers alone"),
        (no_break, "no-break space", "plain digits"),
        (zero_width, "zero-width space", "plain digits"),
        ("943476591".into(), "have nine digits: a zero in front may be lost", "as text"),
        ("Smith".into(), "are words", "the wrong one"),
        ("2026-06-01".into(), "are dates", "the wrong one"),
        ("1234567890".into(), "have ten digits with a wrong check digit", "the wrong one"),
        ("9999999999".into(), "are a placeholder", "name nobody"),
        ("NULL".into(), "are words for none", "name nobody"),
        ("f00dcafe17".into(), "have letters and digits", "the wrong one"),
    ] {
        // One row of 1,000 that is right saves nothing.
        let bench = table(&(rows(6, str::to_owned) + &rows(994, |_| field.clone())));
        bench.stops(
            &format!("of column `nhs`, 994 of 1,000 {looks}")
                .replace("no-break space", "hold what cannot be seen, such as a no-break space")
                .replace(
                    "zero-width space",
                    "hold what cannot be seen, such as a no-break space, a zero-width space",
                ),
        );
        bench.stops(advice);
        assert!(!stderr(&bench.filter()).contains("register"), "the register is not to blame");
    }
}

#[test]
fn a_few_that_are_wrong_are_withheld() {
    let wrong =
        |wrong: usize| rows(100 - wrong, str::to_owned) + &rows(wrong, |_| "943476591".into());
    let bench = table(&wrong(5));
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv").lines().count(), 96);
    let bench = table(&wrong(6));
    bench.stops("6 of 100 rows have no NHS number");
    with_people(&bench, "invalid-at-most = 6");
    bench.succeeds();
    // Invalid and placeholder together, in either of two columns.
    let bench = Bench::new();
    bench.request(&request(&day(0)).replace("person = \"nhs\"", "person = [\"nhs\", \"mother\"]"));
    let two = |one: &str, other: &str, rows: usize| format!("{one},{other}\n").repeat(rows);
    let good = two(CLEAR, CLEAR, 94);
    let bad = two("9999999999", CLEAR, 3) + &two(CLEAR, "12", 3);
    bench.write("table.csv", format!("nhs,mother\n{good}{bad}"));
    bench.stops("6 of 100 rows have no NHS number");
    bench.write("table.csv", format!("nhs,mother\n{good}{}", two("9999999999", "12", 3)));
    bench.succeeds();
}

#[test]
fn a_column_that_is_mostly_empty_stops_the_run() {
    let empty = |empty: usize| rows(100 - empty, str::to_owned) + &rows(empty, |_| String::new());
    table(&empty(50)).succeeds();
    let bench = table(&empty(51));
    bench.stops("column `nhs` should name people, and is empty in 51 of 100 rows");
    with_people(&bench, "empty-at-most = 51");
    bench.succeeds();
    let bench = table(&empty(100));
    bench.stops("is empty in 100 of 100 rows");
    // Where it is asserted that there is no number, that has its own limit.
    with_people(&bench, "no-nhs-number = true\nno-nhs-number-at-most = 100");
    bench.succeeds();
}

#[test]
fn a_table_in_which_nobody_is_named_stops_unless_that_is_said() {
    let nobody = rows(2, |_| String::new()) + &rows(2, |_| "12".into());
    let bench = table(&nobody);
    with_people(&bench, "invalid-at-most = 60\nempty-at-most = 60");
    bench.stops(
        "column `nhs` holds no NHS number in any of 4 rows: 2 are empty; 2 of 4 are numbers",
    );
    with_people(&bench, "invalid-at-most = 100\nempty-at-most = 60");
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), "nhs,x\n");
    // A table without rows is a table.
    let bench = table("");
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), "nhs,x\n");
    // Everybody is named, and everybody opted out.
    let bench = table(&format!("{OPTED_OUT},1\n").repeat(3));
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), "nhs,x\n");
}

#[test]
fn a_share_is_from_0_to_100() {
    let bench = Bench::new();
    for people in ["invalid-at-most = 101", "empty-at-most = -1", "invalid-at-most = nan"] {
        with_people(&bench, people);
        bench.stops("is a share from 0 to 100 per cent");
    }
    with_people(&bench, "no-nhs-number = true\nno-nhs-number-at-most = 2\nempty-at-most = 3");
    bench.stops("the limit of empty fields is `no-nhs-number-at-most`");
}

/// By key, a wrong column holds keys that nobody has.
#[test]
fn by_key_the_wrong_column_stops_the_run() {
    let wards = |rows: usize| (0..rows).map(|row| format!("k1,Ward {row}\n")).collect::<String>();
    let clear = ("national-clear", "k1", "");
    let bench = keyed(&[clear], "");
    bench.write("table.csv", format!("key,nhs\n{}", wards(20)));
    bench.stops("table.csv: of 20 rows none could leave, and no source knows anybody in them");
    bench.stops("is it the column that names people?");
    // Of a few rows it may well be so; and somebody who is known suffices.
    for (rows, kept) in [(wards(19), ""), (wards(20) + "x,k1\n", "x,k1\n")] {
        let bench = keyed(&[clear], "");
        bench.write("table.csv", format!("key,nhs\n{rows}"));
        bench.succeeds();
        assert_eq!(bench.read("out/table.csv"), format!("key,nhs\n{kept}"));
    }
    let meant = ("national-clear", "k1", "may-match-nobody = true");
    for bench in [keyed(&[meant], ""), keyed(&[clear], "may-match-nobody = true")] {
        bench.write("table.csv", format!("key,nhs\n{}", wards(20)));
        bench.succeeds();
    }
    // A column of words for none, and of spaces that cannot be seen.
    for (field, looks) in [("NULL", "are words for none"), ("k\u{a0}1", "hold what cannot be seen")]
    {
        let bench = keyed(&[clear], "");
        bench.write("table.csv", format!("x,nhs\n1,k1\n2,{field}\n"));
        bench.stops("1 of 2 rows have no key where one should be");
        bench.stops(looks);
    }
}

/// A register of other people: everybody is unknown, and nothing is released.
#[test]
fn sources_that_know_nobody_stop_the_run() {
    let bench = Bench::new();
    bench.write("table.csv", format!("nhs,x\n{}", format!("{UNKNOWN},1\n").repeat(20)));
    bench.stops("the tables: of 20 rows none could leave, and no source knows anybody in them");
    with_people(&bench, "may-match-nobody = true");
    bench.succeeds();
    // One of several tables may be of people whom nobody was asked about.
    let bench = Bench::new();
    bench.write("new.csv", format!("nhs,x\n{}", format!("{UNKNOWN},1\n").repeat(20)));
    bench
        .request(&format!("{}[[table]]\nfile = \"new.csv\"\nperson = \"nhs\"\n", request(&day(0))));
    bench.succeeds();
    // Everybody is known, and opted out.
    let bench = table(&format!("{OPTED_OUT},1\n").repeat(20));
    bench.succeeds();
}

/// Data by key, whose column is `nhs`, with these lists: what each is of, its key, and more of it.
pub(super) fn keyed(lists: &[(&str, &str, &str)], people: &str) -> Bench {
    let bench = Bench::new();
    let mut tables = format!("[people]\nnamed-by = \"key\"\n{people}\n");
    for (number, (of, keys, more)) in lists.iter().enumerate() {
        bench.write(&format!("list{number}.csv"), format!("k\n{keys}\n"));
        tables += &format!(
            "[[list]]\nof = \"{of}\"\nfile = \"list{number}.csv\"\ncolumn = \"k\"\n{more}\n"
        );
        if of.starts_with("national") {
            tables += &format!("checked = {}\nmax-age-days = 14\n", day(-1));
        }
    }
    let keys =
        request(&day(0)).replace("[register]\nfile = \"register\"\nmax-age-days = 14\n", &tables);
    bench.request(&keys);
    bench
}

/// The request to the national check stops on what the filter stops on, and says the same.
#[test]
fn the_request_to_the_national_check_says_the_same() {
    let ask = |bench: &Bench, more: &[&str]| {
        let args = ["check", "request", "table.csv", "--column", "nhs", "--output", "req"];
        bench.run(&[&args[..], more].concat())
    };
    let bench = table(&(rows(6, str::to_owned) + &rows(994, |number| format!("{number}.0"))));
    let output = ask(&bench, &[]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    for expected in [
        "994 of 1,000 end in `.0`: saved by a spreadsheet as numbers",
        "hint: export the column again as text",
    ] {
        assert!(said.contains(expected), "{said}");
    }
    assert!(!bench.path("req.dat").exists() && !bench.path("req.manifest.json").exists());
    let output = ask(&bench, &["--invalid-at-most", "99.4"]);
    assert!(output.status.success(), "{}", stderr(&output));

    let bench = table(&(rows(94, str::to_owned) + &rows(6, |_| "Smith".into())));
    let output = ask(&bench, &[]);
    assert!(stderr(&output).contains("6 of 100 are words"), "{}", stderr(&output));
    let bench = table(&(rows(95, str::to_owned) + &rows(5, |_| "Smith".into())));
    assert!(ask(&bench, &[]).status.success());

    let bench = table(&(rows(4, str::to_owned) + &rows(6, |_| String::new())));
    let output = ask(&bench, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("6 of 10 fields are empty"), "{}", stderr(&output));
    assert!(ask(&bench, &["--empty-at-most", "60"]).status.success());
}
