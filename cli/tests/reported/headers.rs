//! A first row that is a person's, taken for the names of the columns: it would leave as the header,
//! or never be judged.

use super::bench::{Bench, day, request};

/// A request whose table has these rows, and says this of its columns.
fn table(rows: &str, columns: &str) -> Bench {
    let bench = Bench::new();
    bench.write("table.csv", rows);
    bench.request(&request(&day(0)).replace("person = \"nhs\"", columns));
    bench
}

const POSITION: &str = "a column is given by its position, so nothing shows whether";

/// What a damaged number, or none, looks like in real files.
const NO_NAMES: [&str; 14] = [
    "9990000019",
    "999 000 0019",
    "999-000-0019",
    "0000000000",
    "999000001",
    "9990000019.0",
    "9.99E+09",
    "\"=\"\"9990000019\"\"\"",
    "'9990000019",
    "12345",
    "NULL",
    "N/A",
    "\\N",
    "not known",
];

#[test]
fn a_position_with_a_header_says_nothing_of_the_first_row() {
    let rows = "Ann Smith,9990000019\nBob,9434765919\n";
    table(rows, "person = 2\nheader = true").stops(POSITION);
    table(rows, "person = 2").stops(POSITION);
    table(rows, "person = [\"nhs\", 2]\nheader = true").stops(POSITION);
    // A column by position beside one by name, of a history and of registrations, as of a table.
    let of_history = |history: &str| {
        let bench = table("nhs\n9434765919\n", "person = \"nhs\"");
        bench.request(&format!("{}{history}", bench.read("request.toml")));
        bench
    };
    let entries = "[type1]\nentries = \"e.csv\"\npatient = 1\ncode = \"c\"\nsystem = \"read-v2\"\ndate = \"d\"\npractice = \"p\"\npractices-read = [\"P1\"]\n";
    of_history(&format!("{entries}header = true\n")).stops(POSITION);
    let registrations =
        "registrations = { file = \"r.csv\", patient = 1, practice = 2, header = true }\n";
    let named = entries.replace("patient = 1", "patient = \"n\"");
    of_history(&format!("{named}{registrations}")).stops(POSITION);
    let list = "[[list]]\nof = \"care-objectors\"\nfile = \"l.csv\"\nheader = true\n";
    of_history(list).stops(POSITION);
    of_history(&format!("{list}column = 1\n")).stops(POSITION);
}

#[test]
fn no_stated_header_makes_a_name_of_a_person() {
    for first in NO_NAMES {
        let rows = format!("Ann Smith,{first}\nBob,9434765919\n");
        let text = first.trim_matches('"').replace("\"\"", "\"");
        let stated = format!("person = 2\nheader = ['Ann Smith', '{}']", text.replace('\'', ""));
        // A quote cannot stand in such a string of a request: the header then is another.
        let what = if text.contains('\'') { "not the header that was stated" } else { "" };
        let long = text.chars().filter(char::is_ascii_digit).count() >= 9;
        let what = if long { "holds a long number" } else { what };
        let what =
            if what.is_empty() { "a number, or a word for none, where the name" } else { what };
        table(&rows, &stated).stops(what);
        // As a name it is none either.
        let named = format!("person = '{}'", text.replace('\'', ""));
        let output = table(&rows, &named).filter();
        assert_eq!(output.status.code(), Some(2), "{first}");
    }
}

#[test]
fn a_header_that_is_stated_is_compared_with_the_first_row() {
    let rows = "id,nhs number\nBob,9434765919\nAnn,9000962382\n";
    let bench = table(rows, "person = 2\nheader = [\"id\", \"nhs number\"]");
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), "id,nhs number\nBob,9434765919\n");
    for other in [
        "[\"id\", \"nhs\"]",
        "[\"id\"]",
        "[\"id\", \"nhs number \"]",
        "[\"id\", \"nhs number\", \"x\"]",
    ] {
        table(rows, &format!("person = 2\nheader = {other}"))
            .stops("the first row is not the header");
    }
    table(rows, "person = 2\nheader = []").stops("a stated header names its columns");
    // By name as well, and with quotes and a byte order mark, letter for letter what the fields say.
    let quoted = "\u{feff}\"id\",\"nhs \"\"number\"\"\"\r\nBob,9434765919\r\nAnn,9000962382\r\n";
    let bench = table(quoted, "person = 2\nheader = ['id', 'nhs \"number\"']");
    bench.succeeds();
    let bench = table(rows, "person = \"nhs number\"\nheader = [\"id\", \"nhs number\"]");
    bench.succeeds();
}

