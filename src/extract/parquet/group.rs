//! One row group of a file.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::string::{String, ToString};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::vec::Vec;

use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::ChunkReader;

use super::batch::ROWS;
use super::chunk::{Chunk, DAMAGED};
use super::fields::{Fields, source};
use super::file::Shared;
use super::limits::{Limits, Room, shown};
use super::pages::Pages;
use crate::extract::Progress;

/// One row group of a file, and what it is read and written by.
pub(super) struct Group<'a, R> {
    pub(super) file: &'a Shared<R>,
    pub(super) metadata: &'a RowGroupMetaData,
    pub(super) number: usize,
    pub(super) rows: u64,
    /// The leaves whose type is not known.
    pub(super) unknown: &'a [usize],
    /// Columns of all groups.
    pub(super) shares: u64,
    pub(super) limits: &'a Limits,
    pub(super) room: &'a Room,
    pub(super) caller: &'a Caller<'a>,
}

/// Is told how far the table is, and may stop the run.
pub(super) struct Caller<'a> {
    tell: &'a (dyn Fn(Progress) -> bool + Sync),
    rows: AtomicU64,
    bytes: AtomicU64,
}

impl<'a> Caller<'a> {
    pub(super) fn new(tell: &'a (dyn Fn(Progress) -> bool + Sync)) -> Self {
        Self { tell, rows: AtomicU64::new(0), bytes: AtomicU64::new(0) }
    }

    pub(super) fn ask(&self, so_far: Progress) -> Result<(), Stop> {
        self.rows.store(so_far.rows, Ordering::Relaxed);
        self.bytes.store(so_far.bytes, Ordering::Relaxed);
        if (self.tell)(so_far) { Err(Stop::Asked) } else { Ok(()) }
    }

    /// Asks again, where nothing is new.
    pub(super) fn again(&self) -> Result<(), Stop> {
        let (rows, bytes) = (self.rows.load(Ordering::Relaxed), self.bytes.load(Ordering::Relaxed));
        if (self.tell)(Progress { rows, bytes }) { Err(Stop::Asked) } else { Ok(()) }
    }
}

/// Why a table stops.
pub(super) enum Stop {
    /// What is wrong.
    At(String),
    /// The caller asked for it.
    Asked,
}

impl From<String> for Stop {
    fn from(what: String) -> Self {
        Self::At(what)
    }
}

impl<R: ChunkReader + 'static> Group<'_, R> {
    /// Gives what some columns hold, some rows at a time.
    pub(super) fn fields(
        &self,
        leaves: &[usize],
        by_number: bool,
        mut take: impl FnMut(usize, &[Fields]) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let chunks = leaves.iter().map(|leaf| self.chunk(*leaf));
        let chunks = chunks.collect::<Result<Vec<_>, _>>()?;
        let _taken = self.room.take(chunks.iter().map(|chunk| chunk.weight).sum());
        let damaged = chunks.first().map(|chunk| chunk.place(self.number).damaged());
        let read = || {
            let mut sources = Vec::new();
            for chunk in chunks {
                let column = Arc::clone(&chunk.column);
                let (reader, pages) = Pages::open(self.file, chunk, self.number, self.limits);
                sources.push(source(reader, pages, &column, by_number)?);
            }
            let mut fields: Vec<_> = sources.iter().map(|_| Fields::default()).collect();
            let mut left = self.rows;
            while left > 0 {
                let rows = usize::try_from(left).unwrap_or(ROWS).min(ROWS);
                for (source, fields) in sources.iter_mut().zip(&mut fields) {
                    source(rows, fields)?;
                }
                take(rows, &fields)?;
                left -= rows as u64;
            }
            Ok(())
        };
        catch_unwind(AssertUnwindSafe(read))
            .unwrap_or_else(|_| Err(damaged.unwrap_or_else(|| DAMAGED.to_string()).into()))
    }

    /// What the pages of a column say.
    pub(super) fn chunk(&self, leaf: usize) -> Result<Chunk, String> {
        let column = self.metadata.columns().get(leaf);
        let column = column.ok_or("a row group has fewer columns than the table")?;
        let chunk = Chunk::look(self.file, column, self.rows, self.number, self.limits)?;
        if chunk.levels > self.limits.cells / self.shares.max(1) && chunk.levels > self.rows {
            return Err(chunk.place(self.number).say(&std::format!(
                "has {} entries, more than a file of this size can mean",
                shown(chunk.levels)
            )));
        }
        Ok(chunk)
    }
}
