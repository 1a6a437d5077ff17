//! The fields of some columns of a table, taken by several threads in any order.

use std::io::Read;
use std::thread;
use std::vec::Vec;

use super::fault::{At, Fault, TableError};
use super::input::{BLOCK, Block, NoBlock};
use super::joined;
use super::key::Key;
use super::layout::Layout;
use super::open::Opened;
use super::quoted::said;
use super::rows::Rows;
use super::turns::Line;

/// More threads than this only wait for one another.
const THREADS: usize = 4;

/// What takes the fields. Each thread has its own, and they are merged.
pub(crate) trait Take: Send {
    /// Takes what a field says.
    fn field(&mut self, field: &[u8]);
    /// Takes a row of ten bytes in a table of one column, or not: it is then read as any other.
    fn short(&mut self, row: &[u8; 10]) -> bool;
}

/// Reads the rows to their end. Gives how many there were, without blank lines.
pub(crate) fn scan<R: Read + Send, T: Take>(
    opened: Opened<R>,
    places: &[usize],
    key: Key,
    mut new: impl FnMut() -> T,
) -> Result<(u64, Vec<T>), TableError> {
    let layout = opened.layout(places, false, &|_| false)?;
    let threads = match thread::available_parallelism() {
        Ok(threads) if !opened.is_whole() => threads.get().min(THREADS),
        _ => 1,
    };
    let lines = opened.lines();
    let line = Line::new(opened.input(BLOCK), lines, ());
    let mut workers: Vec<_> = (0..threads).map(|_| Worker::new(new(), &layout, key)).collect();
    thread::scope(|scope| {
        let mut workers = workers.iter_mut();
        let own = workers.next();
        for worker in workers {
            scope.spawn(|| while worker.block(&line).is_some() {});
        }
        if let Some(worker) = own {
            while worker.block(&line).is_some() {}
        }
    });
    line.finish().map_err(|error| {
        error.unwrap_or_else(|| TableError::Io(std::io::Error::other("a thread stopped")))
    })?;
    let rows = workers.iter().map(|worker| worker.rows).sum();
    Ok((rows, workers.into_iter().map(|worker| worker.taker).collect()))
}

/// A thread's share of the work.
struct Worker<'a, T> {
    taker: T,
    layout: &'a Layout,
    key: Key,
    block: Block,
    found: Rows,
    rows: u64,
}

impl<'a, T: Take> Worker<'a, T> {
    fn new(taker: T, layout: &'a Layout, key: Key) -> Self {
        let (block, found) = (Block::default(), Rows::default());
        Self { taker, layout, key, block, found, rows: 0 }
    }

    /// Reads a block, and tells its lines in its turn; none when there is nothing more to do.
    fn block<R: Read>(
        &mut self,
        line: &Line<super::input::Input<R>, u64, (), TableError>,
    ) -> Option<()> {
        let block = &mut self.block;
        let (turn, next) = line.take(|input| input.next(block))?;
        let done = match next {
            Ok(_) => Ok(self.rows_of_block()),
            Err(error) => Err(error),
        };
        let (turn, ()) = turn.first(|before| match done {
            Ok(Ok(lines)) => {
                *before += lines;
                Ok(())
            }
            Ok(Err(At { at, fault })) => {
                let above = self.block.records().get(..at).unwrap_or_default();
                let line = *before + memchr::memchr_iter(b'\n', above).count() as u64 + 1;
                Err(TableError::Row { line, fault })
            }
            Err(NoBlock::Failed(error, _)) => Err(TableError::Io(error)),
            Err(NoBlock::TooLong) => {
                Err(TableError::Row { line: *before + 1, fault: Fault::TooLong })
            }
        })?;
        turn.second(|()| Ok(()))
    }

    /// Takes the fields of a block; how many lines it has.
    fn rows_of_block(&mut self) -> Result<u64, At> {
        let records = self.block.records();
        let mut short = 0;
        if !self.block.quotes && self.layout.width == 1 && self.layout.people() == 1 {
            while let Some((row, [b'\n', ..])) =
                records.get(short..).and_then(<[u8]>::split_first_chunk::<10>)
                && self.taker.short(row)
            {
                short += 11;
            }
        }
        let lines = (short / 11) as u64;
        self.rows += lines;
        let rest = records.get(short..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(lines);
        }
        let rows = &mut self.found;
        rows.find(rest, self.layout, self.block.quotes)
            .and_then(|()| joined::check(rows, rest, self.layout, self.key))
            .map_err(|found| At { at: found.at + short, ..found })?;
        for person in 0..self.layout.people() {
            if rows.blanks.is_empty() {
                rows.fields(rest, self.layout, person)
                    .for_each(|field| self.taker.field(&said(field)));
                continue;
            }
            let mut blanks = rows.blanks.iter().peekable();
            for (row, field) in (0..).zip(rows.fields(rest, self.layout, person)) {
                if blanks.next_if_eq(&&row).is_none() {
                    self.taker.field(&said(field));
                }
            }
        }
        self.rows += (rows.ends.len() - rows.blanks.len()) as u64;
        Ok(lines + rows.lines())
    }
}
