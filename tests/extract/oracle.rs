//! The same rows as the `csv` crate reads, whatever the quoting and wherever a block ends.

use csv::{ByteRecord, ReaderBuilder};
use optout::extract::{Dialect, ExtractError};
use optout::record::NhsNumber;
use proptest::prelude::*;

use super::setting::{at, digits, extract, known, number, research, run};

const STYLES: &[csv::QuoteStyle] =
    &[csv::QuoteStyle::Necessary, csv::QuoteStyle::Always, csv::QuoteStyle::NonNumeric];

/// The rows that may leave, byte for byte, as the `csv` crate sees them.
fn expected(read: &[u8], header: bool, column: usize) -> Result<Vec<u8>, csv::Error> {
    let ruling = research();
    let text = read.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(read);
    let mut written = read[..read.len() - text.len()].to_vec();
    let mut reader = ReaderBuilder::new().has_headers(false).from_reader(text);
    let mut records = Vec::new();
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        let start = record.position().unwrap().byte();
        let end = reader.position().byte();
        records.push((
            record.clone(),
            usize::try_from(start).unwrap(),
            usize::try_from(end).unwrap(),
        ));
    }
    for (i, (record, start, end)) in records.iter().enumerate() {
        let mut bytes = &text[*start..*end];
        while let [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] = bytes {
            bytes = rest;
        }
        // The reader leaves the line feed after a carriage return for later.
        let line_feed = bytes.ends_with(b"\r") && text.get(*end) == Some(&b'\n');
        let kept = NhsNumber::parse(&record[column])
            .is_ok_and(|number| ruling.decide(known(number)).is_allowed());
        if (header && i == 0) || kept {
            written.extend_from_slice(bytes);
            if line_feed {
                written.push(b'\n');
            }
        }
    }
    Ok(written)
}

fn field() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (400_000_000_u32..400_000_300).prop_map(|from| digits(number(from))),
        1 => Just("943 476 5919".to_owned()),
        1 => Just("9434765918".to_owned()),
        1 => Just(String::new()),
        2 => "[a-z,\"\n ]{0,9}",
        1 => Just("x\r\ny".to_owned()),
        1 => "[a-z]{60,140}",
    ]
}

fn tables() -> impl Strategy<Value = (usize, Vec<Vec<String>>)> {
    (2_usize..6).prop_flat_map(|width| {
        let row = prop::collection::vec(field(), width);
        (0..width, prop::collection::vec(row, 1..40))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn well_formed_tables_lose_the_same_rows(
        (column, rows) in tables(),
        style in prop::sample::select(STYLES),
        crlf: bool, header: bool, mark: bool, last_end: bool,
        threads in 1_usize..4, block in 64_usize..300,
    ) {
        let mut writer = csv::WriterBuilder::new()
            .quote_style(style)
            .terminator(if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
            .from_writer(if mark { b"\xEF\xBB\xBF".to_vec() } else { Vec::new() });
        if header {
            writer.write_record((0..rows[0].len()).map(|i| format!("c{i}"))).unwrap();
        }
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let mut read = writer.into_inner().unwrap();
        if !last_end {
            while read.ends_with(b"\n") || read.ends_with(b"\r") {
                read.pop();
            }
        }
        let names = (0..rows[0].len()).map(|i| format!("c{i}"));
        let text = Dialect::CSV.without_header().with_line_breaks();
        let text = if header { text.with_header(names) } else { text };
        let extract = extract(&research()).threads(threads).block_bytes(block);
        let (written, summary) = run(&extract, text, &[at(column + 1)], &read).unwrap();
        let expected = expected(&read, header, column).unwrap();
        prop_assert_eq!(String::from_utf8_lossy(&written), String::from_utf8_lossy(&expected));
        prop_assert_eq!(summary.counts.rows(), rows.len() as u64);
        prop_assert_eq!(summary.read.digest, optout::record::Digest::of(&read));
        prop_assert_eq!(summary.written.digest, optout::record::Digest::of(&written));
        prop_assert_eq!(summary.written.bytes, written.len() as u64);
    }

    /// Anything at all: what is accepted is read alike, and a wrong width is refused alike.
    #[test]
    fn soup_is_read_alike_or_refused(
        pieces in prop::collection::vec(prop::sample::select(vec![
            ",", "\n", "\"", "\r\n", "a", "\"\"", ",\"", "\",", "\"\n", "4000000004", "a,b\n", "\r", "\t", "4000000098,b\n",
            "\"x\ny\",4000000071\n",
        ]), 0..60),
        threads in 1_usize..3, block in 64_usize..200, column in 1_usize..3,
    ) {
        let read = pieces.concat().into_bytes();
        let extract = extract(&research()).threads(threads).block_bytes(block);
        let text = Dialect::CSV.without_header();
        match run(&extract, text, &[at(column)], &read) {
            Ok((written, _)) => {
                let expected = expected(&read, false, column - 1).unwrap();
                prop_assert_eq!(String::from_utf8_lossy(&written), String::from_utf8_lossy(&expected));
            }
            Err(ExtractError::Malformed { what, .. }) if what.starts_with("the row has") => {
                prop_assert!(expected(&read, false, 0).is_err(), "{}", what);
            }
            Err(ExtractError::Malformed { .. } | ExtractError::Form { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
}
