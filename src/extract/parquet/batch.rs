//! Some rows of one column: values with their levels.

use std::string::String;
use std::vec::Vec;

use parquet::column::reader::ColumnReaderImpl;
use parquet::data_type::{AsBytes, DataType};
use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;

use super::pages::Pages;

/// Rows or entries that are decoded together, and the bytes after which they are enough.
pub(super) const ROWS: usize = 8192;
const ENTRIES: usize = 1 << 18;
const BYTES: usize = 1 << 20;

/// Reads a column in order. A value stands only where the level says that it is defined, and a
/// repetition of 0 begins a row.
pub(super) struct Batches<T: DataType, R> {
    column: ColumnReaderImpl<T>,
    pages: Pages<R>,
    /// The levels of a value that is there, and of lists in lists.
    pub(super) most: i16,
    pub(super) deepest: i16,
    pub(super) values: Vec<T::T>,
    pub(super) defined: Vec<i16>,
    pub(super) repeated: Vec<i16>,
}

impl<T: DataType, R: ChunkReader> Batches<T, R> {
    pub(super) fn new(column: ColumnReaderImpl<T>, pages: Pages<R>) -> Self {
        let of = pages.column();
        let (most, deepest) = (of.max_def_level(), of.max_rep_level());
        let (values, defined, repeated) = (Vec::new(), Vec::new(), Vec::new());
        Self { column, pages, most, deepest, values, defined, repeated }
    }

    pub(super) fn damaged(&self) -> String {
        self.pages.place().damaged()
    }

    /// Forgets the batch.
    pub(super) fn clear(&mut self) {
        self.values.clear();
        self.defined.clear();
        self.repeated.clear();
    }

    /// Entries in hand.
    pub(super) fn levels(&self) -> usize {
        if self.most > 0 { self.defined.len() } else { self.values.len() }
    }

    /// Where the last row begins, of which more may follow.
    pub(super) fn last_row(&self) -> usize {
        self.repeated.iter().rposition(|level| *level == 0).unwrap_or(0)
    }

    /// Sets aside what stands behind so many entries.
    pub(super) fn split(&mut self, levels: usize) -> Rest<T> {
        if levels >= self.levels() {
            return Rest { values: Vec::new(), defined: Vec::new(), repeated: Vec::new() };
        }
        let defined = self.defined.split_off(levels);
        let present = defined.iter().filter(|level| **level == self.most).count();
        let values = self.values.split_off(self.values.len().saturating_sub(present));
        Rest { values, defined, repeated: self.repeated.split_off(levels) }
    }

    /// Begins the next batch with what was set aside.
    pub(super) fn take(&mut self, mut rest: Rest<T>) {
        self.clear();
        self.values.append(&mut rest.values);
        self.defined.append(&mut rest.defined);
        self.repeated.append(&mut rest.repeated);
    }

    /// Reads on to so many rows of a column without lists, or to fewer that are large; of one with
    /// lists, up to some place. Says how many entries it read; none is the end.
    pub(super) fn read(&mut self, rows: usize) -> Result<usize, String> {
        let before = self.levels();
        let (mut read, mut bytes) = (0, 0);
        let enough = if self.deepest > 0 { ENTRIES } else { rows };
        while read < enough && bytes < BYTES {
            if self.pages.left == 0 && !self.pages.advance()? {
                break;
            }
            let step = if self.deepest > 0 {
                self.pages.step.min(rows)
            } else {
                self.pages.step.min(rows - read).min(self.pages.left)
            };
            let from = self.values.len();
            read += self.some(step)?;
            if self.pages.grows {
                let more = self.values.iter().skip(from).map(|value| value.as_bytes().len());
                let more = more.sum();
                self.pages.spell(more)?;
                bytes += more;
            }
            if self.deepest > 0 {
                // A page may hold a row of any length within its limits.
                break;
            }
        }
        if self.levels() == before + read { Ok(read) } else { Err(self.damaged()) }
    }

    /// Reads up to so many rows of the page in hand.
    fn some(&mut self, rows: usize) -> Result<usize, String> {
        let (at, values) = (self.defined.len(), self.values.len());
        let nested = self.deepest > 0;
        let read = self.column.read_records(
            rows,
            (self.most > 0).then_some(&mut self.defined),
            nested.then_some(&mut self.repeated),
            &mut self.values,
        );
        let (_, present, levels) = read.map_err(|error| self.say(&error))?;
        let fits = (1..=self.pages.left).contains(&levels)
            && (nested || levels == rows)
            && self.values.len() == values + present
            && (self.most == 0 || self.defined.len() == at + levels)
            && (!nested || self.repeated.len() == at + levels);
        let within =
            |levels: &[i16], most| levels.iter().skip(at).all(|level| (0..=most).contains(level));
        if !fits || !within(&self.defined, self.most) || !within(&self.repeated, self.deepest) {
            return Err(self.damaged());
        }
        self.pages.took(levels, self.values.get(values..).unwrap_or_default())?;
        Ok(levels)
    }

    fn say(&self, error: &ParquetError) -> String {
        if matches!(error, ParquetError::NYI(_)) {
            return self.pages.place().say(
                "is stored in an encoding that this program cannot read; write it again with another",
            );
        }
        self.damaged()
    }
}

/// The entries of a row that is not over.
pub(super) struct Rest<T: DataType> {
    values: Vec<T::T>,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}
