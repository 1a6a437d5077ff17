//! A table of delimited text: its form, its header, and the columns that name people.

use std::borrow::ToOwned;
use std::boxed::Box;
use std::io::{Read, Write};
use std::string::String;
use std::vec::Vec;

use super::codec::{Noting, Packing, Seen};
use super::error::{ExtractError, describe};
use super::input::LONGEST;
use super::layout::Layout;
use super::people::People;
use super::quoted::{self, Record};
use super::swallowed;
use crate::record::columns::{Column, holds_a_number};

/// The form of delimited text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// What stands between two fields: a comma, a tab.
    pub delimiter: u8,
    /// Whether the first record names the columns.
    pub header: bool,
    /// Whether a quoted field may hold lines that read as rows of their own. Without this they stop
    /// the run: a stray quote in one row and another in a later row make one row of all between, whose
    /// people nobody would judge.
    pub line_breaks: bool,
}

impl Text {
    /// Comma-separated, with a header.
    pub const CSV: Self = Self { delimiter: b',', header: true, line_breaks: false };
    /// Tab-separated, with a header.
    pub const TSV: Self = Self { delimiter: b'\t', header: true, line_breaks: false };

    /// The same form without a header.
    #[must_use]
    pub const fn without_header(self) -> Self {
        Self { header: false, ..self }
    }

    /// The same form, of text whose quoted fields may hold lines that read as rows.
    #[must_use]
    pub const fn with_line_breaks(self) -> Self {
        Self { line_breaks: true, ..self }
    }
}

/// One table of an extract: where it comes from, where it goes, and which columns name people.
pub struct Table<'a> {
    pub(super) name: String,
    pub(super) text: Text,
    pub(super) packing: Packing,
    pub(super) columns: Vec<Column>,
    pub(super) reader: Box<dyn Read + Send + 'a>,
    pub(super) writer: Box<dyn Write + Send + 'a>,
}

impl<'a> Table<'a> {
    /// A table. `name` is how messages and the summary call it.
    pub fn new(
        name: impl Into<String>,
        text: Text,
        reader: impl Read + Send + 'a,
        writer: impl Write + Send + 'a,
    ) -> Self {
        Self {
            name: name.into(),
            text,
            packing: Packing::Plain,
            columns: Vec::new(),
            reader: Box::new(reader),
            writer: Box::new(writer),
        }
    }

    /// Adds a column that names a person. Where a row names several, one who may not be disclosed
    /// withholds it.
    #[must_use]
    pub fn person(mut self, column: Column) -> Self {
        self.columns.push(column);
        self
    }

    /// Reads and writes the table packed.
    #[must_use]
    pub const fn packed(mut self, packing: Packing) -> Self {
        self.packing = packing;
        self
    }

    /// Puts the unpacking before the reader; what is noted is the packed stream.
    pub(super) fn unpack(&mut self) -> Result<Option<Seen>, ExtractError> {
        if self.packing == Packing::Plain {
            return Ok(None);
        }
        let seen = Seen::default();
        let raw = std::mem::replace(&mut self.reader, Box::new(std::io::empty()));
        let noting = Noting { inner: raw, seen: seen.clone() };
        self.reader = self.packing.unpack(noting).map_err(|error| {
            let table = self.name.clone();
            ExtractError::Read { table, bytes: 0, error }
        })?;
        Ok(Some(seen))
    }

