//! Copies the values of the rows that are kept, column by column.

use core::cmp::Reverse;
use std::boxed::Box;
use std::format;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::string::{String, ToString};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::vec::Vec;

use bytes::Bytes;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::column::writer::{
    ColumnCloseResult, ColumnWriter, get_column_writer, get_typed_column_writer_mut,
};
use parquet::data_type::{
    BoolType, ByteArrayType, DataType, DoubleType, FixedLenByteArrayType, FloatType, Int32Type,
    Int64Type, Int96Type,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::properties::WriterPropertiesPtr;
use parquet::file::reader::ChunkReader;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};

use super::batch::{Batches, ROWS};
use super::chunk::{Chunk, DAMAGED, Place};
use super::file::of_system;
use super::group::{Group, Stop};
use super::keep::{Batch, Keep};
use super::limits::shown;
use super::output;
use super::pages::Pages;

/// A column of the rows that are kept, as it stands in a file.
pub(super) struct Encoded {
    pub(super) bytes: Bytes,
    pub(super) close: ColumnCloseResult,
}

/// The threads take the columns in turn, the largest first; all are held until the last is done. The
/// first thread does something else before.
pub(super) fn encode<R: ChunkReader + 'static, T>(
    group: &Group<'_, R>,
    keep: &Keep,
    threads: usize,
    before: impl FnOnce() -> Result<T, Stop>,
) -> Result<(Vec<Encoded>, T), Stop> {
    let (next, held) = (AtomicUsize::new(0), AtomicU64::new(0));
    let columns = group.metadata.columns();
    let mut order: Vec<_> = (0..columns.len()).collect();
    order.sort_by_key(|leaf| Reverse(columns.get(*leaf).map(ColumnChunkMetaData::compressed_size)));
    let work = || -> Result<Vec<(usize, Encoded)>, Stop> {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(leaf) = order.get(place).copied() else { return Ok(done) };
            let copied = column(group, leaf, keep, &held);
            if copied.is_err() {
                // Nobody begins another column.
                next.store(order.len(), Ordering::Relaxed);
            }
            done.push((leaf, copied?));
        }
    };
    let (mut columns, before) = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(order.len())).map(|_| scope.spawn(work)).collect();
        let before = before();
        if before.is_err() {
            next.store(order.len(), Ordering::Relaxed);
        }
        let before = before?;
        let mut columns = work()?;
        for other in others {
            columns.extend(other.join().unwrap_or_else(|_| Err(DAMAGED.to_string().into()))?);
        }
        Ok::<_, Stop>((columns, before))
    })?;
    columns.sort_unstable_by_key(|(leaf, _)| *leaf);
    Ok((columns.into_iter().map(|(_, column)| column).collect(), before))
}

fn column<R: ChunkReader + 'static>(
    group: &Group<'_, R>,
    leaf: usize,
    keep: &Keep,
    held: &AtomicU64,
) -> Result<Encoded, Stop> {
    let chunk = group.chunk(leaf)?;
    let place = chunk.place(group.number);
    let dictionary = chunk.dictionary.unwrap_or(0);
    let _taken = group.room.take(chunk.weight + dictionary);
    let properties = output::column(&chunk, !group.unknown.contains(&leaf));
    let into = Held { bytes: Vec::new(), all: held, most: group.limits.held };
    // The reader's library panics on some damaged files. Everything that it touched is dropped.
    let copied = catch_unwind(AssertUnwindSafe(|| copy(group, chunk, &properties, keep, into)));
    copied.unwrap_or_else(|_| Err(place.damaged().into()))
}

fn copy<R: ChunkReader + 'static>(
    group: &Group<'_, R>,
    chunk: Chunk,
    properties: &WriterPropertiesPtr,
    keep: &Keep,
    into: Held<'_>,
) -> Result<Encoded, Stop> {
    let descriptor = Arc::clone(&chunk.column);
    let place = chunk.place(group.number);
    let mut bytes = TrackedWrite::new(into);
    let writer = Box::new(SerializedPageWriter::new(&mut bytes));
    let mut into = get_column_writer(descriptor, Arc::clone(properties), writer);
    let (reader, pages) = Pages::open(group.file, chunk, group.number, group.limits);
    match reader {
        ColumnReader::BoolColumnReader(from) => {
            typed::<BoolType, R>(group, from, pages, keep, &mut into)
        }
        ColumnReader::Int32ColumnReader(from) => {
            typed::<Int32Type, R>(group, from, pages, keep, &mut into)
        }
        ColumnReader::Int64ColumnReader(from) => {
            typed::<Int64Type, R>(group, from, pages, keep, &mut into)
        }
        ColumnReader::Int96ColumnReader(from) => {
            typed::<Int96Type, R>(group, from, pages, keep, &mut into)
        }
        ColumnReader::FloatColumnReader(from) => {
            typed::<FloatType, R>(group, from, pages, keep, &mut into)
        }
        ColumnReader::DoubleColumnReader(from) => {
            typed::<DoubleType, R>(group, from, pages, keep, &mut into)
        }
        ColumnReader::ByteArrayColumnReader(from) => {
            typed::<ByteArrayType, R>(group, from, pages, keep, &mut into)
        }
        ColumnReader::FixedLenByteArrayColumnReader(from) => {
            typed::<FixedLenByteArrayType, R>(group, from, pages, keep, &mut into)
        }
    }?;
    let failed = |error: &ParquetError| not_written(&place, error);
    let close = into.close().map_err(|error| failed(&error))?;
    if close.rows_written != keep.kept {
        return Err(place.damaged().into());
    }
    Ok(Encoded { bytes: bytes.into_inner().map_err(|error| failed(&error))?.bytes.into(), close })
}

