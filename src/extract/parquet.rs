//! Parquet tables: the same values in the same schema, without the rows that may not leave.
//!
//! Values are copied column by column as the file stores them, with their levels, so that nested
//! columns, old timestamps and types of others stay as they are. The metadata of the file, the
//! compression of each column and the order of the row groups stay; pages and dictionaries are
//! written anew.

mod column;

use std::boxed::Box;
use std::io::{self, BufReader, Read, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::string::{String, ToString};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::vec::Vec;

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;

use super::block::{Decider, Plan};
use super::codec::{Noting, Seen};
use super::error::ExtractError;
use super::outcome::{Counts, Outcome};
use super::people::People;
use super::pipeline::Done;
use super::{Progress, Stream};
use crate::record::Digest;
use crate::record::columns::Column;

const DAMAGED: &str = "the file is damaged: it contradicts itself; write it again from its source";

const CHANGED: &str = "the file changed while it was read; run again when nothing writes it";

/// One Parquet table of an extract.
pub struct ParquetTable<'a, R> {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    reader: R,
    writer: Box<dyn Write + Send + 'a>,
}

impl<'a, R: ChunkReader + 'static> ParquetTable<'a, R> {
    /// A table. `name` is how messages and the summary call it.
    pub fn new(name: impl Into<String>, reader: R, writer: impl Write + Send + 'a) -> Self {
        Self { name: name.into(), columns: Vec::new(), reader, writer: Box::new(writer) }
    }

    /// Adds a column that names a person, by the path of its name or its position among the leaves.
    #[must_use]
    pub fn person(mut self, column: Column) -> Self {
        self.columns.push(column);
        self
    }

    /// Decides the table, a row group at a time, whose columns are copied by several threads while one
    /// of them decides the next group first. What of a group stays is held packed in memory until all
    /// its columns are done.
    pub(super) fn run(
        self,
        plan: &Plan<'_>,
        threads: usize,
        progress: &dyn Fn(Progress) -> ControlFlow<()>,
    ) -> Result<Done, ExtractError> {
        let table = self.name.clone();
        // The reader's library panics on some damaged files. Everything that it touched is dropped.
        catch_unwind(AssertUnwindSafe(|| self.decide(plan, threads, progress)))
            .unwrap_or_else(|_| Err(ExtractError::Form { table, what: DAMAGED.to_string() }))
    }

    fn decide(
        self,
        plan: &Plan<'_>,
        threads: usize,
        progress: &dyn Fn(Progress) -> ControlFlow<()>,
    ) -> Result<Done, ExtractError> {
        let Self { name, columns, reader, writer } = self;
        let failed = |error: ParquetError| from_parquet(&name, error);
        let reader = Shared::new(reader);
        let read = reader.digest().map_err(&failed)?;
        let file = SerializedFileReader::new(reader.clone()).map_err(&failed)?;
        let metadata = file.metadata();
        let people = find(&columns, metadata)
            .map_err(|what| ExtractError::Form { table: name.clone(), what })?;
        let seen = Seen::default();
        let schema = metadata.file_metadata().schema_descr_ptr();
        let properties = properties(metadata);
        let noting = Noting { inner: writer, seen: seen.clone() };
        let mut out =
            SerializedFileWriter::new(noting, schema.root_schema_ptr(), Arc::clone(&properties))
                .map_err(|error| not_written(&name, &seen, error))?;
        let mut done = Counting::new(plan);
        let by_number = matches!(plan.people, People::ByNumber(_));
        // A group with which of its rows are kept.
        let judge = |done: &mut Counting, group: usize| -> Result<_, ParquetError> {
            if group == file.num_row_groups() {
                return Ok(None);
            }
            let group = file.get_row_group(group)?;
            let fields = |person: &usize| {
                let leaf = metadata.file_metadata().schema_descr().column(*person);
                column::fields(group.get_column_reader(*person)?, &leaf, by_number)
            };
            let fields = people.iter().map(fields).collect::<Result<Vec<_>, _>>()?;
            Ok(Some((group, done.decide(&fields, plan))))
        };
        let (mut number, mut bytes) = (0, 0);
        let mut next = judge(&mut done, number).map_err(&failed)?;
        while let Some((group, keep)) = next {
            number += 1;
            let mut then = || judge(&mut done, number);
            if keep.contains(&true) {
                let (columns, then) =
                    column::encode(&*group, &schema, &properties, &keep, threads, then)
                        .map_err(&failed)?;
                next = then;
                let failed = |error| not_written(&name, &seen, error);
                let mut into = out.next_row_group().map_err(failed)?;
                for column in columns {
                    into.append_column(&column.bytes, column.close).map_err(failed)?;
                }
                into.close().map_err(failed)?;
            } else {
                next = then().map_err(&failed)?;
            }
            bytes += u64::try_from(group.metadata().compressed_size()).unwrap_or(0);
            let so_far = Progress { rows: done.counts.rows(), bytes };
            if progress(so_far).is_break() {
                return Err(ExtractError::Stopped);
            }
        }
        out.close().map_err(|error| not_written(&name, &seen, error))?;
        if reader.digest().map_err(&failed)? != read {
            return Err(ExtractError::Form { table: name, what: CHANGED.to_string() });
        }
        Ok(Done { counts: done.counts, compared: done.compared, read, written: seen.stream() })
    }
}

