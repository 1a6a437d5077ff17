//! Rows byte by byte, for quotes in unusual places.
//!
//! A quote opens a quoted field where the field begins, and is an ordinary byte elsewhere in an
//! unquoted field; inside a quoted field two quotes are one. After the closing quote the field ends.

use std::borrow::Cow;
use std::vec::Vec;

use super::fault::{At, Fault};
use super::rows::Walk;

/// Where in a field the next byte is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Begin,
    Unquoted,
    Quoted,
    /// After a quote inside a quoted field: it closed it, or was the first of two.
    AfterQuote,
    /// After a carriage return, which only a line feed may follow.
    AfterReturn,
}

/// What a byte outside quotes ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Field,
    Record,
}

/// Reads byte by byte and says where fields and records end.
struct Machine {
    delimiter: u8,
    state: State,
    opened: usize,
}

impl Machine {
    const fn new(delimiter: u8) -> Self {
        Self { delimiter, state: State::Begin, opened: 0 }
    }

    fn step(&mut self, byte: u8, at: usize) -> Result<Option<Edge>, At> {
        if self.state == State::Quoted {
            if byte == b'"' {
                self.state = State::AfterQuote;
            }
            return Ok(None);
        }
        if self.state == State::AfterReturn && byte != b'\n' {
            return Err(Fault::LoneReturn.at(at.saturating_sub(1)));
        }
        let edge = if byte == b'\n' {
            Some(Edge::Record)
        } else if byte == self.delimiter {
            Some(Edge::Field)
        } else {
            None
        };
        if edge.is_some() {
            self.state = State::Begin;
            return Ok(edge);
        }
        self.state = match (self.state, byte) {
            (_, b'\r') => State::AfterReturn,
            (State::Begin, b'"') => {
                self.opened = at;
                State::Quoted
            }
            (State::AfterQuote, b'"') => State::Quoted,
            (State::AfterQuote, _) => return Err(Fault::AfterQuote.at(at)),
            (State::Begin | State::Unquoted | State::Quoted | State::AfterReturn, _) => {
                State::Unquoted
            }
        };
        Ok(None)
    }

    fn finish(&self, end: usize) -> Result<(), At> {
        match self.state {
            State::Quoted => Err(Fault::Unclosed.at(self.opened)),
            State::AfterReturn => Err(Fault::LoneReturn.at(end.saturating_sub(1))),
            State::Begin | State::Unquoted | State::AfterQuote => Ok(()),
        }
    }
}

/// Finds the rows of a whole block.
pub(super) fn walk(block: &[u8], delimiter: u8, mut walk: Walk<'_>) -> Result<(), At> {
    let mut machine = Machine::new(delimiter);
    for (at, byte) in block.iter().enumerate() {
        match machine.step(*byte, at)? {
            Some(Edge::Field) => walk.delimiters(1, at),
            Some(Edge::Record) => walk.end(at + 1)?,
            None if machine.state == State::Quoted && matches!(byte, b'\n' | b'\r') => {
                walk.broken();
            }
            None => {}
        }
    }
    machine.finish(block.len())?;
    if let Some(at) = memchr::memchr(0, block) {
        return Err(Fault::Nul.at(at));
    }
    walk.finish()
}

/// The end of the last whole record, or of the block when it is unreadable.
pub(super) fn last_end(block: &[u8], delimiter: u8) -> Option<usize> {
    let mut machine = Machine::new(delimiter);
    let mut last = None;
    for (at, byte) in block.iter().enumerate() {
        match machine.step(*byte, at) {
            Ok(Some(Edge::Record)) => last = Some(at + 1),
            Ok(Some(Edge::Field) | None) => {}
            Err(_) => return Some(block.len()),
        }
    }
    last
}

/// The first record of a stream, looked for while the stream is read: no byte is seen twice.
pub(super) struct First {
    machine: Machine,
    /// Bytes seen.
    seen: usize,
    /// Bytes of empty lines before the record.
    blank: usize,
    /// Where its fields end.
    ends: Vec<usize>,
}

