//! Tables that readers take in different ways: by one reading rows are swallowed, so none is used.

use std::io::Read;

use optout::record::columns::{Column, Dialect, Fault, TableError, TableFault};
use optout::record::type1::History;
use optout::record::type1::table::{Ends, Registrations, read_registrations};
use optout::record::{Key, Members};
use optout::{Date, Type1};

fn id() -> Column {
    Column::Named("id".into())
}

/// Gives a byte at a time.
struct Slowly<'a>(&'a [u8]);

impl Read for Slowly<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = into.len().min(1);
        self.0.read(&mut into[..length])
    }
}

fn listed(text: &[u8], dialect: &Dialect, column: &Column) -> Result<Members, TableError> {
    let mut members = Members::of_pseudonyms();
    let mut slowly = Members::of_pseudonyms();
    let rows = members.add_table(text, dialect, column);
    assert_eq!(
        slowly.add_table(Slowly(text), dialect, column).map_err(|error| error.to_string()),
        rows.as_ref().map(|rows| *rows).map_err(ToString::to_string)
    );
    rows.map(|_| members)
}

const fn width(fields: u32) -> TableFault {
    TableFault::Form(Fault::Width { fields, first: 2 })
}

fn fault(text: &str) -> (u64, TableFault) {
    match listed(text.as_bytes(), &Dialect::CSV, &id()) {
        Err(TableError::Row { line, fault }) => (line, fault),
        other => panic!("{other:?}"),
    }
}

/// Each of these files has a second row that a lenient reader passes over.
#[test]
fn a_stray_quote_swallows_no_row() {
    for (text, expected) in [
        ("id,name\np1,\"o hara\np2,smith\n", (2, TableFault::Form(Fault::Unclosed))),
        ("id,name\np1,\"o hara\np2,smith", (2, TableFault::Form(Fault::Unclosed))),
        ("id,name\np1,\"\np2,smith\n", (2, TableFault::Form(Fault::Unclosed))),
        ("id,name\np1,x\np2,\"\n", (3, TableFault::Form(Fault::Unclosed))),
        ("id,name\np1,\"o hara\np2,smi\"th\n", (3, TableFault::Form(Fault::AfterQuote))),
        ("id,name\np1,\"o hara\np2,\"smith\"\n", (3, TableFault::Form(Fault::AfterQuote))),
        ("id,name\np0,x\np1,\"a \"quoted\" word\"\n", (3, TableFault::Form(Fault::AfterQuote))),
        ("id,name\np1,\"x\" \n", (2, TableFault::Form(Fault::AfterQuote))),
        ("id,name\np1,x\rp2,y\n", (2, TableFault::Form(Fault::LoneReturn))),
        ("id,name\np1,\"x\"\rp2,y\n", (2, TableFault::Form(Fault::LoneReturn))),
        ("id,name\np1,x\r", (2, TableFault::Form(Fault::LoneReturn))),
        ("id\rp1\rp2\r", (1, TableFault::Form(Fault::LoneReturn))),
        ("id,name\n\n\r\np1\n", (4, width(1))),
        ("id,\"na\nme\"\np1,\"a\nb\"\np2\n", (5, width(1))),
    ] {
        assert_eq!(fault(text), expected, "{text:?}");
    }
}

#[test]
fn a_stray_quote_far_from_the_end_is_found() {
    let rows = "p1,x\r\n".repeat(100_000);
    let text = format!("id,name\n{rows}p2,\"x\n{rows}");
    assert_eq!(fault(&text), (100_002, TableFault::Form(Fault::Unclosed)));
    let text = format!("id,name\n\"p0\",\"a\nb\"\n{rows}p2,\"x\n{rows}p3,\"x\n");
    assert_eq!(fault(&text), (200_005, TableFault::Form(Fault::AfterQuote)));
}

#[test]
fn what_readers_agree_on_is_read() {
    for text in [
        "id,name\np1,\"o \"\"hara\"\",\nof cork\"\np2,o\"hara\"\n",
        "\u{feff}\r\n\"id\",\"na\nme\"\r\n\"p1\",\"\r\"\r\n\n\"p2\",\"\"",
        "name,id\n\"\",\"p1\"\n,p2",
    ] {
        let members = listed(text.as_bytes(), &Dialect::CSV, &id()).unwrap();
        assert_eq!(members.len(), 2, "{text:?}");
        for key in [b"p1", b"p2"] {
            assert_eq!(members.contains(Key::Pseudonym(key)), Some(true), "{text:?}");
        }
    }
}

#[test]
fn rows_without_a_header_are_alike() {
    let list = |text: &str| listed(text.as_bytes(), &Dialect::LIST, &Column::Place(1));
    assert_eq!(list("p1,\np2,\n").unwrap().len(), 2);
    assert_eq!(list("p1\np2\n").unwrap().len(), 2);
    for text in ["p1,\np2\n", "p1\np2,\n", "p1,x\np2,x,y\n"] {
        let error = list(text).unwrap_err();
        assert!(error.to_string().starts_with("line 2: the row has "), "{error}");
    }
}

