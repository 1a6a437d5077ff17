//! Five readers of tables, one strictness: the tables of a release, requests to the national check,
//! lists, histories and registrations refuse what any of them refuses, with the same words.

use super::bench::{Bench, CLEAR, day, request, stderr};

const OTHER: &str = "9000898358";
const THIRD: &str = "9000803888";

/// What is wrong with the rows below a header of `nhs,practice,note`; and what is said of it.
fn faults() -> Vec<(String, &'static str)> {
    let joined = "a quoted field joins this line to others";
    vec![
        // As it was reported: two stray quotes, and everybody between them.
        (format!("{CLEAR},P1,\"note\n{OTHER},P1,note\n{THIRD},P1,note\"\n"), joined),
        (format!("{CLEAR},P1,\"a\nb\n{OTHER},P1,c\nd\"\n"), joined),
        (format!("{CLEAR},P1,\"a\r\n943 476 5918,P1,c\"\r\n"), joined),
        (format!("{CLEAR},P1,\"a\n=\"\"{OTHER}\"\",P1,c\"\n"), joined),
        (format!("{CLEAR},\"P1,a\n{OTHER},P1\",c\n"), joined),
        (format!("\"{CLEAR},P1,a\n{OTHER}\",P1,c\n"), "a line break stands in a field that names"),
        (format!("\"{CLEAR}\n\",P1,c\n"), "a line break stands in a field that names"),
        (format!("\"{CLEAR}\r\",P1,c\n"), "a line break stands in a field that names"),
        (format!("{CLEAR},P1,\"a\"b\n"), "text follows the closing quote"),
        (format!("{CLEAR},P1,\"a\" \n"), "text follows the closing quote"),
        (format!("{CLEAR},P1,\"a\n{OTHER},P1,\"b\"\n"), "text follows the closing quote"),
        (format!("{CLEAR},P1,a\r{OTHER},P1,b\n"), "a carriage return stands without a line feed"),
        (format!("{CLEAR},P1,a\n{OTHER},P1,b\r"), "a carriage return stands without a line feed"),
        (format!("{CLEAR},P1,a\0\n"), "there is a NUL byte"),
        (format!("{CLEAR},P1,\"\0\"\n"), "there is a NUL byte"),
        (format!("{CLEAR},P1,a\n{OTHER},P1,\"b\n"), "the quote that opens here is never closed"),
        (format!("{CLEAR},P1,a\n{OTHER},P1\n"), "the row has 2 fields, the first row has 3"),
        (format!("{CLEAR},P1,a\n{OTHER},P1,b,c\n"), "the row has 4 fields, the first row has 3"),
        (format!("{CLEAR},P1,a,\n"), "the row has 4 fields, the first row has 3"),
    ]
}

/// Files that are no table with such a header.
fn strangers() -> Vec<(Vec<u8>, &'static str)> {
    let utf16: Vec<u8> = format!("nhs,practice,note\n{CLEAR},P1,a\n")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let rows = format!("{CLEAR},P1,a\n");
    let header = |header: &str| format!("{header}\n{rows}").into_bytes();
    vec![
        ([b"\xFF\xFE".to_vec(), utf16.clone()].concat(), "this is text in UTF-16"),
        (utf16, "there is a NUL byte"),
        (zstd::encode_all(rows.as_bytes(), 1).unwrap(), "this is a Zstandard file"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec(), "this is a gzip file"),
        (b"PK\x03\x04\x14\0".to_vec(), "this is a ZIP file or a spreadsheet"),
        (b"PAR1\x15\x04".to_vec(), "this is a Parquet file"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), "of Microsoft Office"),
        (b"<?xml version=\"1.0\"?>\n<r/>\n".to_vec(), "this is XML"),
        (b"{\"resourceType\": \"Patient\"}\n".to_vec(), "this is JSON"),
        (Vec::new(), "the table is empty"),
        (header("nhs,nhs,practice"), "two columns are called \"nhs\""),
        (header("NHS,practice,note"), "there is no column \"nhs\"; is \"NHS\" meant?"),
        (header("nhs ,practice,note"), "is \"nhs \" meant, which ends in a space?"),
        (header("nhs;practice;note"), "one column with a semicolon in it; is that the delimiter?"),
        (header(&format!("nhs,practice,{OTHER}")), "the first row holds an NHS number"),
        (
            header(&format!("nhs,practice,\"note\n{OTHER},P1,a\n{THIRD},P1,b\"")),
            "a quoted name of the header joins this line to others",
        ),
        (
            header(&format!("nhs,practice,\"note\n{OTHER},P1,a\"")),
            "a quoted name of the header joins this line to others",
        ),
    ]
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum User {
    Table,
    Request,
    List,
    History,
    Registrations,
}
use User::{History, List, Registrations, Request, Table};