impl<R> core::fmt::Debug for ParquetTable<'_, R> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("ParquetTable")
            .field("name", &self.name)
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

/// Takes what some columns of a Parquet table hold, field by field, as [`ParquetTable`] reads the
/// columns that name people by NHS number: empty for null, and ten digits for a number that lost its
/// leading zeros. Says of each column whether the table has it; without any it takes nothing.
///
/// # Errors
/// What is no Parquet table, is damaged, or has a column that cannot name people. Fields may have
/// been taken by then.
pub fn parquet_fields(
    name: &str,
    reader: impl ChunkReader + 'static,
    columns: &[Column],
    mut take: impl FnMut(&[u8]),
) -> Result<Vec<bool>, ExtractError> {
    let form = |what| ExtractError::Form { table: name.to_string(), what };
    let read = || {
        let failed = |error: ParquetError| from_parquet(name, error);
        let file = SerializedFileReader::new(reader).map_err(failed)?;
        let metadata = file.metadata();
        let leaves: Vec<_> = columns
            .iter()
            .map(|column| leaf_of(column, metadata))
            .collect::<Result<_, _>>()
            .map_err(form)?;
        // A column that is asked for by its name and by its place is read once.
        let mut distinct: Vec<_> = leaves.iter().flatten().copied().collect();
        distinct.sort_unstable();
        distinct.dedup();
        for group in 0..file.num_row_groups() {
            let group = file.get_row_group(group).map_err(failed)?;
            for leaf in &distinct {
                let descriptor = metadata.file_metadata().schema_descr().column(*leaf);
                let reader = group.get_column_reader(*leaf).map_err(failed)?;
                let fields = column::fields(reader, &descriptor, true).map_err(failed)?;
                for field in &fields {
                    take(field);
                }
            }
        }
        Ok(leaves.iter().map(Option::is_some).collect())
    };
    // The reader's library panics on some damaged files.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(form(DAMAGED.to_string())))
}

/// A file that is read by its parts, in any order and by several threads, and as a whole for its
/// digest.
struct Shared<R>(Arc<Mutex<R>>);

impl<R> Clone for Shared<R> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<R: ChunkReader> Shared<R> {
    fn new(reader: R) -> Self {
        Self(Arc::new(Mutex::new(reader)))
    }

    fn digest(&self) -> Result<Stream, ParquetError> {
        let (bytes, digest) = Digest::of_reader(self.get_read(0)?)?;
        Ok(Stream { bytes, digest })
    }

    /// One thread at a time: the handles of a file share their place in it.
    fn lock(&self) -> MutexGuard<'_, R> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<R: ChunkReader> Length for Shared<R> {
    fn len(&self) -> u64 {
        self.lock().len()
    }
}

