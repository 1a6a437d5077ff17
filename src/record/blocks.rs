//! Delimited text in blocks that end where a row ends, and the fields of a row.
//!
//! A field is quoted when a quote is its first byte. A quoted field may hold delimiters, line ends
//! and, written twice, quotes; what follows the closing quote belongs to the field, and so does a
//! quote further on in a field that does not begin with one. These are the rules of the `csv` crate.

use std::borrow::Cow;
use std::io::{self, Read};
use std::vec::Vec;

use super::columns::{MARK, TableError, TableFault};

/// Bytes of a block, unless a row is longer.
const BLOCK: usize = 1 << 18;
/// The longest row. A longer one comes of a quote that is never closed.
const LONGEST: usize = 1 << 24;

/// A table being read, block by block.
pub(super) struct Blocks<R> {
    reader: R,
    delimiter: u8,
    /// What was read of the next row.
    begun: Vec<u8>,
    ended: bool,
    /// Something was read, and the byte order mark, where there was one, left out: behind it a quote
    /// opens a field.
    started: bool,
    /// How many blocks were read.
    count: u64,
}

impl<R: Read> Blocks<R> {
    pub(super) const fn new(reader: R, delimiter: u8) -> Self {
        Self { reader, delimiter, begun: Vec::new(), ended: false, started: false, count: 0 }
    }

    /// The next block in place of what `block` holds, and its number, counted from 0; none after the
    /// last.
    pub(super) fn next(&mut self, block: &mut Vec<u8>) -> Result<Option<u64>, TableError> {
        block.clear();
        block.append(&mut self.begun);
        let mut room = BLOCK;
        loop {
            self.fill(block, room)?;
            if !self.started && block.starts_with(MARK) {
                block.drain(..MARK.len());
            }
            self.started = true;
            let rows = match whole_rows(block, self.delimiter) {
                // The last row needs no line end, but its quotes must be closed.
                rows if self.ended => {
                    let (done, rest) = block.split_at(rows.min(block.len()));
                    if is_open(rest, self.delimiter) {
                        return Err(unclosed(done));
                    }
                    block.len()
                }
                rows => rows,
            };
            if rows > 0 {
                self.begun.extend_from_slice(block.get(rows..).unwrap_or_default());
                block.truncate(rows);
                self.count += 1;
                return Ok(Some(self.count - 1));
            }
            if self.ended {
                return Ok(None);
            }
            if block.len() >= LONGEST {
                return Err(unclosed(&[]));
            }
            room = 2 * block.len();
        }
    }

    /// Reads until the block is so long, or to the end.
    fn fill(&mut self, block: &mut Vec<u8>, room: usize) -> io::Result<()> {
        let mut filled = block.len();
        block.resize(filled.max(room), 0);
        while filled < block.len() && !self.ended {
            match self.reader.read(block.get_mut(filled..).unwrap_or_default()) {
                Ok(0) => self.ended = true,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        block.truncate(filled);
        Ok(())
    }

    /// Whether what is left was read, and makes one block.
    pub(super) const fn is_all_read(&self) -> bool {
        self.ended
    }

    /// Takes back the rows that follow the header in the first block.
    pub(super) fn put_back(&mut self, rows: &[u8]) {
        self.begun.splice(0..0, rows.iter().copied());
    }
}

/// A row that does not end, behind rows of the same block.
fn unclosed(done: &[u8]) -> TableError {
    let lines = memchr::memchr_iter(b'\n', done).count() as u64;
    TableError::Row { line: lines + 1, fault: TableFault::Unclosed }
}

/// The bytes of the rows that end in `bytes`.
fn whole_rows(bytes: &[u8], delimiter: u8) -> usize {
    if memchr::memchr(b'"', bytes).is_none() {
        return memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
    }
    let (mut rows, mut at) = (0, 0);
    while let Some(end) = field_end(bytes.get(at..).unwrap_or_default(), delimiter) {
        at += end + 1;
        if bytes.get(at - 1) == Some(&b'\n') {
            rows = at;
        }
    }
    rows
}

/// Whether the last field of an unfinished row lacks its closing quote.
fn is_open(row: &[u8], delimiter: u8) -> bool {
    let mut rest = row;
    while let Some(end) = field_end(rest, delimiter) {
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    rest.first() == Some(&b'"') && closing_quote(rest).is_none()
}

/// Where the first field ends: the place of the delimiter or line feed behind it.
pub(super) fn field_end(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let quoted = match bytes.first() {
        Some(b'"') => closing_quote(bytes)?,
        _ => 0,
    };
    memchr::memchr2(delimiter, b'\n', bytes.get(quoted..)?).map(|at| quoted + at)
}

/// What follows a blank line, where there is one.
pub(super) fn after_blank(rest: &[u8]) -> Option<&[u8]> {
    match rest {
        [b'\n', after @ ..] | [b'\r', b'\n', after @ ..] => Some(after),
        [b'\r'] => Some(&[]),
        _ => None,
    }
}

/// Where the quote is that closes a field which begins with one.
fn closing_quote(field: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr(b'"', field.get(at..)?)?;
        if field.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// What a field says, without its quotes; and where it is the last of its row, without the carriage
/// return of the line end.
pub(super) fn value(field: &[u8], last: bool) -> Cow<'_, [u8]> {
    let field = if last { field.strip_suffix(b"\r").unwrap_or(field) } else { field };
    if field.first() != Some(&b'"') {
        return Cow::Borrowed(field);
    }
    let closing = closing_quote(field).unwrap_or(field.len());
    let quoted = field.get(1..closing).unwrap_or_default();
    let behind = field.get(closing + 1..).unwrap_or_default();
    if behind.is_empty() && memchr::memchr(b'"', quoted).is_none() {
        return Cow::Borrowed(quoted);
    }
    let mut text = Vec::with_capacity(field.len());
    let mut rest = quoted;
    while let Some(at) = memchr::memchr(b'"', rest) {
        text.extend_from_slice(rest.get(..=at).unwrap_or_default());
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    text.extend_from_slice(rest);
    text.extend_from_slice(behind);
    Cow::Owned(text)
}

/// The same, refusing what readers take in different ways. `ended` is whether a line feed follows.
pub(super) fn strict_value(field: &[u8], ended: bool) -> Result<Cow<'_, [u8]>, TableFault> {
    let bare = if ended { field.strip_suffix(b"\r").unwrap_or(field) } else { field };
    let outside = match bare.first() {
        Some(b'"') => closing_quote(bare).ok_or(TableFault::Unclosed)? + 1,
        _ => 0,
    };
    let outside = bare.get(outside..).unwrap_or_default();
    if memchr::memchr(b'\r', outside).is_some() {
        return Err(TableFault::LoneReturn);
    }
    if outside.len() < bare.len() && !outside.is_empty() {
        return Err(TableFault::AfterQuote);
    }
    Ok(value(bare, false))
}