impl First {
    pub(super) const fn new(delimiter: u8) -> Self {
        Self { machine: Machine::new(delimiter), seen: 0, blank: 0, ends: Vec::new() }
    }

    /// Goes on with `text`, which begins with what was seen before. `None` when it ends before the
    /// record does, or holds none though it is the `whole` stream.
    pub(super) fn find(&mut self, text: &[u8], whole: bool) -> Result<Option<Record>, At> {
        while self.seen == self.blank {
            self.blank += match text.get(self.blank..).unwrap_or_default() {
                [b'\n', ..] => 1,
                [b'\r', b'\n', ..] => 2,
                // Perhaps of an empty line.
                [b'\r'] if !whole => return Ok(None),
                _ => break,
            };
            self.seen = self.blank;
        }
        for (at, byte) in text.iter().enumerate().skip(self.seen) {
            if let Some(edge) = self.machine.step(*byte, at)? {
                self.ends.push(at);
                if edge == Edge::Record {
                    return Ok(Some(self.record(text, at + 1)));
                }
            }
        }
        self.seen = text.len();
        if !whole || text.len() == self.blank {
            return Ok(None);
        }
        self.machine.finish(text.len())?;
        self.ends.push(text.len());
        Ok(Some(self.record(text, text.len())))
    }

    fn record(&self, text: &[u8], end: usize) -> Record {
        let mut start = self.blank;
        let mut fields = Vec::with_capacity(self.ends.len());
        for (at, place) in self.ends.iter().zip(1..) {
            let mut field = text.get(start..*at).unwrap_or_default();
            if place == self.ends.len() {
                field = field.strip_suffix(b"\r").unwrap_or(field);
            }
            fields.push(unquoted(field));
            start = at + 1;
        }
        Record { fields, end }
    }
}

/// A record taken apart.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) fields: Vec<Vec<u8>>,
    /// The byte after it.
    pub(super) end: usize,
}

/// What a field says: without the quotes around it, two quotes inside as one.
pub(crate) fn unquoted(field: &[u8]) -> Vec<u8> {
    let mut said = Vec::with_capacity(field.len());
    said_into(field, &mut said);
    said
}

/// The same, behind what is there.
pub(super) fn said_into(field: &[u8], into: &mut Vec<u8>) {
    let Some(mut inner) = without_quotes(field) else {
        into.extend_from_slice(field);
        return;
    };
    while let Some(at) = memchr::memchr(b'"', inner) {
        let (text, rest) = inner.split_at(at + 1);
        into.extend_from_slice(text);
        inner = rest.strip_prefix(b"\"").unwrap_or(rest);
    }
    into.extend_from_slice(inner);
}

/// The same, copied only where it must be.
#[inline]
pub(crate) fn said(field: &[u8]) -> Cow<'_, [u8]> {
    match without_quotes(field) {
        None => field.into(),
        Some(inner) if memchr::memchr(b'"', inner).is_none() => inner.into(),
        Some(_) => unquoted(field).into(),
    }
}

/// The inside of a quoted field; `None` for an unquoted one.
#[inline]
pub(crate) fn without_quotes(field: &[u8]) -> Option<&[u8]> {
    field.strip_prefix(b"\"").map(|rest| rest.strip_suffix(b"\"").unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No byte is looked at twice, however little comes at a time.
    #[test]
    fn a_first_record_is_looked_for_once() {
        let text = b"\n\r\na,\"b\n\"\"c\",d\r\nrest";
        for step in 1..text.len() {
            let mut first = First::new(b',');
            let mut length = 0;
            let record = loop {
                length = (length + step).min(text.len());
                let seen = first.seen;
                let found = first.find(&text[..length], length == text.len()).unwrap();
                assert!(first.seen >= seen && first.seen <= length);
                if let Some(record) = found {
                    break record;
                }
                assert!(first.seen + 1 >= length, "what was given was looked at");
            };
            assert_eq!(record.fields, [&b"a"[..], b"b\n\"c", b"d"]);
            assert_eq!(record.end, text.len() - 4);
        }
    }
}
