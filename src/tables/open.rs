//! The start of a table: its form, its header, and the places of its columns.

use std::io::{self, Read};
use std::string::String;
use std::vec::Vec;

use super::dialect::{Column, Dialect, Header};
use super::fault::{At, Fault, TableError};
use super::input::{Input, LONGEST};
use super::joined;
use super::key::Key;
use super::layout::Layout;
use super::names::Names;
use super::quoted::{First, Record};

/// Bytes by which it shows that a file is no text.
const HEAD: usize = 1 << 12;

/// A table whose first record was read.
pub(crate) struct Opened<R> {
    reader: R,
    dialect: Dialect,
    key: Key,
    /// What was read.
    start: Vec<u8>,
    /// Whether that is all.
    whole: bool,
    /// Bytes of it that are no rows: a byte order mark and the header.
    header: usize,
    /// The fields of the first record, if there is one.
    first: Vec<Vec<u8>>,
}

/// Why a table could not be opened, and how many bytes were read.
pub(crate) struct NotOpened {
    pub(crate) error: TableError,
    pub(crate) bytes: u64,
}

impl<R: Read> Opened<R> {
    /// Reads the start of a table. Without a header it may be empty.
    pub(crate) fn open(reader: R, dialect: &Dialect, key: Key) -> Result<Self, NotOpened> {
        let (header, start) = (0, Vec::new());
        let (dialect, whole, first) = (dialect.clone(), false, Vec::new());
        let mut opened = Self { reader, dialect, key, start, whole, header, first };
        match opened.read() {
            Ok(()) => Ok(opened),
            Err(error) => Err(NotOpened { error, bytes: opened.start.len() as u64 }),
        }
    }

    fn read(&mut self) -> Result<(), TableError> {
        if matches!(self.dialect.delimiter, b'"' | b'\r' | b'\n' | 0) {
            return Err(TableError::Delimiter);
        }
        let mut first = First::new(self.dialect.delimiter);
        let record = loop {
            let before = self.start.len();
            self.whole = !read_more(&mut self.reader, &mut self.start)?;
            let named = self.dialect.header != Header::Absent;
            let begin = self.start.get(..HEAD).unwrap_or(&self.start);
            if before < HEAD
                && let Some((what, mend)) = not_text(begin, named)
            {
                return Err(TableError::NotText { what, mend });
            }
            let text = self.start.get(self.mark()..).unwrap_or_default();
            let found = first.find(text, self.whole).map_err(|found| row(text, found))?;
            if found.is_some() || self.whole {
                break found;
            }
            if self.start.len() > LONGEST {
                return Err(TableError::Row { line: 1, fault: Fault::TooLong });
            }
        };
        self.header = self.mark();
        match (record, &self.dialect.header) {
            (None, Header::Absent) => Ok(()),
            (None, Header::Present | Header::Stated(_)) => Err(TableError::Empty),
            (Some(record), _) => self.take(record),
        }
    }

    fn take(&mut self, record: Record) -> Result<(), TableError> {
        self.first = record.fields;
        if self.dialect.header == Header::Absent {
            return Ok(());
        }
        let text = self.start.get(self.header..self.header + record.end).unwrap_or_default();
        if let Some(at) = memchr::memchr(0, text) {
            return Err(row(text, Fault::Nul.at(at)));
        }
        self.header += record.end;
        if self.first.iter().any(|field| (self.key.is_number)(field)) {
            return Err(TableError::NumberInHeader);
        }
        match &self.dialect.header {
            Header::Stated(names) if !self.first.iter().eq(names.iter().map(String::as_bytes)) => {
                Err(TableError::OtherHeader)
            }
            Header::Stated(_) | Header::Present | Header::Absent => Ok(()),
        }
    }