fn typed<T: DataType, R: ChunkReader + 'static>(
    group: &Group<'_, R>,
    from: ColumnReaderImpl<T>,
    pages: Pages<R>,
    keep: &Keep,
    into: &mut ColumnWriter<'_>,
) -> Result<(), Stop> {
    let place = pages.place().clone();
    let mut from = Batches::new(from, pages);
    let (most, deepest) = (from.most, from.deepest);
    let into = get_typed_column_writer_mut::<T>(into);
    let mut kept = Kept { keep, row: 0, of: Vec::new() };
    let mut done = false;
    for batch in 1_u32.. {
        if batch.is_multiple_of(128) {
            group.caller.again()?;
        }
        if done {
            break;
        }
        // A batch of what was decided together is copied together.
        done = from.read(ROWS - kept.row % ROWS)? == 0;
        let whole = if deepest == 0 || done { from.levels() } else { from.last_row() };
        if whole == 0 {
            continue;
        }
        let rest = from.split(whole);
        if deepest > 0 && from.repeated.first() != Some(&0) {
            return Err(place.damaged().into());
        }
        kept.retain(&mut from);
        into.write_batch(
            &from.values,
            (most > 0).then_some(from.defined.as_slice()),
            (deepest > 0).then_some(from.repeated.as_slice()),
        )
        .map_err(|error| not_written(&place, &error))?;
        from.take(rest);
    }
    let rows = kept.row as u64;
    if rows == group.rows { Ok(()) } else { Err(place.counted(rows, group.rows).into()) }
}

/// Takes out what does not stay.
struct Kept<'a> {
    keep: &'a Keep,
    /// Rows that were seen.
    row: usize,
    of: Vec<bool>,
}

impl Kept<'_> {
    fn retain<T: DataType, R: ChunkReader>(&mut self, batch: &mut Batches<T, R>) {
        let (of, mut at) = self.keep.of(self.row);
        let levels = batch.levels();
        if batch.repeated.is_empty() && at + levels <= ROWS {
            self.row += levels;
            match of {
                Batch::All => return,
                Batch::Nothing => return batch.clear(),
                Batch::Some(_) => {}
            }
            if batch.defined.is_empty() {
                // One value for each row, and no levels.
                batch.values.retain(|_| {
                    at += 1;
                    of.keeps(at - 1)
                });
                return;
            }
            self.of.clear();
            self.of.extend((at..at + levels).map(|at| of.keeps(at)));
        } else {
            self.of.clear();
            let mut kept = false;
            for level in &batch.repeated {
                if *level == 0 {
                    let (of, at) = self.keep.of(self.row);
                    kept = of.keeps(at);
                    self.row += 1;
                }
                self.of.push(kept);
            }
        }
        let most = batch.most;
        let mut of_values = self.of.iter().zip(&batch.defined).filter(|(_, level)| **level == most);
        batch.values.retain(|_| of_values.next().is_some_and(|(kept, _)| *kept));
        retain(&mut batch.defined, &self.of);
        retain(&mut batch.repeated, &self.of);
    }
}

fn retain<V>(of: &mut Vec<V>, keep: &[bool]) {
    let mut keep = keep.iter().copied();
    of.retain(|_| keep.next().unwrap_or(false));
}

/// What of a group is held until it is written, and no more.
struct Held<'a> {
    bytes: Vec<u8>,
    all: &'a AtomicU64,
    most: u64,
}

impl Write for Held<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let more = bytes.len() as u64;
        if self.all.fetch_add(more, Ordering::Relaxed) + more > self.most {
            return Err(io::Error::other(format!(
                "what may leave of one row group is more than {} bytes; write the file again with smaller row groups",
                shown(self.most)
            )));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn not_written(place: &Place, error: &ParquetError) -> String {
    match of_system(error) {
        Some(what) => place.say(&format!("cannot be copied: {what}")),
        None => place.damaged(),
    }
}
