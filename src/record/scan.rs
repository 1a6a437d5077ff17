//! The fields of some columns of a table, read by several threads at once.

use std::io::Read;
use std::string::String;
use std::sync::{Mutex, PoisonError};
use std::vec::Vec;
use std::{format, thread};

use super::NhsNumber;
use super::blocks::{Blocks, after_blank, field_end, value};
use super::columns::{Column, Dialect, TableError, TableFault, holds_a_number, not_text};

/// More threads than this only wait for one another.
const THREADS: usize = 4;

/// What takes the fields. Each thread has its own, and they are merged.
pub(super) trait Take: Send {
    /// Takes a field of a column that was asked for. The rows come in any order.
    fn field(&mut self, field: &[u8]);
    /// Takes such a field that is a number.
    fn number(&mut self, number: NhsNumber);
}

/// What a table was found to have.
pub(super) struct Found {
    /// For each column that was asked for, whether the table has it.
    pub(super) columns: Vec<bool>,
    /// Rows without the header and blank lines.
    pub(super) rows: u64,
}

/// Reads a table to its end. Of the columns asked for it must have one at least. The takers hold
/// what was read also where there is an error.
pub(super) fn scan<T: Take>(
    reader: impl Read + Send,
    dialect: Dialect,
    columns: &[Column],
    mut new: impl FnMut() -> T,
) -> Result<(Found, Vec<T>), TableError> {
    let mut blocks = Blocks::new(reader, dialect.delimiter);
    let (shape, found, lines) = open(&mut blocks, dialect, columns)?;
    let threads = match thread::available_parallelism() {
        Ok(threads) if !blocks.is_all_read() => threads.get().min(THREADS),
        _ => 1,
    };
    let blocks = Mutex::new(Some(blocks));
    let mut workers: Vec<_> = (0..threads).map(|_| Worker::new(new())).collect();
    thread::scope(|scope| {
        let mut workers = workers.iter_mut();
        let own = workers.next();
        for worker in workers {
            scope.spawn(|| worker.work(&blocks, &shape));
        }
        if let Some(worker) = own {
            worker.work(&blocks, &shape);
        }
    });

    let first = workers.iter_mut().filter_map(|worker| worker.failed.take());
    if let Some((block, error)) = first.min_by_key(|(block, _)| *block) {
        let read = workers.iter().flat_map(|worker| &worker.lines);
        let before: u64 = read.filter(|(other, _)| *other < block).map(|(_, lines)| lines).sum();
        return Err(error.after(lines + before));
    }
    let rows = workers.iter().map(|worker| worker.rows).sum();
    let takers = workers.into_iter().map(|worker| worker.taker).collect();
    Ok((Found { columns: found, rows }, takers))
}

/// Reads the header, where there is one. Gives the shape of the rows, which columns were found, and
/// the lines that are done.
fn open<R: Read>(
    blocks: &mut Blocks<R>,
    dialect: Dialect,
    columns: &[Column],
) -> Result<(Shape, Vec<bool>, u64), TableError> {
    let mut first = Vec::new();
    blocks.next(&mut first)?;
    if let Some(what) = not_text(&first) {
        return Err(TableError::NotText { what });
    }
    let mut rest = first.as_slice();
    let mut names = Vec::new();
    let mut lines = 0;
    if dialect.header {
        while let Some(after) = after_blank(rest) {
            (rest, lines) = (after, lines + 1);
        }
        if rest.is_empty() {
            return Err(TableError::NotText { what: "an empty file" });
        }
        let start = rest.len();
        let whole = rest;
        let mut last = false;
        while !last {
            let end = field_end(rest, dialect.delimiter);
            last = end.is_none_or(|end| rest.get(end) == Some(&b'\n'));
            let field = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            names.push(value(field, last).into_owned());
            rest = end.and_then(|end| rest.get(end + 1..)).unwrap_or_default();
        }
        let header = whole.get(..start - rest.len()).unwrap_or_default();
        lines += memchr::memchr_iter(b'\n', header).count() as u64;
        if names.iter().any(|name| holds_a_number(name)) {
            return Err(TableError::NumberInHeader);
        }
    }
    let mut places = Vec::new();
    let mut found = Vec::new();
    for column in columns {
        let place = place(column, &names, dialect.header)?;
        found.push(place.is_some());
        places.extend(place);
    }
    if places.is_empty() {
        return Err(TableError::NoColumn { name: columns.first().map(called).unwrap_or_default() });
    }
    places.sort_unstable();
    places.dedup();
    blocks.put_back(rest);
    let width = dialect.header.then_some(names.len());
    Ok((Shape { delimiter: dialect.delimiter, width, places }, found, lines))
}

/// The place of a column, from 0, where the table has it.
fn place(column: &Column, names: &[Vec<u8>], header: bool) -> Result<Option<usize>, TableError> {
    match column {
        Column::Place(place) => {
            let place = place.checked_sub(1).ok_or(TableError::PlaceZero)?;
            Ok(Some(place).filter(|place| !header || *place < names.len()))
        }
        Column::Named(name) => {
            let mut places = (0..).zip(names).filter(|(_, other)| *other == name.as_bytes());
            match (places.next(), places.next()) {
                (Some(_), Some(_)) => Err(TableError::TwoColumns { name: name.clone() }),
                (place, _) => Ok(place.map(|(place, _)| place)),
            }
        }
    }
}

fn called(column: &Column) -> String {
    match column {
        Column::Named(name) => name.clone(),
        Column::Place(place) => format!("{place}"),
    }
}

