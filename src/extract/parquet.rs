//! Parquet tables: the same values in the same schema, without the rows that may not leave.
//!
//! Values are copied column by column as the file stores them, with their levels, so that nested
//! columns, old timestamps and types of others stay as they are. The metadata of the file, the
//! compression of each column and the order of the row groups stay; pages and dictionaries are
//! written anew.
//!
//! Nothing that a file says of itself is taken on trust. Its description and the headers of its pages
//! are looked through before anything is made room for; the values of every column that is read are as
//! many as the rows of their group, and what is kept as many as was decided.

mod batch;
mod body;
mod chunk;
mod compression;
mod copy;
mod fields;
mod file;
mod footer;
mod group;
mod header;
mod keep;
mod leaves;
mod levels;
mod limits;
mod output;
mod pages;
mod schema;
mod slot;
mod thrift;

use std::boxed::Box;
use std::io::Write;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::string::{String, ToString};
use std::vec::Vec;

use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;
use parquet::file::writer::SerializedFileWriter;

use super::Progress;
use super::block::{Decider, Plan};
use super::codec::{Noting, Seen};
use super::error::ExtractError;
use super::outcome::Counts;
use super::people::People;
use super::pipeline::Done;
use crate::record::columns::Column;
use chunk::DAMAGED;
pub(super) use fields::Fields;
use file::Shared;
use footer::Footer;
use group::{Caller, Group, Stop};
use keep::Keep;
use limits::{Limits, Room};

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
        progress: &(dyn Fn(Progress) -> ControlFlow<()> + Sync),
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
        progress: &(dyn Fn(Progress) -> ControlFlow<()> + Sync),
    ) -> Result<Done, ExtractError> {
        let Self { name, columns, reader, writer } = self;
        let form = |what| ExtractError::Form { table: name.clone(), what };
        let failed = |stop| match stop {
            Stop::At(what) => form(what),
            Stop::Asked => ExtractError::Stopped,
        };
        let file = Shared::new(reader);
        let read = file.digest().map_err(form)?;
        let open = Open::new(&file).map_err(form)?;
        let by_number = matches!(plan.people, People::ByNumber(_));
        let people = leaves::find(&columns, &open.footer, by_number).map_err(form)?;
        let seen = Seen::default();
        let schema = open.footer.metadata.file_metadata().schema_descr().root_schema_ptr();
        let properties = output::properties(&open.footer);
        let noting = output::Ending::new(Noting { inner: writer, seen: seen.clone() });
        let mut out = SerializedFileWriter::new(noting, schema, properties)
            .map_err(|error| not_written(&name, &seen, error))?;
        let mut done = Counting::new(plan);
        let tell = |so_far| progress(so_far).is_break();
        let caller = Caller::new(&tell);
        let mut groups = open.groups(&caller).peekable();
        let mut bytes = 0;
        let mut keep = match groups.peek() {
            Some(group) => done.decide(group, &people, plan, bytes).map_err(failed)?,
            None => Keep::default(),
        };
        while let Some(group) = groups.next() {
            bytes += u64::try_from(group.metadata.compressed_size()).unwrap_or(0);
            let mut then = || match groups.peek() {
                Some(group) => done.decide(group, &people, plan, bytes),
                None => Ok(Keep::default()),
            };
            if keep.kept > 0 {
                let (columns, then) = copy::encode(&group, &keep, threads, then).map_err(failed)?;
                keep = then;
                let failed = |error| not_written(&name, &seen, error);
                let mut into = out.next_row_group().map_err(failed)?;
                for column in columns {
                    into.append_column(&column.bytes, column.close).map_err(failed)?;
                }
                into.close().map_err(failed)?;
            } else {
                keep = then().map_err(failed)?;
            }
            caller.ask(Progress { rows: done.counts.rows(), bytes }).map_err(failed)?;
        }
        output::end(out, &open.footer).map_err(|error| not_written(&name, &seen, error))?;
        if file.digest().map_err(form)? != read {
            return Err(form(CHANGED.to_string()));
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
        let file = Shared::new(reader);
        let open = Open::new(&file)?;
        let leaves = columns.iter().map(|column| leaves::of(column, &open.footer));
        let leaves = leaves.collect::<Result<Vec<_>, _>>()?;
        // A column that is asked for by its name and by its place is read once.
        let mut distinct: Vec<_> = leaves.iter().flatten().copied().collect();
        distinct.sort_unstable();
        distinct.dedup();
        leaves::check(&distinct, &open.footer, true)?;
        let caller = Caller::new(&|_| false);
        for group in open.groups(&caller) {
            for leaf in &distinct {
                let read = group.fields(&[*leaf], true, |_, fields| {
                    for field in fields.iter().flat_map(Fields::iter) {
                        take(field);
                    }
                    Ok(())
                });
                match read {
                    Ok(()) | Err(Stop::Asked) => {}
                    Err(Stop::At(what)) => return Err(what),
                }
            }
        }
        Ok(leaves.iter().map(Option::is_some).collect())
    };
    // The reader's library panics on some damaged files.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(DAMAGED.to_string())).map_err(form)
}

/// A file whose description was read.
struct Open<'a, R> {
    file: &'a Shared<R>,
    footer: Footer,
    limits: Limits,
    room: Room,
}

impl<'a, R: ChunkReader + 'static> Open<'a, R> {
    fn new(file: &'a Shared<R>) -> Result<Self, String> {
        let limits = Limits::of(file.length());
        let footer = Footer::read(file, &limits)?;
        Ok(Self { file, footer, limits, room: Room::new(limits.working) })
    }

    /// The groups that have rows.
    fn groups<'g>(&'g self, caller: &'g Caller<'g>) -> impl Iterator<Item = Group<'g, R>> {
        let columns =
            self.footer.metadata.row_groups().iter().map(|group| group.num_columns() as u64);
        let shares = columns.sum();
        let groups = self.footer.metadata.row_groups().iter().enumerate();
        groups.filter_map(move |(number, metadata)| {
            let rows = u64::try_from(metadata.num_rows()).unwrap_or(0);
            let (file, limits, room) = (self.file, &self.limits, &self.room);
            let unknown = &self.footer.schema.unknown;
            (rows > 0).then_some(Group {
                file,
                metadata,
                number,
                rows,
                unknown,
                shares,
                limits,
                room,
                caller,
            })
        })
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
    fn decide<R: ChunkReader + 'static>(
        &mut self,
        group: &Group<'_, R>,
        people: &[usize],
        plan: &Plan<'_>,
        bytes: u64,
    ) -> Result<Keep, Stop> {
        let mut keep = Keep::default();
        let by_number = matches!(plan.people, People::ByNumber(_));
        group.fields(people, by_number, |rows, fields| {
            keep.push(self.decider.outcomes(rows, fields, plan));
            self.counts.merge(&self.decider.counts);
            for (counts, more) in self.compared.iter_mut().zip(&self.decider.compared_counts) {
                counts.merge(more);
            }
            group.caller.ask(Progress { rows: self.counts.rows(), bytes })
        })?;
        Ok(keep)
    }
}

fn not_written(table: &str, seen: &Seen, error: ParquetError) -> ExtractError {
    let bytes = seen.stream().bytes;
    let error = match file::of_system(&error) {
        Some(said) => std::io::Error::new(said.kind(), said.to_string()),
        None => std::io::Error::other(error),
    };
    ExtractError::Write { table: table.to_string(), bytes, error }
}
