//! A request from the columns of a table: every row is read once, whatever the table's size and form.

use std::io::Read;

use optout::record::columns::{Column, Dialect, Fault, Header, TableError, TableFault};
use optout::record::national::{Request, TableRead};
use optout::record::{NhsNumber, NhsNumberError};
use proptest::prelude::*;

use crate::mesh::{numbers, text};

fn named(name: &str) -> [Column; 1] {
    [Column::Named(name.into())]
}

fn read(
    bytes: &[u8],
    dialect: &Dialect,
    columns: &[Column],
) -> Result<(TableRead, Request), TableError> {
    let mut request = Request::new();
    let read = request.add_table(bytes, dialect, columns);
    if read.is_err() {
        assert!(request.numbers().is_empty());
    }
    Ok((read?, request))
}

const fn width(fields: u32, first: u32) -> TableFault {
    TableFault::Form(Fault::Width { fields, first })
}

fn fault(bytes: &[u8], name: &str) -> (u64, TableFault) {
    match read(bytes, &Dialect::CSV, &named(name)) {
        Err(TableError::Row { line, fault }) => (line, fault),
        other => panic!("{other:?}"),
    }
}

/// Gives a few bytes at a time.
struct Slowly<'a>(&'a [u8], usize);

impl Read for Slowly<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = into.len().min(self.1);
        self.0.read(&mut into[..length])
    }
}

/// Fails after its bytes.
struct Failing<'a>(&'a [u8]);

impl Read for Failing<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(into)? {
            0 => Err(std::io::Error::other("the disk")),
            read => Ok(read),
        }
    }
}

#[test]
fn tables_of_many_blocks_are_read_whole() {
    let people = numbers(400_000_000, 60_000);
    let table = |row: &dyn Fn(&str) -> String, header: &str| {
        people.iter().fold(header.to_owned(), |table, number| table + &row(&text(*number)))
    };
    for (bytes, dialect) in [
        (table(&|n| format!("{n}\n"), "n\n"), Dialect::CSV),
        (table(&|n| format!("{n}\r\n"), "n\r\n"), Dialect::CSV),
        (table(&|n| format!("{n},\n"), ""), Dialect::LIST),
        (table(&|n| format!("{n}\n\n"), ""), Dialect::LIST),
        (
            table(&|n| format!("{n}\n{}", "\n\r\n".repeat(usize::from(n.ends_with('7')))), ""),
            Dialect::LIST,
        ),
        (table(&|n| format!("x,{n},\"a\n\"\"b,\"\n"), "a,n,b\n"), Dialect::CSV),
        (table(&|n| format!("x\t\"{n}\"\ty\r\n"), "a\tn\tb\r\n"), Dialect::TSV),
    ] {
        let columns =
            if dialect.header == Header::Present { named("n") } else { [Column::Place(1)] };
        // Without its last line end, too.
        for bytes in [&bytes[..], bytes.trim_end_matches(['\r', '\n'])] {
            let (found, request) = read(bytes.as_bytes(), &dialect, &columns).unwrap();
            assert_eq!((found.rows, found.found), (60_000, vec![true]));
            assert_eq!((found.counts.distinct, found.counts.valid()), (60_000, 60_000));
            assert!(request.numbers().iter().eq(people.iter().copied()));
            assert_eq!(request.counts(), found.counts);
        }
    }
}