#[test]
fn without_a_header_the_first_row_is_judged() {
    for first in NO_NAMES {
        let bench =
            table(&format!("Ann Smith,{first}\nBob,9434765919\n"), "person = 2\nheader = false");
        // As many as half of the rows may be so here.
        let request = bench.read("request.toml");
        bench.request(&format!("[people]\ninvalid-at-most = 60.0\n{request}"));
        let output = bench.filter();
        if output.status.success() {
            assert_eq!(bench.read("out/table.csv"), "Bob,9434765919\n", "{first}");
        } else {
            // A build without this limit knows no such key.
            bench.request(&request);
            bench.succeeds();
            assert_eq!(bench.read("out/table.csv"), "Bob,9434765919\n", "{first}");
        }
    }
}

#[test]
fn a_name_that_is_there_shows_that_there_is_a_header() {
    for header in ["nhs,code", "code,nhs", "\u{feff}nhs,\"co de\"", "12,nhs", "NULL,nhs", ",nhs"] {
        let rows = if header.ends_with("nhs") { "x,9434765919\n" } else { "9434765919,x\n" };
        let bench = table(&format!("{header}\n{rows}"), "person = \"nhs\"");
        bench.succeeds();
        assert_eq!(bench.read("out/table.csv"), format!("{header}\n{rows}"));
    }
    // A number in another column of the first row: one person's row.
    table("nhs,9434765919\n9434765919,x\n", "person = \"nhs\"").stops("holds an NHS number");
}

/// Of a key nobody can know whether it is the name of a column.
#[test]
fn a_key_is_no_header() {
    let keyed = |rows: &str, columns: &str| {
        let bench = table(rows, columns);
        let text = bench.read("request.toml");
        let start = text.find("[register]").unwrap();
        let end = text.find("[[table]]").unwrap();
        let list = format!(
            "[people]\nnamed-by = \"key\"\n[[list]]\nof = \"national-opted-out\"\nothers = \"none\"\nfile = \"list.csv\"\nheader = false\nchecked = {}\nmax-age-days = 14\n",
            day(-1)
        );
        bench.request(&format!("{}{list}{}", &text[..start], &text[end..]));
        bench.write("list.csv", "kb\n");
        bench
    };
    keyed("ka,x\nkb,y\n", "person = 1\nheader = true").stops(POSITION);
    keyed("kb,x\nka,y\n", "person = 1\nheader = [\"kb\", \"x\"]").stops("holds a listed key");
    keyed("12,x\nkb,y\n", "person = 1\nheader = [\"12\", \"x\"]")
        .stops("a number, or a word for none");
    keyed("ka,x\nkb,y\n", "person = \"key\"").stops("there is no column");
    let bench = keyed("ka,x\nkb,y\n", "person = 1\nheader = false");
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), "ka,x\n");
    let bench = keyed("key,x\nka,x\nkb,y\n", "person = 1\nheader = [\"key\", \"x\"]");
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), "key,x\nka,x\n");
}

#[test]
fn a_request_to_the_service_asks_about_the_first_row_too() {
    let bench = Bench::new();
    let asks = |rows: &str, args: &[&str]| {
        bench.write("t.csv", rows);
        let all = [&["check", "request", "t.csv", "--output", "c", "--force"], args].concat();
        let output = bench.run(&all);
        (output.status.code(), super::bench::stderr(&output))
    };
    let rows = "Ann Smith,9990000019\nBob,9434765919\n";
    let (code, said) = asks(rows, &["--position", "2"]);
    assert!(code == Some(2) && said.contains("column 2 is given by its position"), "{said}");
    let (code, said) = asks(rows, &["--position", "2", "--header", "Ann Smith,9990000019"]);
    assert!(code == Some(2) && said.contains("a number, or a word for none"), "{said}");
    let (code, said) = asks(rows, &["--position", "2", "--header", "id,nhs"]);
    assert!(code == Some(2) && said.contains("not the header that was stated"), "{said}");
    assert!(!bench.path("c.dat").exists());
    // The one in the first row is no number, which is more than one in twenty.
    let headless = ["--position", "2", "--no-header", "--invalid-at-most", "50"];
    let (code, said) = asks(rows, &headless);
    assert!(code == Some(0), "{said}");
    let (code, said) = asks("id,nhs\nBob,9434765919\n", &["--position", "2", "--header", "id,nhs"]);
    assert!(code == Some(0), "{said}");
    let (code, said) = asks(
        "\"i,d\"\tnhs\nB\t9434765919\n",
        &["--position", "2", "--header", "\"i,d\"\tnhs", "--delimiter", "tab"],
    );
    assert!(code == Some(0), "{said}");
}