/// The shape of the rows.
struct Shape {
    delimiter: u8,
    /// How many fields each row must have; any number where there is no header.
    width: Option<usize>,
    /// The columns asked for, ascending.
    places: Vec<usize>,
}

/// A thread's share of the work.
struct Worker<T> {
    taker: T,
    rows: u64,
    /// How many lines each of its blocks had, so that an error in a later one can name its line.
    lines: Vec<(u64, u64)>,
    failed: Option<(u64, TableError)>,
}

impl<T: Take> Worker<T> {
    const fn new(taker: T) -> Self {
        Self { taker, rows: 0, lines: Vec::new(), failed: None }
    }

    fn work<R: Read>(&mut self, blocks: &Mutex<Option<Blocks<R>>>, shape: &Shape) {
        let mut block = Vec::new();
        loop {
            // No thread panics while it holds the lock.
            let mut source = blocks.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(open) = source.as_mut() else { return };
            let number = match open.next(&mut block) {
                Ok(Some(number)) => number,
                Ok(None) => return,
                Err(error) => {
                    self.failed = Some((u64::MAX, error));
                    *source = None;
                    return;
                }
            };
            drop(source);
            let mut line = 0;
            if let Err(fault) = self.rows_of(&block, shape, &mut line) {
                self.failed = Some((number, TableError::Row { line: line + 1, fault }));
                *blocks.lock().unwrap_or_else(PoisonError::into_inner) = None;
                return;
            }
            self.lines.push((number, line));
        }
    }

    /// Takes the rows of a block. `line` is how many lines are done.
    fn rows_of(&mut self, block: &[u8], shape: &Shape, line: &mut u64) -> Result<(), TableFault> {
        let alone = shape.places == [0] && shape.width.is_none_or(|width| width == 1);
        if memchr::memchr(b'"', block).is_some() {
            return self.quoted_rows(block, shape, line);
        }
        if alone && memchr::memchr(shape.delimiter, block).is_none() {
            return self.numbers(block, line);
        }
        let mut rest = block;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let row = rest.get(..end).unwrap_or_default();
            rest = rest.get(end + 1..).unwrap_or_default();
            if !matches!(row, [] | [b'\r']) {
                self.plain_row(row, shape)?;
            }
            *line += 1;
        }
        Ok(())
    }

    /// Rows of one field.
    fn numbers(&mut self, block: &[u8], line: &mut u64) -> Result<(), TableFault> {
        let mut rest = block;
        while !rest.is_empty() {
            // Nearly every row is ten digits.
            if let Some((field, [b'\n', after @ ..])) = rest.split_first_chunk::<10>()
                && let Ok(number) = NhsNumber::parse(field)
            {
                self.taker.number(number);
                self.rows += 1;
                rest = after;
            } else {
                let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                let row = rest.get(..end).unwrap_or_default();
                rest = rest.get(end + 1..).unwrap_or_default();
                if !matches!(row, [] | [b'\r']) {
                    self.rows += 1;
                    self.field(row.strip_suffix(b"\r").unwrap_or(row))?;
                }
            }
            *line += 1;
        }
        Ok(())
    }

    /// A row without quotes and its line end.
    fn plain_row(&mut self, row: &[u8], shape: &Shape) -> Result<(), TableFault> {
        self.rows += 1;
        let row = row.strip_suffix(b"\r").unwrap_or(row);
        let (mut start, mut place) = (0, 0);
        let mut wanted = shape.places.iter().peekable();
        let ends = memchr::memchr_iter(shape.delimiter, row).chain([row.len()]);
        for end in ends {
            if wanted.next_if_eq(&&place).is_some() {
                self.field(row.get(start..end).unwrap_or_default())?;
            }
            (start, place) = (end + 1, place + 1);
        }
        complete(shape, place, wanted.next().is_none())
    }

    fn quoted_rows(
        &mut self,
        block: &[u8],
        shape: &Shape,
        line: &mut u64,
    ) -> Result<(), TableFault> {
        let mut rest = block;
        while !rest.is_empty() {
            if let Some(after) = after_blank(rest) {
                (rest, *line) = (after, *line + 1);
                continue;
            }
            self.rows += 1;
            let row = rest;
            let (mut place, mut last) = (0, false);
            let mut wanted = shape.places.iter().peekable();
            while !last {
                let end = field_end(rest, shape.delimiter);
                last = end.is_none_or(|end| rest.get(end) == Some(&b'\n'));
                if wanted.next_if_eq(&&place).is_some() {
                    let field = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
                    self.field(&value(field, last))?;
                }
                place += 1;
                rest = end.and_then(|end| rest.get(end + 1..)).unwrap_or_default();
            }
            complete(shape, place, wanted.next().is_none())?;
            let row = row.get(..row.len() - rest.len()).unwrap_or_default();
            *line += memchr::memchr_iter(b'\n', row).count() as u64;
        }
        Ok(())
    }

    fn field(&mut self, field: &[u8]) -> Result<(), TableFault> {
        if memchr::memchr2(b'\n', b'\r', field).is_some() {
            return Err(TableFault::LineBreak);
        }
        self.taker.field(field);
        Ok(())
    }
}

/// Whether a row of so many fields is as it must be.
fn complete(shape: &Shape, fields: usize, all_found: bool) -> Result<(), TableFault> {
    if shape.width.is_some_and(|width| width != fields) {
        return Err(TableFault::UnequalLength);
    }
    if all_found { Ok(()) } else { Err(TableFault::MissingField) }
}