/// Runs one of the users on a file; whether it succeeds, and what it says.
fn read(user: User, contents: &[u8]) -> (bool, String) {
    let bench = Bench::new();
    bench.write("read.csv", contents);
    let gp = request(&day(0)).replace("england-care", "gp-record");
    match user {
        Request => {
            let args = ["check", "request", "read.csv", "--column", "nhs", "--output", "asked"];
            let output = bench.run(&args);
            assert_eq!(output.status.success(), bench.path("asked.dat").exists());
            return (output.status.success(), stderr(&output));
        }
        Table => bench.request(&request(&day(0)).replace("table.csv", "read.csv")),
        List => bench.request(&format!(
            "{gp}[[list]]\nof = \"type1-dissenters\"\nothers = \"none\"\nfile = \"read.csv\"\ncolumn = \"nhs\"\n"
        )),
        History | Registrations => {
            let (entries, registered) =
                if user == History { ("read.csv", "other.csv") } else { ("other.csv", "read.csv") };
            bench.write("other.csv", format!("nhs,practice,note\n{CLEAR},P1,a\n"));
            bench.request(&format!(
                "{gp}[type1]\nentries = \"{entries}\"\npatient = \"nhs\"\ncode = \"practice\"\nsystem = \"read-v2\"\ndate = \"note\"\npractice = \"practice\"\npractices-read = [\"P1\"]\nno-type1-at = [\"P1\"]\nmay-be-empty = true\nall-registered-on = {}\nall-registered-max-age-days = 9\nregistrations = {{ file = \"{registered}\", patient = \"nhs\", practice = \"practice\" }}\n",
                day(-1)
            ));
        }
    }
    let output = bench.filter();
    assert_eq!(output.status.success(), bench.path("out").exists());
    (output.status.success(), stderr(&output))
}

#[test]
fn what_one_reader_refuses_all_refuse() {
    let rows = faults();
    let rows =
        rows.iter().map(|(rows, what)| (format!("nhs,practice,note\n{rows}").into_bytes(), *what));
    for (contents, what) in rows.chain(strangers()) {
        for user in [Table, Request, List, History, Registrations] {
            let (done, said) = read(user, &contents);
            let shown = String::from_utf8_lossy(&contents);
            assert!(
                !done && said.contains(what),
                "{user:?}: {shown:?}: expected `{what}` in: {said}"
            );
            for number in [CLEAR, OTHER, THIRD] {
                assert!(!said.contains(number), "{said}");
            }
        }
    }
}

#[test]
fn what_no_reader_disagrees_about_all_read() {
    for rows in [
        format!("{CLEAR},P1,a\n{OTHER},P1,b\n"),
        format!("{CLEAR},P1,a\r\n\r\n\n{OTHER},P1,b"),
        format!("\"{CLEAR}\",\"P1\",\"\"\n"),
        format!("{CLEAR},P1,it \"was\" so\n"),
        format!("{CLEAR},P1,\"a \"\"word\"\", or two\"\n"),
        format!("{CLEAR},P1,\u{e9}t\u{e9}\n"),
    ] {
        for user in [Table, Request, List, History, Registrations] {
            for header in [
                "nhs,practice,note\n",
                "\u{feff}\"nhs\",practice,note\r\n",
                "\n\nnhs,practice,note\n",
            ] {
                let (done, said) = read(user, format!("{header}{rows}").as_bytes());
                assert!(done, "{user:?}: {rows:?}: {said}");
            }
        }
    }
    // Text of several lines, which a code cannot have.
    for rows in [
        format!("{CLEAR},P1,\"seen at home,\nno answer\"\n"),
        format!("{CLEAR},P1,\"his number is\n{OTHER}\nkind regards\"\n"),
        format!("{CLEAR},P1,\"see {OTHER},\nor ask\"\r\n"),
    ] {
        for user in [Table, Request, List, History, Registrations] {
            let (done, said) = read(user, format!("nhs,practice,note\n{rows}").as_bytes());
            assert!(done, "{user:?}: {rows:?}: {said}");
        }
    }
}

/// Nothing that may be a person's is shown of a first row in which a column was not found.
#[test]
fn the_fields_of_a_person_are_no_names_of_columns() {
    for first in ["Ann Smith,Hall,12 Mill Lane", "Ann Smith,Bob Hall,Kent", "Smith,1950-01-02,F"] {
        for user in [Table, Request, List, History, Registrations] {
            let (done, said) = read(user, format!("{first}\nBob,x,y\n").as_bytes());
            let shown = first.split(',').any(|field| field.len() > 1 && said.contains(field));
            assert!(!done && !shown && said.contains("there is no column"), "{user:?}: {said}");
        }
    }
}

/// Of a table, and of a request made from it, it can be said that its text has lines that read as rows.
#[test]
fn line_breaks_loosen_what_they_name() {
    let text = format!("nhs,practice,note\n{CLEAR},P1,\"seen\n{OTHER},P1,he says\"\n");
    let bench = Bench::new();
    bench.write("table.csv", &text);
    bench.stops("a quoted field joins this line");
    let asked = bench.read("request.toml");
    bench.request(&asked.replace("[[table]]\n", "[[table]]\nline-breaks = true\n"));
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), text);
    let args = ["check", "request", "table.csv", "--column", "nhs", "--output", "c"];
    assert!(!bench.run(&args).status.success());
    assert!(bench.run(&[&args[..], &["--line-breaks"]].concat()).status.success());
    assert_eq!(bench.read("c.dat"), format!("{CLEAR},\n"));
}
