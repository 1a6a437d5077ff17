//! A table read row by row, in its order.

use std::boxed::Box;
use std::io::Read;
use std::vec::Vec;

use super::dialect::{Column, Dialect};
use super::fault::{At, Fault, TableError};
use super::input::{BLOCK, Block, Input, NoBlock};
use super::joined;
use super::key::Key;
use super::layout::Layout;
use super::open::Opened;
use super::quoted::said_into;
use super::rows::Rows;

/// A table: opened, and then read.
pub(crate) struct Sheet<R> {
    key: Key,
    state: State<R>,
    names: Vec<Vec<u8>>,
    /// The columns that name people.
    people: Vec<usize>,
}

enum State<R> {
    Opened(Opened<R>),
    Read(Box<Reading<R>>),
    /// After an error nothing more is read.
    Failed,
}

struct Reading<R> {
    input: Input<R>,
    layout: Layout,
    block: Block,
    rows: Rows,
    /// The next row of the block, where it begins, and the next of its blank lines.
    row: usize,
    start: usize,
    blank: usize,
    /// The line of the next row.
    line: u64,
    /// What the fields of the row say, where there are quotes in it.
    said: Said,
}

/// What fields say, one behind the other, and where each ends.
#[derive(Default)]
struct Said {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl<R: Read> Sheet<R> {
    pub(crate) fn open(reader: R, dialect: &Dialect, key: Key) -> Result<Self, TableError> {
        let opened = Opened::open(reader, dialect, key).map_err(|not| not.error)?;
        let names = opened.names().to_vec();
        Ok(Self { key, state: State::Opened(opened), names, people: Vec::new() })
    }

    /// What the header says; nothing where there is none.
    pub(crate) fn names(&self) -> &[Vec<u8>] {
        &self.names
    }

    /// The place of a column, from 0. Asked for before the first row is read.
    pub(crate) fn place(&self, column: &Column) -> Result<usize, TableError> {
        match &self.state {
            State::Opened(opened) => opened.place(column),
            State::Read(_) | State::Failed => Err(no_longer()),
        }
    }

    /// The same of a column that names people: the header must name it and nobody.
    pub(crate) fn person(&mut self, column: &Column) -> Result<usize, TableError> {
        let State::Opened(opened) = &self.state else { return Err(no_longer()) };
        let place = opened.place(column)?;
        self.people.push(place);
        opened.layout(&self.people, true, &|_| false)?;
        Ok(place)
    }

    /// The next row, where there is one. Blank lines count for nothing.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, TableError> {
        let mut reading = match std::mem::replace(&mut self.state, State::Failed) {
            State::Opened(opened) => Box::new(Reading::of(opened, &self.people)?),
            State::Read(reading) => reading,
            State::Failed => return Err(no_longer()),
        };
        let more = reading.advance(self.key)?;
        self.state = State::Read(reading);
        match &self.state {
            State::Read(reading) if more => Ok(Some(reading.current())),
            State::Read(_) | State::Opened(_) | State::Failed => Ok(None),
        }
    }
}

fn no_longer() -> TableError {
    TableError::Io(std::io::Error::other("the table is no longer being opened"))
}

impl<R: Read> Reading<R> {
    fn of(opened: Opened<R>, people: &[usize]) -> Result<Self, TableError> {
        let layout = opened.layout(people, true, &|_| false)?;
        let line = opened.lines() + 1;
        Ok(Self {
            input: opened.input(BLOCK),
            layout,
            block: Block::default(),
            rows: Rows::default(),
            row: 0,
            start: 0,
            blank: 0,
            line,
            said: Said::default(),
        })
    }

    /// Goes to the next row; whether there is one. It then ends where the next begins.
    fn advance(&mut self, key: Key) -> Result<bool, TableError> {
        loop {
            let records = self.block.records();
            let before = self.row.checked_sub(1).and_then(|row| self.rows.ends.get(row)).copied();
            if let Some(end) = before.map(|end| end as usize) {
                let done = records.get(self.start..end).unwrap_or_default();
                self.line += if self.rows.broken || done.is_empty() {
                    memchr::memchr_iter(b'\n', done).count() as u64
                } else {
                    1
                };
                self.start = end;
            }
            let Some(end) = self.rows.ends.get(self.row).map(|end| *end as usize) else {
                if self.refill(key)? {
                    continue;
                }
                return Ok(false);
            };
            if self.rows.blanks.get(self.blank).is_some_and(|blank| *blank as usize == self.row) {
                self.line +=
                    memchr::memchr_iter(b'\n', records.get(self.start..end).unwrap_or_default())
                        .count() as u64;
                self.start = end;
                self.blank += 1;
                self.row += 1;
                continue;
            }
            self.said.ends.clear();
            if self.block.quotes {
                let row = records.get(self.start..end).unwrap_or_default();
                if memchr::memchr(b'"', row).is_some() {
                    self.said.take(records, &self.layout, &self.rows, self.row);
                }
            }
            self.row += 1;
            return Ok(true);
        }
    }