#[test]
fn numbers_are_counted_over_tables() {
    let people: Vec<_> = numbers(400_000_000, 3).into_iter().map(text).collect();
    let mut request = Request::new();
    let first = format!("n,m\n{0},{1}\n{0},\n", people[0], people[1]);
    let columns = [named("n"), named("m"), named("k")].concat();
    let read = request.add_table(first.as_bytes(), &Dialect::CSV, &columns).unwrap();
    assert_eq!(read.found, [true, true, false]);
    let counts = read.counts;
    assert_eq!((read.rows, counts.distinct, counts.repeated, counts.empty), (2, 2, 1, 1));
    let second = format!("k\n{}\n{}\n0000000000\n943476591\n", people[1], people[2]);
    let counts = request.add_table(second.as_bytes(), &Dialect::CSV, &columns).unwrap().counts;
    assert_eq!((counts.distinct, counts.repeated), (1, 1));
    assert_eq!((counts.placeholders, counts.invalid), (1, 1));
    let all = request.counts();
    assert_eq!((all.distinct, all.repeated, all.valid()), (3, 2, 5));
    assert_eq!((all.empty, all.placeholders, all.invalid), (1, 1, 1));
}

#[test]
fn the_line_of_a_fault_is_named() {
    let good = "9434765919,1\n".repeat(100_000);
    let quoted = "9434765919,\"1\n2\"\n".repeat(50_000);
    for (bytes, expected) in [
        ("n,m\n9434765919\n".to_owned(), (2, width(1, 2))),
        ("n,m\n\n\r\n9434765919,1,2".to_owned(), (4, width(3, 2))),
        (format!("n,m\n{good}\n1\n{good}"), (100_003, width(1, 2))),
        (format!("\u{feff}\nn,m\r\n{quoted}1\n{good}"), (100_003, width(1, 2))),
        (
            format!("\"n\n\",m\n{quoted}\"1\n\",2\n{good}"),
            (100_003, TableFault::Form(Fault::LineBreak)),
        ),
        (format!("n,m\n{good}1\r2,\n"), (100_002, TableFault::Form(Fault::LoneReturn))),
        (format!("n,m\n{good}1,\"2\"3\n"), (100_002, TableFault::Form(Fault::AfterQuote))),
        (format!("n,m\n{good}1,\0\n{good}"), (100_002, TableFault::Form(Fault::Nul))),
        (format!("n,m\n{good}1,\"2\n{good}\"\n{good}"), (100_003, TableFault::Form(Fault::Joined))),
        (format!("n,m\n{good}1,\"2\n{good}"), (100_002, TableFault::Form(Fault::Unclosed))),
        // The first of several, whichever thread came upon it.
        (format!("n,m\n{good}1\n{good}1\n{good}1"), (100_002, width(1, 2))),
    ] {
        let name = if bytes.contains("\"n\n\"") { "n\n" } else { "n" };
        assert_eq!(fault(bytes.as_bytes(), name), expected);
    }
    let short = read(b"a,b\na\n", &Dialect::LIST, &[Column::Place(2)]).unwrap_err();
    assert!(short.to_string().starts_with("line 2: the row has 1 field, the first row has 2"));
}

