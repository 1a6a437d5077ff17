//! The exports of `docs/type1-history.md`, run as they stand.

use super::bench::{Bench, day, request};

const DOCUMENT: &str = include_str!("../../../docs/type1-history.md");

/// The code blocks of a language, in order.
fn blocks(language: &str) -> Vec<&'static str> {
    let start = format!("```{language}\n");
    DOCUMENT.split(start.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn each_export_lets_only_the_second_person_leave() {
    let (requests, tables) = (blocks("toml"), blocks("csv"));
    assert_eq!((requests.len(), tables.len()), (7, 14));
    for (given, tables) in requests.iter().zip(tables.chunks(2)) {
        let bench = Bench::new();
        let [entries, patients] = tables else { panic!("two tables each") };
        bench.write("entries.csv", entries);
        bench.write("patients.csv", patients);
        bench.write("practices.csv", "name,care_site_source_value\nHigh Street,A81001\n");
        let keyed = given.contains("named-by");
        let [first, second] = if keyed { ["p1", "p2"] } else { ["9000000009", "9000000017"] };
        bench.write("table.csv", format!("nhs,code\n{first},x\n{second},x\n"));
        bench.register_of(&day(-1), &["9000000009", "9000000017"], &["9000000009", "9000000017"]);
        let gp = request(&day(0)).replace("england-care", "gp-record");
        let register = gp.find("[register]").unwrap();
        let table = gp.find("[[table]]").unwrap();
        // No register answers for keys.
        bench.write("national.csv", "key\nanother\n");
        let national = if keyed {
            format!(
                "[[list]]\nof = \"national-opted-out\"\nfile = \"national.csv\"\ncolumn = \"key\"\n\
                 others = \"none\"\nmay-match-nobody = true\nchecked = {}\nmax-age-days = 7\n",
                day(-1)
            )
        } else {
            gp[register..table].to_owned()
        };
        // What is said of the day of the export is said of today.
        let given = given.replace("2026-06-01", &day(0));
        bench.request(&format!("{}{given}\n{national}{}", &gp[..register], &gp[table..]));
        bench.succeeds();
        assert_eq!(bench.read("out/table.csv"), format!("nhs,code\n{second},x\n"), "{given}");
    }
}