    /// The length of the byte order mark.
    fn mark(&self) -> usize {
        if self.start.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 }
    }

    /// What the header says; nothing where there is none.
    pub(crate) fn names(&self) -> &[Vec<u8>] {
        if self.dialect.header == Header::Absent { &[] } else { &self.first }
    }

    /// Whether there is no row at all, not even a header.
    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// Whether all of it was read.
    pub(crate) const fn is_whole(&self) -> bool {
        self.whole
    }

    /// The lines before the first row.
    pub(crate) fn lines(&self) -> u64 {
        let header = self.start.get(..self.header).unwrap_or_default();
        memchr::memchr_iter(b'\n', header).count() as u64
    }

    /// The place of a column, from 0, where the table has it.
    pub(crate) fn find(&self, column: &Column) -> Result<Option<usize>, TableError> {
        match (column, &self.dialect.header) {
            (Column::Named(name), Header::Absent) => {
                Err(TableError::NoHeader { name: name.clone() })
            }
            (Column::Named(name), Header::Present | Header::Stated(_)) => {
                let mut places =
                    (0..).zip(&self.first).filter(|(_, other)| *other == name.as_bytes());
                match (places.next(), places.next()) {
                    (Some(_), Some(_)) => Err(TableError::TwoColumns { name: name.clone() }),
                    (place, _) => Ok(place.map(|(place, _)| place)),
                }
            }
            (Column::Place(place), Header::Present) => Err(TableError::Unstated { place: *place }),
            (Column::Place(place), Header::Absent | Header::Stated(_)) => {
                let columns = self.first.len();
                match place.checked_sub(1) {
                    None => Err(TableError::NoPlace { place: 0, columns }),
                    Some(at) => Ok(Some(at).filter(|at| *at < columns || self.is_empty())),
                }
            }
        }
    }

    /// Why a column is not there.
    pub(crate) fn lacks(&self, column: &Column) -> TableError {
        match column {
            Column::Place(place) => {
                TableError::NoPlace { place: *place, columns: self.first.len() }
            }
            Column::Named(name) => {
                let names = if self.first.is_empty() {
                    Names::none()
                } else {
                    let delimiter = self.dialect.delimiter;
                    Names::beside(name, &self.first, delimiter, self.key.is_no_name)
                };
                TableError::NoColumn { name: name.clone(), names }
            }
        }
    }

    /// The place of a column, from 0.
    pub(crate) fn place(&self, column: &Column) -> Result<usize, TableError> {
        self.find(column)?.ok_or_else(|| self.lacks(column))
    }

    /// The form of the rows, where these columns name people. The header, which leaves as it is, must
    /// name the columns and nobody.
    pub(crate) fn layout(
        &self,
        people: &[usize],
        all: bool,
        is_listed: &dyn Fn(&[u8]) -> bool,
    ) -> Result<Layout, TableError> {
        if self.dialect.header != Header::Absent {
            for place in people {
                self.is_name(*place, is_listed)?;
            }
        }
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let Dialect { delimiter, line_breaks, .. } = self.dialect;
        // Of an empty table nothing is read.
        let width = number(self.first.len()).max(1);
        let people = people.iter().map(|place| number(*place)).collect();
        let layout = Layout::new(delimiter, line_breaks, width, people, all);
        let header = self.start.get(self.mark()..self.header).unwrap_or_default();
        joined::check_header(header, &layout, self.key).map_err(|found| row(header, found))?;
        Ok(layout)
    }

    fn is_name(&self, place: usize, is_listed: &dyn Fn(&[u8]) -> bool) -> Result<(), TableError> {
        let name = self.first.get(place).map_or(&[][..], Vec::as_slice);
        let place = place + 1;
        if name.trim_ascii().is_empty() {
            return Err(TableError::Unnamed { place });
        }
        if (self.key.is_no_name)(name) {
            return Err(TableError::PersonInHeader { place });
        }
        if is_listed(name) { Err(TableError::KeyInHeader) } else { Ok(()) }
    }

    /// The rows, to be read in blocks of so many bytes.
    pub(crate) fn input(self, block: usize) -> Input<R> {
        Input::new(self.reader, self.dialect.delimiter, self.start, self.header, block)
    }
}

fn row(text: &[u8], At { at, fault }: At) -> TableError {
    let above = text.get(..at).unwrap_or_default();
    TableError::Row { line: memchr::memchr_iter(b'\n', above).count() as u64 + 1, fault }
}

/// What a file is that begins like no delimited text in UTF-8, and what to do. `named` is whether the
/// first row should name columns.
fn not_text(start: &[u8], named: bool) -> Option<(&'static str, &'static str)> {
    const UNPACK: &str = "unpack it first";
    const SAVE: &str = "save it as CSV in UTF-8";
    let begins = |with: &[u8]| {
        let rest = start.trim_ascii_start();
        rest.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with))
    };
    Some(match start {
        [0x1F, 0x8B, ..] => ("a gzip file", "a packed table is known by its name: call it `….gz`"),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => {
            ("a Zstandard file", "a packed table is known by its name: call it `….zst`")
        }
        [b'P', b'A', b'R', b'1', ..] => (
            "a Parquet file",
            "it is known by its name: call it `….parquet`; lists and histories are text",
        ),
        [b'P', b'K', 3, 4, ..] => {
            ("a ZIP file or a spreadsheet", "unpack it, or save it as CSV in UTF-8")
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => ("a spreadsheet or document of Microsoft Office", SAVE),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => ("text in UTF-16", SAVE),
        [b'%', b'P', b'D', b'F', b'-', ..] => ("a PDF file", "export the table as CSV in UTF-8"),
        [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', ..] => ("a bzip2 file", UNPACK),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => ("an xz file", UNPACK),
        [b'7', b'z', 0xBC, 0xAF, ..] => ("a 7-Zip file", UNPACK),
        [b'O', b'b', b'j', 1, ..] => ("an Avro file", "export the table as CSV or Parquet"),
        _ if start.starts_with(b"SQLite format 3\0") => {
            ("a database of SQLite", "export the table as CSV in UTF-8")
        }
        _ if begins(b"<?xml") || begins(b"<!doctype") || begins(b"<html") => {
            ("XML or a web page", "export the table as CSV in UTF-8")
        }
        _ if named && (begins(b"{\"") || begins(b"[{") || begins(b"[[")) => {
            ("JSON", "export the table as CSV in UTF-8")
        }
        _ => return None,
    })
}

/// Reads some more; whether there may be more after it.
fn read_more(reader: &mut impl Read, start: &mut Vec<u8>) -> io::Result<bool> {
    let before = start.len();
    start.resize(before + (1 << 16), 0);
    loop {
        match reader.read(start.get_mut(before..).unwrap_or_default()) {
            Ok(read) => {
                start.truncate(before + read);
                return Ok(read > 0);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                start.truncate(before);
                return Err(error);
            }
        }
    }
}