impl<R: ChunkReader> ChunkReader for Shared<R> {
    type T = BufReader<Rest<R>>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(BufReader::with_capacity(READ, Rest { file: self.clone(), start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        self.lock().get_bytes(start, length)
    }
}

/// Bytes read at a time.
const READ: usize = 1 << 16;

/// What stands behind a place in a file.
struct Rest<R> {
    file: Shared<R>,
    start: u64,
}

impl<R: ChunkReader> Read for Rest<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let file = self.file.lock();
        let there = file.len().saturating_sub(self.start);
        let length = usize::try_from(there).unwrap_or(usize::MAX).min(into.len());
        let read = file.get_bytes(self.start, length).map_err(io::Error::other)?;
        for (into, byte) in into.iter_mut().zip(&read) {
            *into = *byte;
        }
        self.start += read.len() as u64;
        Ok(read.len())
    }
}

/// The counts so far.
struct Counting {
    decider: Decider,
    counts: Counts,
    compared: Vec<Counts>,
}

impl Counting {
    fn new(plan: &Plan<'_>) -> Self {
        let compared = std::vec![Counts::default(); plan.compared.len()];
        Self { decider: Decider::default(), counts: Counts::default(), compared }
    }

    /// Which rows of a group are kept.
    fn decide(&mut self, people: &[Vec<Vec<u8>>], plan: &Plan<'_>) -> Vec<bool> {
        let outcomes = self.decider.outcomes(people, plan);
        let keep = outcomes.iter().map(|outcome| *outcome == Outcome::Kept).collect();
        self.counts.merge(&self.decider.counts);
        for (counts, more) in self.compared.iter_mut().zip(&self.decider.compared_counts) {
            counts.merge(more);
        }
        keep
    }
}

fn from_parquet(table: &str, error: ParquetError) -> ExtractError {
    ExtractError::Read { table: table.to_string(), bytes: 0, error: std::io::Error::other(error) }
}

fn not_written(table: &str, seen: &Seen, error: ParquetError) -> ExtractError {
    let bytes = seen.stream().bytes;
    ExtractError::Write { table: table.to_string(), bytes, error: std::io::Error::other(error) }
}

/// The leaves that name people.
fn find(columns: &[Column], metadata: &ParquetMetaData) -> Result<Vec<usize>, String> {
    if columns.is_empty() {
        return Err("no column is given that names the person".to_string());
    }
    let mut people = Vec::new();
    for column in columns {
        let leaf = leaf_of(column, metadata)?.ok_or_else(|| match column {
            Column::Named(name) => std::format!("there is no column `{name}`"),
            Column::Place(position) => std::format!("there is no column {position}"),
        })?;
        if people.contains(&leaf) {
            return Err(std::format!("column {} is given twice", leaf + 1));
        }
        people.push(leaf);
    }
    Ok(people)
}

/// The leaf that a column is, where the table has it.
fn leaf_of(column: &Column, metadata: &ParquetMetaData) -> Result<Option<usize>, String> {
    let schema = metadata.file_metadata().schema_descr();
    let leaf = match column {
        Column::Named(name) => {
            let leaves = schema.columns().iter().enumerate();
            let mut leaves = leaves.filter(|(_, leaf)| leaf.path().string() == *name);
            match (leaves.next(), leaves.next()) {
                (Some(_), Some(_)) => {
                    return Err(std::format!(
                        "two columns are called `{name}`; give the position of the right one"
                    ));
                }
                (leaf, _) => leaf.map(|(leaf, _)| leaf),
            }
        }
        Column::Place(position) => {
            position.checked_sub(1).filter(|leaf| *leaf < schema.num_columns())
        }
    };
    match leaf {
        Some(leaf) if schema.column(leaf).max_rep_level() > 0 => Err(std::format!(
            "column {} holds lists; a person is named by a single value",
            leaf + 1
        )),
        leaf => Ok(leaf),
    }
}

/// The metadata and the compression of the columns, as they were.
fn properties(metadata: &ParquetMetaData) -> WriterPropertiesPtr {
    let file = metadata.file_metadata();
    let mut builder =
        WriterProperties::builder().set_key_value_metadata(file.key_value_metadata().cloned());
    if let Some(group) = metadata.row_groups().first() {
        for column in group.columns() {
            let path = column.column_path().clone();
            builder = builder.set_column_compression(path, column.compression());
        }
    }
    Arc::new(builder.build())
}
