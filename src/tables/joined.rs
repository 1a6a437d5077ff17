//! Rows joined by a quoted field: a stray quote in one row and another in a later row make one
//! record of both and all between, whose people nobody would judge.

use core::ops::Range;
use std::vec::Vec;

use super::fault::{At, Fault};
use super::key::{Key, Kind};
use super::layout::Layout;
use super::rows::Rows;

/// Refuses a record of several lines that names a person with a line break, or one of whose lines
/// reads as a row of its own.
///
/// A line does when, split without regard to quotes, it has the field of a person elsewhere than
/// where the record has it, and that field looks like somebody's number. Keys can be anything: there
/// a line does that has as many fields as a row, and so do the first line and the last when each has
/// as many or more. The first line of a record that names its person is its own.
pub(crate) fn check(rows: &Rows, block: &[u8], layout: &Layout, key: Key) -> Result<(), At> {
    if layout.line_breaks || !rows.broken { Ok(()) } else { every(rows, block, layout, key, false) }
}

/// The same for what stands before the first row: the header, which leaves as it is. It is no text,
/// whatever the rows hold, and names of columns have no form.
pub(super) fn check_header(header: &[u8], layout: &Layout, key: Key) -> Result<(), At> {
    if memchr::memchr(b'"', header).is_none() {
        return Ok(());
    }
    let mut rows = Rows::default();
    rows.find(header, layout, true)?;
    every(&rows, header, layout, key, true).map_err(|found| Fault::JoinedByHeader.at(found.at))
}

fn every(rows: &Rows, block: &[u8], layout: &Layout, key: Key, header: bool) -> Result<(), At> {
    let mut blanks = rows.blanks.iter().peekable();
    let mut start = 0;
    for (row, end) in rows.ends.iter().enumerate() {
        let end = *end as usize;
        let content = block.get(start..end).unwrap_or_default();
        let content = content.strip_suffix(b"\n").unwrap_or(content);
        let content = content.strip_suffix(b"\r").unwrap_or(content);
        let blank = blanks.next_if(|blank| **blank as usize == row).is_some();
        if !blank && memchr::memchr2(b'\n', b'\r', content).is_some() {
            let people = (0..layout.people())
                .map(|each| rows.field(block, layout, row, each).unwrap_or_default());
            let record = Record { block, start, content, layout, people: people.collect() };
            record.check(key, header)?;
        }
        start = end;
    }
    Ok(())
}

/// A record of several lines.
struct Record<'a> {
    block: &'a [u8],
    start: usize,
    content: &'a [u8],
    layout: &'a Layout,
    /// Where it has the fields that name people.
    people: Vec<Range<usize>>,
}

/// How a line that reads as a row is known.
#[derive(Clone, Copy)]
struct By {
    number: bool,
    fields: bool,
    /// It is a line of the header.
    header: bool,
}

impl Record<'_> {
    fn check(&self, key: Key, header: bool) -> Result<(), At> {
        let own = |field: &Range<usize>| self.block.get(field.clone()).unwrap_or_default();
        let broken = |field: &&Range<usize>| memchr::memchr2(b'\n', b'\r', own(field)).is_some();
        if let (false, Some(field)) = (header, self.people.iter().find(broken)) {
            return Err(Fault::LineBreak.at(field.start));
        }
        let by = match key.kind {
            Kind::Number => By { number: true, fields: header, header },
            Kind::Other => By { number: false, fields: true, header },
            Kind::Unsaid => {
                let says = |field: &Range<usize>| trimmed(own(field));
                let all = |is: fn(&[u8]) -> bool| self.people.iter().map(says).all(is);
                By {
                    number: header || all(<[u8]>::is_empty) || all(key.looks_like),
                    fields: header || !all(key.looks_like),
                    header,
                }
            }
        };
        self.line_that_is_a_row(key, by).map_or(Ok(()), |at| Err(Fault::Joined.at(at)))
    }

    /// Where the line begins, if there is one.
    fn line_that_is_a_row(&self, key: Key, by: By) -> Option<usize> {
        let width = self.layout.width as usize;
        let wide = |line| by.fields && self.fields(line).take(width).count() == width;
        let (mut at, mut last, mut first_is_wide) = (self.start, self.start, false);
        for line in self.content.split(|byte| *byte == b'\n') {
            // The first line is the record's own when it names its person.
            let first = at == self.start;
            let is_own = |own: usize| first && own <= at + line.len();
            let mut people = self.people.iter().enumerate();
            if people.any(|(each, own)| {
                !is_own(own.start) && self.names_another(line, at, (each, own), key, by)
            }) {
                return Some(at);
            }
            first_is_wide |= first && wide(line);
            last = at;
            at += line.len() + 1;
        }
        let line = self.content.get(last - self.start..).unwrap_or_default();
        (first_is_wide && last > self.start && wide(line)).then_some(last)
    }

    /// Whether a line that begins at this byte names a person elsewhere than the record does.
    fn names_another(
        &self,
        line: &[u8],
        at: usize,
        (each, own): (usize, &Range<usize>),
        key: Key,
        by: By,
    ) -> bool {
        let place = self.layout.column(each);
        let Some(field) = self.fields(line).nth(place) else { return false };
        // A number alone on a line of text is none of a row, behind which there would be more.
        let width = self.layout.width as usize;
        if place + 1 < width && self.fields(line).nth(place + 1).is_none() {
            return false;
        }
        let before: usize = self.fields(line).take(place).map(|field| field.len() + 1).sum();
        // The name of the column itself may have several lines: it was asked for letter for letter.
        let named = by.header && own.contains(&(at + before));
        at + before != own.start
            && ((by.number && (key.looks_like)(field))
                || (by.fields && !named && self.fields(line).count() == width))
    }

    /// The fields of a line, without regard to quotes.
    fn fields<'l>(&self, line: &'l [u8]) -> impl Iterator<Item = &'l [u8]> {
        let delimiter = self.layout.delimiter;
        line.split(move |byte| *byte == delimiter)
    }
}

/// Without the quotes and blanks around it.
fn trimmed(mut field: &[u8]) -> &[u8] {
    while let [b'"' | b' ' | b'\t' | b'\r' | b'\n', rest @ ..]
    | [rest @ .., b'"' | b' ' | b'\t' | b'\r' | b'\n'] = field
    {
        field = rest;
    }
    field
}
