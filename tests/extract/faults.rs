//! Streams that break, tables that are malformed.

use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::sync::Mutex;

use optout::extract::{Column, Dialect, ExtractError, Packing, Progress, Table};

use super::setting::{at, digits, extract, number, research, run, stops};

fn rows(count: u32) -> String {
    let rows: Vec<String> =
        (0..count).map(|i| format!("{},{i}\n", digits(number(400_000_000 + 20 * i)))).collect();
    rows.concat()
}

#[test]
fn a_malformed_table_is_named_by_line_and_fault() {
    let column = [at(1)];
    let text = Dialect::CSV.without_header();
    for (read, line, what) in [
        ("a,b\nc,d\ne\n", 3, "the row has 1 field, the first row has 2"),
        ("a,b\n\"c\nc\",d\ne,f,g\n", 4, "the row has 3 fields"),
        ("a,b\r\nc\rc,d\r\n", 2, "a carriage return stands without a line feed"),
        ("a,b\n\"c\"c,d\n", 2, "text follows the closing quote"),
        ("a,b\nc,d\n\"e,f\n\n\n", 3, "the quote that opens here is never closed"),
        ("a,\"b\n", 1, "the quote that opens here is never closed"),
    ] {
        let said = stops(text.clone(), &column, read.as_bytes());
        assert!(said.starts_with(&format!("table, line {line}: {what}")), "{read:?}: {said}");
    }
    let deep = format!("{}bad\n", rows(1000));
    let said = stops(text, &column, deep.as_bytes());
    assert!(said.starts_with("table, line 1001: the row has 1 field"), "{said}");
}

#[test]
fn what_was_said_of_a_table_must_fit_it() {
    let named = [Column::Named("nhs".into())];
    let stated = || Dialect::CSV.with_header(["nhs", "x"]);
    for (text, columns, read, what) in [
        (Dialect::CSV, &named[..], "", "the table is empty"),
        (Dialect::CSV, &named[..], "id,x\n", "there is no column \"nhs\""),
        (Dialect::CSV, &named[..], "nhs,nhs\n", "two columns are called"),
        (Dialect::CSV.without_header(), &named[..], "nhs,x\n", "there is no header"),
        (Dialect::CSV, &[at(1)][..], "nhs,x\n", "state the header as text"),
        (stated(), &[at(1)][..], "nhs,y\n", "not the header that was stated"),
        (stated(), &[at(3)][..], "nhs,x\n", "there is no column 3"),
        (stated(), &[at(0)][..], "nhs,x\n", "there is no column 0"),
        (stated(), &[at(1), at(1)][..], "nhs,x\n", "given twice"),
        (Dialect::CSV, &[][..], "nhs,x\n", "no column is given"),
        (Dialect::CSV, &[at(1)][..], "9434765919,x\n", "holds an NHS number where the header"),
        (Dialect::CSV, &[at(1)][..], "\u{feff}", "the table is empty"),
    ] {
        let said = stops(text, columns, read.as_bytes());
        assert!(said.contains(what), "{read:?}: {said}");
    }
    assert!(stops(Dialect::CSV, &named, b"\xFF\xFEn\0").contains("UTF-16"));
}

#[test]
fn an_error_shows_no_identifier() {
    for read in ["9434765919,x,y\n9434765919\n", "\"9434765919\"9434765919,x\n"] {
        let said = stops(Dialect::CSV.without_header(), &[at(1)], read.as_bytes());
        assert!(!said.contains("943"), "{said}");
    }
}

/// Gives so many bytes, then an error.
struct Breaks<'a>(&'a [u8]);

impl Read for Breaks<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.0.read(into)? {
            0 => Err(io::Error::other("the disk is gone")),
            read => Ok(read),
        }
    }
}

#[test]
fn a_read_error_midway_stops_the_run() {
    let read = rows(300);
    for length in [0, 5, 70, 1000, read.len()] {
        let table = Table::new(
            "t",
            Dialect::CSV.without_header(),
            Breaks(&read.as_bytes()[..length]),
            io::sink(),
        )
        .person(at(1));
        let error = extract(&research()).run([table]).unwrap_err();
        assert!(matches!(error, ExtractError::Read { bytes, .. } if bytes <= length as u64));
    }
}

/// Takes so many bytes, then is full.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(taken) }
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_stops_the_run() {
    let read = rows(300);
    for room in [0, 5, 70, 1000] {
        for threads in 1..4 {
            let table = Table::new("t", Dialect::CSV.without_header(), read.as_bytes(), Full(room))
                .person(at(1));
            let error = extract(&research()).threads(threads).run([table]).unwrap_err();
            assert!(matches!(error, ExtractError::Write { bytes, .. } if bytes <= room as u64));
        }
    }
}

#[test]
fn a_caller_may_stop_the_run() {
    let read = rows(300);
    let tell = |_: &str, _| ControlFlow::Break(());
    let stopped = extract(&research()).on_progress(&tell);
    let error =
        run(&stopped, Dialect::CSV.without_header(), &[at(1)], read.as_bytes()).unwrap_err();
    assert!(matches!(error, ExtractError::Stopped));
}

/// What is told last is the whole table, as it was read.
#[test]
fn progress_is_in_bytes_of_the_table_as_it_stands() {
    let read = rows(3000);
    let packed = zstd::encode_all(read.as_bytes(), 3).unwrap();
    assert!(packed.len() < read.len());
    for (packing, given) in [(Packing::Plain, read.as_bytes()), (Packing::Zstd, &packed)] {
        let told = Mutex::new((0, 0));
        let tell = |_: &str, progress: Progress| {
            *told.lock().unwrap() = (progress.rows, progress.bytes);
            ControlFlow::Continue(())
        };
        let table = Table::new("t", Dialect::CSV.without_header(), given, io::sink()).person(at(1));
        extract(&research()).on_progress(&tell).run([table.packed(packing)]).unwrap();
        assert_eq!(*told.lock().unwrap(), (3000, given.len() as u64));
    }
}

#[test]
fn a_row_without_end_is_refused_before_it_fills_the_memory() {
    let endless = io::repeat(b'a');
    let start = b"a,b\nc,\"".as_slice();
    let table = Table::new("t", Dialect::CSV.without_header(), start.chain(endless), io::sink())
        .person(at(1));
    let error = extract(&research()).block_bytes(1 << 20).run([table]).unwrap_err();
    assert!(error.to_string().starts_with("t, line 2: a row is longer than"), "{error}");
}
