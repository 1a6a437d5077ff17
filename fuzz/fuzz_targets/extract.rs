//! Any bytes as a table to be filtered, beside the `csv` crate as oracle: what leaves are the same
//! rows, byte for byte, however the table is cut into blocks; or nothing leaves.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use optout::extract::{Column, Dialect, Extract, People, Table};
use optout::record::NhsNumber;
use optout::{
    Bases, Boundary, Conditions, Date, Disclosure, Identifiability, National, Origin, Patient,
    Purpose, Ruling, assess,
};

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    header: bool,
    threads: bool,
    block: u8,
    place: u8,
    source: Source<'a>,
}

#[derive(Arbitrary, Debug)]
enum Source<'a> {
    Bytes(&'a [u8]),
    /// Pieces of tables, put together.
    Pieces(Vec<u8>),
}

const PIECES: [&[u8]; 18] = [
    b"9434765919,", b"9000962382,", b"943 476 5919", b"9434765918", b"0000000000", b"\"9434765919\"",
    b"\"9000962382\",x\n", b"\"", b"\"\"", b",", b",", b"\n", b"\n", b"\r\n", b"\t", b"a,b\n",
    b"\"a,\n\"\"b\"", "\u{feff}".as_bytes(),
];

fn ruling() -> Ruling {
    assess(&Disclosure {
        origin: Origin::EnglandCare,
        boundary: Boundary::BeyondController,
        identifiability: Identifiability::Identifiable,
        purpose: Purpose::Research,
        bases: Bases::COPI_REG_5,
        conditions: Conditions::empty(),
        on: Date::ymd(2026, 6, 1),
    })
    .expect("a disclosure of the specification")
}

/// One of the two numbers among the pieces has opted out.
fn known(number: NhsNumber) -> Patient {
    let national =
        if number.first_nine() == 943_476_591 { National::None } else { National::OptedOut };
    Patient::UNKNOWN.with_national(national)
}

/// The rows that may leave, as the `csv` crate sees them.
fn oracle(read: &[u8], header: bool, place: usize, ruling: &Ruling) -> Option<Vec<u8>> {
    let text = read.strip_prefix("\u{feff}".as_bytes()).unwrap_or(read);
    let mut written = read[..read.len() - text.len()].to_vec();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    let mut row = csv::ByteRecord::new();
    let mut first = true;
    // A header stays with the blank lines before it.
    loop {
        match reader.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return Some(written),
            Err(_) => return None,
        }
        let start = if first && header { 0 } else { row.position()?.byte() as usize };
        let end = reader.position().byte() as usize;
        let is_header = std::mem::take(&mut first) && header;
        let mut bytes = &text[start..end];
        while !is_header {
            let ([b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..]) = bytes else { break };
            bytes = rest;
        }
        // The reader leaves the line feed after a carriage return for later.
        let line_feed = bytes.ends_with(b"\r") && text.get(end) == Some(&b'\n');
        let kept = NhsNumber::parse(row.get(place)?)
            .is_ok_and(|number| ruling.decide(known(number)).is_allowed());
        if is_header || kept {
            written.extend_from_slice(bytes);
            written.extend_from_slice(if line_feed { b"\n" } else { b"" });
        }
    }
}

/// Whether a line that begins with an NHS number is no row to the `csv` crate, but part of one whose
/// own first field is of one line.
fn swallows(read: &[u8]) -> bool {
    let text = read.strip_prefix("\u{feff}".as_bytes()).unwrap_or(read);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    let mut row = csv::ByteRecord::new();
    while let Ok(true) = reader.read_byte_record(&mut row) {
        let start = row.position().map_or(0, |position| position.byte() as usize);
        let record = text[start..reader.position().byte() as usize].trim_ascii();
        let mut lines = record.split(|byte| *byte == b'\n').skip(1);
        let first = |line: &[u8]| {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let mut fields = line.split(|byte| *byte == b',');
            // A row of a table with other columns goes on behind the number.
            fields.next().is_some_and(|f| NhsNumber::parse(f).is_ok()) && fields.next().is_some()
        };
        if row.get(0).is_some_and(|field| !field.contains(&b'\n')) && lines.any(first) {
            return true;
        }
    }
    false
}

fuzz_target!(|input: Input<'_>| {
    let bytes = match input.source {
        Source::Bytes(bytes) => bytes.to_vec(),
        Source::Pieces(pieces) => {
            pieces.iter().flat_map(|piece| PIECES[usize::from(*piece) % PIECES.len()]).copied().collect()
        }
    };
    // Of two byte order marks the oracle would take the second for one as well.
    if bytes.starts_with("\u{feff}\u{feff}".as_bytes()) {
        return;
    }
    let ruling = ruling();
    let place = usize::from(input.place % 3);
    // A header is stated, as the oracle reads it.
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut oracle_reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    let first = oracle_reader.byte_records().next().and_then(Result::ok);
    let header = input.header && first.is_some();
    let text = match first {
        Some(first) if header => {
            Dialect::CSV.with_header(first.iter().map(|name| String::from_utf8_lossy(name).into_owned()))
        }
        _ => Dialect::CSV.without_header(),
    };
    let run = |text| {
        let mut written = Vec::new();
        let table = Table::new("table", text, &*bytes, &mut written).person(Column::Place(place + 1));
        let read = Extract::new(&ruling, People::ByNumber(&known))
            .at_most_invalid(100.0)
            .at_most_empty(100.0)
            .threads(1 + usize::from(input.threads))
            .block_bytes(64 + usize::from(input.block))
            .run([table]);
        read.map(|summary| (summary, written)).map_err(|error| error.to_string())
    };
    let (asserted, suspicious) = (run(text.clone().with_line_breaks()), run(text));
    if let Ok((summary, written)) = &asserted {
        let expected = oracle(&bytes, header, place, &ruling);
        let expected = expected.expect("what the oracle cannot read is refused");
        assert_eq!(written, &expected);
        assert_eq!(summary.tables[0].written.bytes, written.len() as u64);
        if place == 0 && swallows(&bytes) {
            assert!(suspicious.is_err(), "a row was swallowed");
        }
    }
    match suspicious {
        Ok((_, written)) => assert_eq!(asserted.expect("no less than with suspicion").1, written),
        Err(error)
            if error.contains("reads as a row of its own") || error.contains("a line break stands in") =>
        {
            assert!(bytes.contains(&b'"'), "nothing joined the lines");
        }
        Err(error) => assert_eq!(asserted.expect_err("no more than with suspicion"), error),
    }
});