#[test]
fn what_is_no_text_is_no_list() {
    for (bytes, what) in [
        (&b"\x1f\x8b\x08\0\0\0\0\0\0\x03x\ny\n"[..], "a gzip file"),
        (b"\x28\xb5\x2f\xfd\nabc\n", "a Zstandard file"),
        (b"PAR1\x15\x04\nx\n", "a Parquet file"),
        (b"PK\x03\x04\n", "a ZIP file or a spreadsheet"),
        (b"\xff\xfep\x001\x00\n\x00", "text in UTF-16"),
        (b"%PDF-1.7\n", "a PDF file"),
        (b"SQLite format 3\0\n", "a database of SQLite"),
    ] {
        let error = listed(bytes, &Dialect::LIST, &Column::Place(1)).unwrap_err();
        let said = format!("this is {what}, not delimited text; ");
        assert!(error.to_string().starts_with(&said), "{error}");
    }
    for bytes in [&b"p\x001\x00\n\x00p\x002\x00\n\x00"[..], b"p1\0\n", b"\"p1\0\"\n"] {
        let error = listed(bytes, &Dialect::LIST, &Column::Place(1)).unwrap_err();
        assert!(error.to_string().starts_with("line 1: there is a NUL byte"), "{error}");
    }
}

/// By its place a column is found in any first row, so a person in it would be lost.
#[test]
fn a_first_row_of_data_is_no_header() {
    let header = |text: &str| {
        let stated = Dialect::CSV.with_header_line(text.lines().next().unwrap()).unwrap();
        listed(text.as_bytes(), &stated, &Column::Place(1)).unwrap_err().to_string()
    };
    for number in [
        "9000962382",
        "900 096 2382",
        " 900-096-2382 ",
        "9000962382.0",
        "9000962382.00",
        "900  0962382",
    ] {
        for text in [format!("{number},x\np2,y\n"), format!("p1,{number}\np2,y\n")] {
            assert!(header(&text).starts_with("the first row holds an NHS number where"));
        }
    }
    for text in [",x\np2,y\n", "\"\t\",x\np2,y\n"] {
        assert!(header(text).starts_with("the first row has nothing where the name of column 1"));
    }
    for text in ["943 476 5918,x\n", "NULL,x\n", "12,x\n", "9.4E+09,x\n", "n/a,x\n"] {
        assert!(
            header(text).starts_with("the first row has a number, or a word for none"),
            "{text}"
        );
    }
    let stated = Dialect::CSV.with_header(["id", "x"]);
    assert_eq!(listed(b"id,x\np2,y\n", &stated, &Column::Place(1)).unwrap().len(), 1);
    // Of a key nobody can know whether it is the name of a column.
    let error = listed(b"p1,x\np2,y\n", &Dialect::CSV, &Column::Place(1)).unwrap_err().to_string();
    assert!(error.contains("state the header as text"), "{error}");
}

/// Both quotes close a field, so that nothing else is wrong with the row.
#[test]
fn a_pair_of_stray_quotes_swallows_no_row() {
    for text in [
        "id,name\np1,\"o hara\np2,smith\"\n",
        "id,name\np1,\"o hara\np2,smith\"",
        "id,name\r\np1,\"o hara\r\np3,x\r\np2,\"\r\n",
        "name,id\n\"o hara,p1\nsmith\",p2\n",
        "n,id,m\nx,p1,\"o hara\nx,p2,smith\"\n",
    ] {
        let (line, fault) = fault(text);
        assert!((2..5).contains(&line) && fault == TableFault::Form(Fault::Joined), "{text:?}");
    }
    // The header too.
    let joined = TableFault::Form(Fault::JoinedByHeader);
    assert_eq!(fault("id,\"name\np1,x\np2,y\"\np3,z\n"), (2, joined));
    for text in [
        "id,name\np1,\"o\nhara\"\np2,smith\n",
        "name,id\n\"o\nhara\",p1\n\"o\nhara, j\",p2\n",
        "id,\"na\nme\"\np1,\"a, b\nc\"\n",
    ] {
        let listed = listed(text.as_bytes(), &Dialect::CSV, &id());
        assert!(listed.is_ok(), "{text:?}: {:?}", listed.err());
    }
}

/// Without the second row the patient would have been nowhere that was not read.
#[test]
fn a_stray_quote_swallows_no_registration() {
    let practice = Column::Named("practice".into());
    let (dialect, ends) = (Dialect::CSV, Ends::None);
    let table = Registrations { dialect, patient: id(), practice, ends };
    let key = |field: &[u8]| Some(field.to_vec());
    let read = |text: &str| {
        let mut history = History::new(Date::ymd(2026, 6, 1));
        history.practice_read("P1");
        read_registrations(text.as_bytes(), &table, &mut history, key)
            .map(|_| history.status(&b"p1".to_vec()))
    };
    let rows = "id,practice,name\np1,P1,o hara\np1,P2,o hara\n";
    assert_eq!(read(rows).unwrap(), Type1::Unknown);
    let error = read(&rows.replacen("o hara", "\"o hara", 1)).unwrap_err();
    assert!(
        matches!(error, TableError::Row { line: 2, fault: TableFault::Form(Fault::Unclosed) }),
        "{error}"
    );
}
