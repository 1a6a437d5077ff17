//! Rows byte by byte, for quotes in unusual places.
//!
//! A quote opens a quoted field where the field begins, and is an ordinary byte elsewhere in an
//! unquoted field; inside a quoted field two quotes are one. After the closing quote the field ends.

use std::vec::Vec;

use super::rows::{Fault, Walk};

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

    fn step(&mut self, byte: u8, at: usize) -> Result<Option<Edge>, Fault> {
        if self.state == State::Quoted {
            if byte == b'"' {
                self.state = State::AfterQuote;
            }
            return Ok(None);
        }
        if self.state == State::AfterReturn && byte != b'\n' {
            return Err(Fault::LoneReturn { at: at.saturating_sub(1) });
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
            (State::AfterQuote, _) => return Err(Fault::AfterQuote { at }),
            (State::Begin | State::Unquoted | State::Quoted | State::AfterReturn, _) => {
                State::Unquoted
            }
        };
        Ok(None)
    }

    fn finish(&self, end: usize) -> Result<(), Fault> {
        match self.state {
            State::Quoted => Err(Fault::Unclosed { at: self.opened }),
            State::AfterReturn => Err(Fault::LoneReturn { at: end.saturating_sub(1) }),
            State::Begin | State::Unquoted | State::AfterQuote => Ok(()),
        }
    }
}

/// Finds the rows of a whole block.
pub(super) fn walk(block: &[u8], delimiter: u8, mut walk: Walk<'_>) -> Result<(), Fault> {
    let mut machine = Machine::new(delimiter);
    for (at, byte) in block.iter().enumerate() {
        match machine.step(*byte, at)? {
            Some(Edge::Field) => walk.delimiters(1, at),
            Some(Edge::Record) => walk.end(at + 1)?,
            None => {}
        }
    }
    machine.finish(block.len())?;
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

/// The fields of the first record after empty lines, and where it ends; `None` when the bytes end
/// before it does, or hold none though they are the `whole` stream.
pub(super) fn first_record(
    bytes: &[u8],
    delimiter: u8,
    whole: bool,
) -> Result<Option<Record>, Fault> {
    let mut machine = Machine::new(delimiter);
    let mut text = bytes;
    while let [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] = text {
        text = rest;
    }
    let blank = bytes.len() - text.len();
    let (mut fields, mut start) = (Vec::new(), 0);
    for (at, byte) in text.iter().enumerate() {
        if let Some(edge) = machine.step(*byte, blank + at)? {
            let field = text.get(start..at).unwrap_or_default();
            start = at + 1;
            if edge == Edge::Record {
                fields.push(unquoted(field.strip_suffix(b"\r").unwrap_or(field)));
                return Ok(Some(Record { fields, end: blank + start }));
            }
            fields.push(unquoted(field));
        }
    }
    if !whole || text.is_empty() {
        return Ok(None);
    }
    machine.finish(bytes.len())?;
    fields.push(unquoted(text.get(start..).unwrap_or_default()));
    Ok(Some(Record { fields, end: bytes.len() }))
}

/// A record taken apart.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) fields: Vec<Vec<u8>>,
    pub(super) end: usize,
}

/// What a field says: without the quotes around it, two quotes inside as one.
pub(super) fn unquoted(field: &[u8]) -> Vec<u8> {
    let Some(inner) = without_quotes(field) else { return field.to_vec() };
    let mut said = Vec::with_capacity(inner.len());
    let mut skip = false;
    for byte in inner {
        skip = *byte == b'"' && !skip;
        if !skip {
            said.push(*byte);
        }
    }
    said
}

/// The inside of a quoted field; `None` for an unquoted one.
pub(super) fn without_quotes(field: &[u8]) -> Option<&[u8]> {
    field.strip_prefix(b"\"").map(|rest| rest.strip_suffix(b"\"").unwrap_or(rest))
}
