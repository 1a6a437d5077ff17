//! Any bytes as a table of which a column is asked about, beside the `csv` crate as oracle: the same
//! numbers and counts, or an error on the same line.
#![no_main]

use std::collections::BTreeSet;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use optout::record::columns::{Column, Dialect, TableError, TableFault};
use optout::record::national::Request;
use optout::record::{NhsNumber, NhsNumberError};

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    header: bool,
    tab: bool,
    place: u8,
    source: Source<'a>,
    /// Bytes that each read gives, at most.
    step: u16,
}

#[derive(Arbitrary, Debug)]
enum Source<'a> {
    Bytes(&'a [u8]),
    /// Pieces of tables, put together; and how often, so that there are several blocks.
    Pieces(Vec<u8>, u16),
}

const PIECES: [&[u8]; 20] = [
    b"9434765919", b"9000962382", b"943 476 5919", b"943-476-5919", b"9434765918", b"0000000000",
    b"\"9434765919\"", b"\"", b"\"\"", b",", b",", b",", b"\n", b"\n", b"\r\n", b"\t", b" ", b"a",
    b"\"a,\n\"\"b\"", "\u{feff}".as_bytes(),
];

struct Slowly<'a>(&'a [u8], usize);

impl std::io::Read for Slowly<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = into.len().min(self.1);
        std::io::Read::read(&mut self.0, &mut into[..length])
    }
}

#[derive(Debug, Default, PartialEq)]
struct Expected {
    rows: u64,
    numbers: BTreeSet<u32>,
    valid: u64,
    invalid: u64,
    placeholders: u64,
    empty: u64,
}

/// What the column says, or the line that is wrong; none where the header is.
fn oracle(bytes: &[u8], dialect: Dialect, place: usize) -> Option<Result<Expected, (u64, TableFault)>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(dialect.delimiter)
        .terminator(csv::Terminator::Any(b'\n'))
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut row = csv::ByteRecord::new();
    let mut width = None;
    let mut found = Expected::default();
    while reader.read_byte_record(&mut row).expect("bytes") {
        // The crate counts a row from the blank lines before it.
        let position = row.position().expect("a position");
        let from = bytes.get(position.byte() as usize..).unwrap_or_default();
        let from = from.strip_prefix("\u{feff}".as_bytes()).unwrap_or(from);
        let blank = from.iter().take_while(|byte| **byte == b'\n').count();
        let line = position.line() + blank as u64;
        let mut fields: Vec<Vec<u8>> = row.iter().map(<[u8]>::to_vec).collect();
        let last = fields.last_mut().expect("a field");
        if last.last() == Some(&b'\r') {
            last.pop();
        }
        if fields == [b""] {
            // A blank line, or one with a pair of quotes.
            continue;
        }
        if dialect.header && width.is_none() {
            width = Some(fields.len());
            if place >= fields.len() || fields.iter().any(|name| NhsNumber::parse(name).is_ok()) {
                return None;
            }
            continue;
        }
        let Some(field) = fields.get(place) else {
            return Some(Err((line, match width {
                Some(_) => TableFault::UnequalLength,
                None => TableFault::MissingField,
            })));
        };
        if field.contains(&b'\n') || field.contains(&b'\r') {
            return Some(Err((line, TableFault::LineBreak)));
        }
        if width.is_some_and(|width| width != fields.len()) {
            return Some(Err((line, TableFault::UnequalLength)));
        }
        found.rows += 1;
        match NhsNumber::parse(field) {
            Ok(number) => {
                found.valid += 1;
                found.numbers.insert(number.first_nine());
            }
            Err(NhsNumberError::Empty) => found.empty += 1,
            Err(NhsNumberError::Placeholder) => found.placeholders += 1,
            Err(_) => found.invalid += 1,
        }
    }
    if dialect.header && width.is_none() {
        return None;
    }
    Some(Ok(found))
}

fuzz_target!(|input: Input<'_>| {
    let bytes = match input.source {
        Source::Bytes(bytes) => bytes.to_vec(),
        Source::Pieces(pieces, times) => {
            let piece = |piece: &u8| PIECES[usize::from(*piece) % PIECES.len()];
            let once: Vec<u8> = pieces.iter().flat_map(piece).copied().collect();
            // Several blocks now and then: they take a thousand times as long.
            let times = if times % 64 == 0 { 300_000 / (once.len() + 1) } else { 0 };
            once.repeat(1 + times)
        }
    };
    // A pair of quotes alone on a line is an empty field to one, and a blank line to the other.
    if bytes.split(|byte| *byte == b'\n').any(|line| {
        let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        line.strip_suffix(b"\r").unwrap_or(line) == b"\"\""
    }) {
        return;
    }
    let dialect = Dialect { delimiter: if input.tab { b'\t' } else { b',' }, header: input.header };
    let place = usize::from(input.place % 3);
    let mut request = Request::new();
    let step = usize::from(input.step).max(1) * if bytes.len() > 5000 { 256 } else { 1 };
    let reader = Slowly(&bytes, step);
    let read = request.add_table(reader, dialect, &[Column::Place(place + 1)]);
    let expected = oracle(&bytes, dialect, place);
    match (read, expected) {
        (Ok(read), Some(Ok(expected))) => {
            let counts = read.counts;
            let found = Expected {
                rows: read.rows,
                numbers: request.numbers().iter().map(NhsNumber::first_nine).collect(),
                valid: counts.distinct + counts.repeated,
                invalid: counts.invalid,
                placeholders: counts.placeholders,
                empty: counts.empty,
            };
            assert_eq!(found, expected);
            assert_eq!(counts.distinct, expected.numbers.len() as u64);
        }
        // The oracle takes a quote that is never closed for the end of its field.
        (Err(TableError::Row { fault: TableFault::Unclosed, .. }), _) => {
            assert!(bytes.contains(&b'"') && request.numbers().is_empty());
        }
        (Err(TableError::Row { line, fault }), Some(Err(expected))) => {
            assert_eq!((line, fault), expected);
            assert!(request.numbers().is_empty());
        }
        (Err(TableError::NotText { .. }), _) => {}
        (Err(TableError::NoColumn { .. }), None) => {}
        // Whatever separates its digits; the oracle knows only a number that can be read.
        (Err(TableError::NumberInHeader), _) => assert!(dialect.header),
        (read, expected) => panic!("{read:?} {expected:?}"),
    }
});
