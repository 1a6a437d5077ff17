//! Any bytes as a table of which a column is asked about, beside the `csv` crate as oracle: the same
//! numbers and counts, or a refusal of what readers disagree about.
#![no_main]

use std::collections::BTreeSet;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use optout::record::columns::{Column, Dialect, TableError};
use optout::tables::TableError as Wrong;
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

/// The rows without blank lines, with their line ends off; none where they are of several widths.
fn rows(bytes: &[u8], delimiter: u8) -> Option<Vec<Vec<Vec<u8>>>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::Any(b'\n'))
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut rows: Vec<Vec<Vec<u8>>> = Vec::new();
    for row in reader.byte_records() {
        let mut fields: Vec<Vec<u8>> = row.expect("bytes").iter().map(<[u8]>::to_vec).collect();
        let last = fields.last_mut().expect("a field");
        if last.last() == Some(&b'\r') {
            last.pop();
        }
        if fields != [b""] {
            rows.push(fields);
        }
    }
    let width = rows.first().map_or(0, Vec::len);
    rows.iter().all(|row| row.len() == width).then_some(rows)
}

/// What the column says.
fn oracle(rows: &[Vec<Vec<u8>>], place: usize) -> Expected {
    let mut found = Expected::default();
    for row in rows {
        found.rows += 1;
        match NhsNumber::parse(&row[place]) {
            Ok(number) => {
                found.valid += 1;
                found.numbers.insert(number.first_nine());
            }
            Err(NhsNumberError::Empty) => found.empty += 1,
            Err(NhsNumberError::Placeholder) => found.placeholders += 1,
            Err(_) => found.invalid += 1,
        }
    }
    found
}

/// Whether readers cannot disagree about it.
fn is_sound(bytes: &[u8]) -> bool {
    let lone = bytes.windows(2).any(|pair| pair[0] == b'\r' && pair[1] != b'\n');
    !lone && bytes.last() != Some(&b'\r') && !bytes.contains(&b'"') && !bytes.contains(&0)
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
    let dialect = if input.tab { Dialect::TSV } else { Dialect::CSV };
    let rows = rows(&bytes, dialect.delimiter);
    // A header is stated, as it stands.
    let first = rows.as_ref().and_then(|rows| rows.first());
    let names = first.filter(|_| input.header).map(|first| {
        first.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect::<Vec<_>>()
    });
    let header = usize::from(names.is_some());
    let dialect = match names {
        Some(names) => dialect.with_header(names),
        None => dialect.without_header(),
    };
    let place = usize::from(input.place % 3);
    let mut request = Request::new();
    let step = usize::from(input.step).max(1) * if bytes.len() > 5000 { 256 } else { 1 };
    let reader = Slowly(&bytes, step);
    match request.add_table(reader, &dialect, &[Column::Place(place + 1)]) {
        Ok(read) => {
            let counts = read.counts;
            let found = Expected {
                rows: read.rows,
                numbers: request.numbers().iter().map(NhsNumber::first_nine).collect(),
                valid: counts.distinct + counts.repeated,
                invalid: counts.invalid,
                placeholders: counts.placeholders,
                empty: counts.empty,
            };
            let rows = rows.expect("rows of several widths are refused");
            assert_eq!(found, oracle(rows.get(header..).unwrap_or_default(), place));
            assert_eq!(counts.distinct, found.numbers.len() as u64);
        }
        Err(TableError::Row { .. }) => {
            assert!(request.numbers().is_empty());
            assert!(rows.is_none() || !is_sound(&bytes), "refused without a reason");
        }
        // Not a table, or none with such a column or header.
        Err(TableError::Table(Wrong::OtherHeader)) => assert!(std::str::from_utf8(&bytes).is_err()),
        Err(_) => assert!(request.numbers().is_empty()),
    }
});