    /// Takes the next block; whether there was one.
    fn refill(&mut self, key: Key) -> Result<bool, TableError> {
        self.rows.ends.clear();
        (self.row, self.start, self.blank) = (0, 0, 0);
        match self.input.next(&mut self.block) {
            Ok(None) => return Ok(false),
            Ok(Some(_)) => {}
            Err(NoBlock::Failed(error, _)) => return Err(TableError::Io(error)),
            Err(NoBlock::TooLong) => {
                return Err(TableError::Row { line: self.line, fault: Fault::TooLong });
            }
        }
        let records = self.block.records();
        let found = self.rows.find(records, &self.layout, self.block.quotes);
        found.and_then(|()| joined::check(&self.rows, records, &self.layout, key)).map_err(
            |At { at, fault }| {
                let above = records.get(..at).unwrap_or_default();
                let line = self.line + memchr::memchr_iter(b'\n', above).count() as u64;
                TableError::Row { line, fault }
            },
        )?;
        Ok(true)
    }

    fn current(&self) -> Row<'_> {
        let said = (!self.said.ends.is_empty()).then_some(&self.said);
        Row {
            block: self.block.records(),
            rows: &self.rows,
            layout: &self.layout,
            place: self.row.saturating_sub(1),
            start: self.start,
            said,
            line: self.line,
        }
    }
}

impl Said {
    fn take(&mut self, block: &[u8], layout: &Layout, rows: &Rows, row: usize) {
        self.text.clear();
        for column in 0..layout.width as usize {
            let field = rows.any_field(block, layout, row, column).unwrap_or_default();
            said_into(block.get(field).unwrap_or_default(), &mut self.text);
            self.ends.push(self.text.len());
        }
    }

    fn get(&self, column: usize) -> &[u8] {
        let end = self.ends.get(column).copied().unwrap_or_default();
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.text.get(start.unwrap_or_default()..end).unwrap_or_default()
    }
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    block: &'a [u8],
    rows: &'a Rows,
    layout: &'a Layout,
    place: usize,
    start: usize,
    said: Option<&'a Said>,
    line: u64,
}

impl<'a> Row<'a> {
    /// The line on which it begins.
    pub(crate) const fn line(self) -> u64 {
        self.line
    }

    /// The record as it stands, without its line end.
    pub(crate) fn whole(self) -> &'a [u8] {
        let end = self.rows.ends.get(self.place).map_or(self.start, |end| *end as usize);
        let row = self.block.get(self.start..end).unwrap_or_default();
        let row = row.strip_suffix(b"\n").unwrap_or(row);
        row.strip_suffix(b"\r").unwrap_or(row)
    }

    /// What each field says, with the blanks around it.
    pub(crate) fn fields(self) -> impl DoubleEndedIterator<Item = &'a [u8]> {
        (0..self.layout.width as usize).map(move |column| self.said(column))
    }

    fn said(self, column: usize) -> &'a [u8] {
        if let Some(said) = self.said {
            return said.get(column);
        }
        let field = self.rows.any_field(self.block, self.layout, self.place, column);
        self.block.get(field.unwrap_or_default()).unwrap_or_default()
    }

    /// A field, without the ASCII spaces around it. It holds no line break.
    pub(crate) fn field(self, column: usize) -> Result<&'a [u8], Fault> {
        let first = self.layout.width;
        if column >= first as usize {
            return Err(Fault::Width { fields: first, first });
        }
        let mut field = self.said(column);
        if self.rows.broken && memchr::memchr2(b'\n', b'\r', field).is_some() {
            return Err(Fault::LineBreak);
        }
        while let [b' ', rest @ ..] | [rest @ .., b' '] = field {
            field = rest;
        }
        Ok(field)
    }

    /// The fields that hold line ends.
    pub(crate) fn texts(self) -> impl Iterator<Item = &'a [u8]> {
        let broken = self.rows.broken && memchr::memchr(b'\n', self.whole()).is_some();
        let fields =
            (0..if broken { self.layout.width as usize } else { 0 }).map(move |at| self.said(at));
        fields.filter(|field| memchr::memchr(b'\n', field).is_some())
    }
}
