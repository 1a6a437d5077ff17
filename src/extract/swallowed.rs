//! Rows swallowed by a quoted field: a stray quote in one row and another in a later row make one
//! record of both and all between, whose people nobody would judge.

use super::layout::Layout;
use super::people::People;
use super::rows::{Fault, Rows};
use crate::record::joined::looks_like_a_number;

/// Refuses a record of several lines one of which reads as a row of its own.
///
/// A line does when, split without regard to quotes, it has the field of a person elsewhere than
/// where the record has it, and that field has the form of an NHS number; or, where people are named
/// by keys, which can be anything, the line has as many fields as a row. A record that has a line
/// break where it should name a person is always withheld.
pub(super) fn check(
    rows: &Rows,
    block: &[u8],
    layout: &Layout,
    people: People<'_>,
) -> Result<(), Fault> {
    if layout.line_breaks { Ok(()) } else { every(rows, block, layout, people) }
}

fn every(rows: &Rows, block: &[u8], layout: &Layout, people: People<'_>) -> Result<(), Fault> {
    let lines = memchr::memchr_iter(b'\n', block).count() + usize::from(!block.ends_with(b"\n"));
    if lines == rows.ends.len() {
        return Ok(());
    }
    let mut start = 0;
    for (row, end) in rows.ends.iter().enumerate() {
        let end = *end as usize;
        let record = block.get(start..end).unwrap_or_default();
        let content = record.strip_suffix(b"\n").unwrap_or(record);
        let person = |person| rows.field(block, layout, row, person).unwrap_or_default();
        let withheld = || {
            (0..layout.people()).any(|each| {
                block.get(person(each)).is_some_and(|field| memchr::memchr(b'\n', field).is_some())
            })
        };
        if memchr::memchr(b'\n', content).is_some() && !withheld() {
            let mut at = start;
            for line in content.split(|byte| *byte == b'\n') {
                // The first line is the record's own when it names its person.
                let first = |own: usize| at == start && own <= at + line.len();
                let own = |each| Some(person(each).start).filter(|own| !first(*own));
                if is_row(line, at, layout, people, own) {
                    return Err(Fault::Swallowed { at });
                }
                at += line.len() + 1;
            }
        }
        start = end;
    }
    Ok(())
}

/// Whether a line that begins at this byte names a person elsewhere than where its record does, which
/// is `None` where that is not asked.
fn is_row(
    line: &[u8],
    start: usize,
    layout: &Layout,
    people: People<'_>,
    own: impl Fn(usize) -> Option<usize>,
) -> bool {
    let split = || line.split(|byte| *byte == layout.delimiter);
    (0..layout.people()).any(|each| {
        let place = layout.column(each);
        let Some(own) = own(each) else { return false };
        let Some(field) = split().nth(place) else { return false };
        // A number alone on a line of text is none of a row, behind which there would be more.
        if place + 1 < layout.width as usize && split().nth(place + 1).is_none() {
            return false;
        }
        let before: usize = split().take(place).map(|field| field.len() + 1).sum();
        start + before != own
            && match people {
                People::ByNumber(_) => looks_like_a_number(field),
                People::ByKey(_) => split().count() == layout.width as usize,
            }
    })
}

/// The same for what stands before the first row: the header, which leaves as it is.
pub(super) fn check_header(
    header: &[u8],
    layout: &Layout,
    people: People<'_>,
) -> Result<(), Fault> {
    if memchr::memchr(b'"', header).is_none() {
        return Ok(());
    }
    let mut rows = Rows::default();
    rows.find(header, layout, true)?;
    // A header is no text, whatever the rows hold.
    every(&rows, header, layout, people)
        .map_err(|fault| Fault::SwallowedByHeader { at: fault.at() })
}