#[test]
fn what_is_no_table_is_refused() {
    let refuse = |bytes: &[u8], dialect: &Dialect, columns: &[Column]| {
        read(bytes, dialect, columns).unwrap_err().to_string()
    };
    let n = named("n");
    let number = "the first row holds an NHS number where the header should be";
    for (bytes, expected) in [
        (&b"\x1f\x8b\x08"[..], "this is a gzip file, not delimited text"),
        (b"\x28\xb5\x2f\xfd", "this is a Zstandard file, not delimited text"),
        (b"PK\x03\x04", "this is a ZIP file or a spreadsheet, not delimited text"),
        (b"PAR1", "this is a Parquet file, not delimited text"),
        (b"\xff\xfen\0", "this is text in UTF-16, not delimited text"),
        (b"\xd0\xcf\x11\xe0", "this is a spreadsheet or document of Microsoft Office, not"),
        (b"\n<?xml version", "this is XML or a web page, not delimited text"),
        (b"{\"n\": 1}\n", "this is JSON, not delimited text"),
        (b"n\0,m\n", "line 1: there is a NUL byte"),
        (b"", "the table is empty, not even a header"),
        (b"\xef\xbb\xbf\r\n\n", "the table is empty, not even a header"),
        (b"N\n", "there is no column \"n\""),
        (b"n,n\n", "two columns are called \"n\""),
        (b"9434765919\n", number),
        (b"n,\"943 476 5919\"\n", number),
    ] {
        let said = refuse(bytes, &Dialect::CSV, &n);
        assert!(said.starts_with(expected), "{said}");
    }
    let stated = || Dialect::CSV.with_header(["n"]);
    for (dialect, place, expected) in [
        (Dialect::CSV, 1, "column 1 is given by its position"),
        (stated(), 0, "there is no column 0; the first row has 1"),
        (stated(), 2, "there is no column 2; the first row has 1"),
        (Dialect::CSV.with_header(["m"]), 1, "the first row is not the header that was stated"),
    ] {
        let said = refuse(b"n\n", &dialect, &[Column::Place(place)]);
        assert!(said.starts_with(expected), "{said}");
    }
    let (found, _) = read(b"", &Dialect::LIST, &[Column::Place(1)]).unwrap();
    assert_eq!(found.rows, 0);
    let mut request = Request::new();
    let good = "9434765919\n".repeat(100_000);
    let failing = Failing(good.as_bytes());
    let error = request.add_table(failing, &Dialect::LIST, &[Column::Place(1)]).unwrap_err();
    assert!(error.to_string().contains("the disk"), "{error}");
    assert!(request.numbers().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// The `csv` crate is the oracle.
    #[test]
    fn fields_are_those_of_the_csv_crate(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "9434765919", "943 476 5919", "9000962382", "\"9434765919\"", "0000000000", "x", "\"\"",
                "\"a\n\"", "\"\"\"\"", "\"", ",", ",", ",", "\n", "\n", "\r\n", " ",
            ]), 0..40),
        step in 1_usize..20,
        place in 1_usize..3,
    ) {
        let table = format!("z,{}", pieces.concat());
        // A pair of quotes alone on a line is a blank line to the crate.
        prop_assume!(!table.lines().any(|line| line == "\"\""));
        let mut oracle = csv::ReaderBuilder::new()
            .terminator(csv::Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .from_reader(table.as_bytes());
        let mut expected = Some([0_u64; 4]);
        for row in oracle.byte_records() {
            let row = row.unwrap();
            let last = row.len() - 1;
            let fields: Vec<_> = row.iter().enumerate().map(|(i, field)| {
                if i == last { field.strip_suffix(b"\r").unwrap_or(field) } else { field }
            }).collect();
            if fields == [b""] {
                continue;
            }
            let field = fields.get(place - 1).filter(|f| !f.contains(&b'\n') && !f.contains(&b'\r'));
            let Some((counts, field)) = expected.as_mut().zip(field) else {
                expected = None;
                break;
            };
            counts[match NhsNumber::parse(field) {
                Ok(_) => 0,
                Err(NhsNumberError::Empty) => 1,
                Err(NhsNumberError::Placeholder) => 2,
                Err(_) => 3,
            }] += 1;
        }
        let mut request = Request::new();
        let slowly = Slowly(table.as_bytes(), step);
        let read = request.add_table(slowly, &Dialect::LIST, &[Column::Place(place)]);
        // What readers disagree about is refused; without quotes that is a row of another width alone.
        let widths: Vec<_> = table.lines().filter(|line| !line.is_empty())
            .map(|line| line.split(',').count()).collect();
        let sound = !table.contains('"') && widths.iter().all(|width| *width == widths[0]) && place <= widths[0];
        match (read, expected) {
            (Err(error), _) => prop_assert!(!sound, "{}: {:?}", error, table),
            (Ok(TableRead { counts, .. }), Some(expected)) => {
                let found = [counts.valid(), counts.empty, counts.placeholders, counts.invalid];
                prop_assert_eq!(found, expected);
            }
            (read, expected) => prop_assert!(false, "{:?} {:?}", read, expected),
        }
    }
}