    /// Reads the start of the table and finds the columns in it.
    pub(super) fn open(&mut self, whom: People<'_>) -> Result<Opened, ExtractError> {
        let form = |what| ExtractError::Form { table: self.name.clone(), what };
        let malformed =
            |line, what| ExtractError::Malformed { table: self.name.clone(), line, what };
        if matches!(self.text.delimiter, b'"' | b'\r' | b'\n' | 0) {
            return Err(form("a quote or a line end cannot be the delimiter".to_owned()));
        }
        let (start, first) = {
            let mut start = Vec::new();
            let first = loop {
                let more = read_more(&mut *self.reader, &mut start).map_err(|error| {
                    let (table, bytes) = (self.name.clone(), start.len() as u64);
                    ExtractError::Read { table, bytes, error }
                })?;
                if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
                    return Err(form("the text is UTF-16; convert it to UTF-8".to_owned()));
                }
                let text = start.get(mark(&start)..).unwrap_or_default();
                let first = quoted::first_record(text, self.text.delimiter, !more)
                    .map_err(|fault| malformed(line_of(text, fault.at()), describe(fault, 0)))?;
                if first.is_some() || !more {
                    break first;
                }
                if start.len() > LONGEST {
                    return Err(malformed(1, "the first row does not end".to_owned()));
                }
            };
            (start, first)
        };
        let Some(first) = first else {
            return Err(form("the table is empty, not even a header".to_owned()));
        };
        let width = u32::try_from(first.fields.len()).unwrap_or(u32::MAX);
        let mark = mark(&start);
        let header = if self.text.header { mark + first.end } else { mark };
        let people = self.find(&first).map_err(form)?;
        if self.text.header {
            is_header(&first, &people, whom).map_err(|what| form(what.to_owned()))?;
        }
        let layout = Layout::new(self.text, width, people);
        let first = start.get(mark..header).unwrap_or_default();
        swallowed::check_header(first, &layout, whom).map_err(|fault| {
            malformed(line_of(first, fault.at()), describe(fault, layout.width))
        })?;
        Ok(Opened { start, header, layout })
    }

    /// The places of the columns, from 0.
    fn find(&self, first: &Record) -> Result<Vec<u32>, String> {
        if self.columns.is_empty() {
            return Err("no column is given that names the person".to_owned());
        }
        let mut people = Vec::new();
        for column in &self.columns {
            let place = match column {
                Column::Named(name) if self.text.header => find_name(name, first)?,
                Column::Named(name) => {
                    return Err(std::format!(
                        "the column `{name}` is given by name, but there is no header; give its position"
                    ));
                }
                Column::Place(position) => position
                    .checked_sub(1)
                    .filter(|place| *place < first.fields.len())
                    .and_then(|place| u32::try_from(place).ok())
                    .ok_or_else(|| {
                        std::format!(
                            "there is no column {position}; the first row has {}, counted from 1",
                            first.fields.len()
                        )
                    })?,
            };
            if people.contains(&place) {
                return Err(std::format!("column {} is given twice", place + 1));
            }
            people.push(place);
        }
        Ok(people)
    }
}

impl core::fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Table")
            .field("name", &self.name)
            .field("text", &self.text)
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

/// A table whose first record was read.
#[derive(Debug)]
pub(super) struct Opened {
    /// What was read.
    pub(super) start: Vec<u8>,
    /// Bytes of it that are no rows: a byte order mark and the header.
    pub(super) header: usize,
    pub(super) layout: Layout,
}

/// The line of a byte, from 1.
fn line_of(text: &[u8], at: usize) -> u64 {
    let above = text.get(..at).unwrap_or_default();
    memchr::memchr_iter(b'\n', above).count() as u64 + 1
}

/// The length of the byte order mark.
fn mark(start: &[u8]) -> usize {
    if start.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 }
}

/// Reads some more; whether there may be more after it.
fn read_more(reader: &mut dyn Read, start: &mut Vec<u8>) -> std::io::Result<bool> {
    let before = start.len();
    start.resize(before + (1 << 16), 0);
    loop {
        match reader.read(start.get_mut(before..).unwrap_or_default()) {
            Ok(read) => {
                start.truncate(before + read);
                return Ok(read > 0);
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                start.truncate(before);
                return Err(error);
            }
        }
    }
}

fn find_name(name: &str, first: &Record) -> Result<u32, String> {
    let mut found =
        (0..).zip(&first.fields).filter(|(_, field)| field.as_slice() == name.as_bytes());
    match (found.next(), found.next()) {
        (Some((place, _)), None) => Ok(place),
        (Some(_), Some(_)) => {
            Err(std::format!("the header names the column `{name}` twice; give its position"))
        }
        (None, _) => Err(std::format!(
            "the header has no column `{name}`; check its spelling and the delimiter ({} column{} found)",
            first.fields.len(),
            if first.fields.len() == 1 { "" } else { "s" }
        )),
    }
}

/// Whether the first row names columns, and no person: it leaves as it is.
fn is_header(first: &Record, people: &[u32], whom: People<'_>) -> Result<(), &'static str> {
    if first.fields.iter().any(|field| holds_a_number(field)) {
        return Err(
            "the first row holds an NHS number where the header should be; say that there is no header",
        );
    }
    for place in people {
        let name = first.fields.get(*place as usize).map_or(&[][..], Vec::as_slice);
        if name.trim_ascii().is_empty() {
            return Err(
                "the first row has nothing where the name of the person's column should be; say whether there is a header",
            );
        }
        if let People::ByKey(statuses) = whom
            && statuses.is_listed(name)
        {
            return Err(
                "the first row holds a listed key where the header should be; say that there is no header",
            );
        }
    }
    Ok(())
}
