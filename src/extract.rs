//! Tables in, the rows that may leave out: the engine of `optout filter`.
//!
//! A disclosure is judged once; each row of each table names one person or several; a row is kept
//! when every one of them may be disclosed, and withheld otherwise. Kept rows are the bytes that
//! were read, in their order. The tables of one extract are decided by the same ruling and the same
//! statuses, so that the child rows of a withheld patient never leave.
//!
//! ```
//! use optout::extract::{Column, Dialect, Extract, People, Table};
//! use optout::record::NhsNumber;
//! use optout::{Bases, Boundary, Conditions, Date, Disclosure, Identifiability, Origin, Purpose};
//! use optout::{National, Patient, assess};
//!
//! let ruling = assess(&Disclosure {
//!     origin: Origin::EnglandCare,
//!     boundary: Boundary::BeyondController,
//!     identifiability: Identifiability::Identifiable,
//!     purpose: Purpose::Research,
//!     bases: Bases::COPI_REG_5,
//!     conditions: Conditions::empty(),
//!     on: Date::ymd(2026, 6, 1),
//! })?;
//! let opted_out = NhsNumber::parse(b"9000962382")?;
//! let known = |number| {
//!     let national = if number == opted_out { National::OptedOut } else { National::None };
//!     Patient::UNKNOWN.with_national(national)
//! };
//!
//! let read = b"nhs_number,ward\n9434765919,7\n9000962382,8\n".as_slice();
//! let mut written = Vec::new();
//! let table = Table::new("episodes", Dialect::CSV, read, &mut written)
//!     .person(Column::Named("nhs_number".into()));
//! let summary = Extract::new(&ruling, People::ByNumber(&known)).run([table])?;
//! assert_eq!(summary.counts().withheld(), 1);
//! assert_eq!(written, b"nhs_number,ward\n9434765919,7\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod block;
mod census;
mod codec;
mod error;
mod known;
mod lacking;
mod outcome;
#[cfg(feature = "parquet")]
mod parquet;
mod people;
mod pipeline;
mod summary;
mod table;
mod tree;

use std::ops::ControlFlow;
use std::string::String;
use std::vec::Vec;

pub use census::Named;
pub use codec::Packing;
pub use error::ExtractError;
pub use known::{Known, Met};
pub use lacking::{Idle, Lacking};
pub use outcome::{Counts, Outcome};
#[cfg(feature = "parquet")]
pub use parquet::{ParquetTable, parquet_fields};
pub use people::{KeyedStatuses, People, Statuses, Unnamed};
pub use summary::{Stream, Summary, TableSummary};
pub use table::Table;

pub use crate::tables::{Column, Dialect, Header};

use crate::ruling::Ruling;
use crate::tables::input::BLOCK;
use block::Plan;
use census::{Census, Limits};
use outcome::Outcomes;
use pipeline::{Done, Job};

/// How far a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows decided so far.
    pub rows: u64,
    /// Bytes read so far of the table as it stands, packed or not.
    pub bytes: u64,
}

type OnProgress<'a> = &'a (dyn Fn(&str, Progress) -> ControlFlow<()> + Sync);

/// Several tables, decided in one run by one ruling.
#[derive(Clone)]
pub struct Extract<'a> {
    plan: Plan<'a>,
    threads: usize,
    block: usize,
    limits: Limits,
    progress: Option<OnProgress<'a>>,
}

impl<'a> Extract<'a> {
    /// Rows are decided under this ruling, by what is known of these people.
    #[must_use]
    pub fn new(ruling: &Ruling, people: People<'a>) -> Self {
        let plan = Plan {
            people,
            unnamed: Unnamed::Withhold,
            outcomes: Outcomes::under(ruling),
            compared: Vec::new(),
            census: None,
        };
        Self { plan, threads: 2, block: BLOCK, limits: Limits::USUAL, progress: None }
    }

    /// What an empty field where a person should be named means; without this, its row is withheld.
    #[must_use]
    pub const fn unnamed(mut self, unnamed: Unnamed) -> Self {
        self.plan.unnamed = unnamed;
        self
    }

    /// Stops when more than this share of a table's rows, in per cent, have a field that should name
    /// a person and holds something else; 5 without this. It is likely the wrong column, or one that
    /// a spreadsheet has changed, and a release of nothing would look like a release.
    #[must_use]
    pub const fn at_most_invalid(mut self, per_cent: f64) -> Self {
        self.limits.invalid = per_cent;
        self
    }

    /// Stops when more than this share of a column that names people, in per cent, is empty; 50
    /// without this. A table in which a column names nobody stops whatever the shares, unless one of
    /// them is 100.
    #[must_use]
    pub const fn at_most_empty(mut self, per_cent: f64) -> Self {
        self.limits.empty = per_cent;
        self
    }

    /// Stops when more than this share of a table's rows, in per cent, have no NHS number, where
    /// that is [asserted](Unnamed::NoNhsNumber) to be right; in place of
    /// [`at_most_empty`](Self::at_most_empty).
    #[must_use]
    pub const fn at_most_unnamed(mut self, per_cent: f64) -> Self {
        self.limits.unnamed = Some(per_cent);
        self
    }

    /// Also counts how many rows would be kept under another ruling.
    #[must_use]
    pub fn compare(mut self, ruling: &Ruling) -> Self {
        self.plan.compared.push(Outcomes::under(ruling));
        self
    }

    /// How many threads work; two without this, and one at least.
    #[must_use]
    pub const fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// How many bytes each worker takes at a time, from 64 to 16 MiB; it holds a few times as much.
    #[must_use]
    pub const fn block_bytes(mut self, bytes: usize) -> Self {
        self.block = bytes;
        self
    }

    /// Is told the table and how far it is, and may stop the run.
    #[must_use]
    pub fn on_progress(mut self, progress: OnProgress<'a>) -> Self {
        self.progress = Some(progress);
        self
    }

    /// Decides the tables, one after the other.
    ///
    /// # Errors
    /// A table that cannot be read or written, is malformed, or names nobody too often. What was
    /// written until then must be thrown away, of every table.
    pub fn run<'t>(
        &self,
        tables: impl IntoIterator<Item = Table<'t>>,
    ) -> Result<Summary, ExtractError> {
        let tables = tables.into_iter().map(|table| self.one(table));
        Ok(Summary { tables: tables.collect::<Result<_, _>>()? })
    }

    /// Decides a Parquet table.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    #[cfg(feature = "parquet")]
    pub fn run_parquet<R: ::parquet::file::reader::ChunkReader + 'static>(
        &self,
        table: ParquetTable<'_, R>,
    ) -> Result<TableSummary, ExtractError> {
        let (name, columns) = (table.name.clone(), table.columns.clone());
        let census = Census::default();
        let plan = Plan { census: Some(&census), ..self.plan.clone() };
        let done = table.run(&plan, self.threads, &|progress| {
            self.progress.map_or(ControlFlow::Continue(()), |tell| tell(&name, progress))
        })?;
        self.summarise(name, &columns, census, done)
    }

    fn one(&self, mut table: Table<'_>) -> Result<TableSummary, ExtractError> {
        let seen = table.unpack()?;
        let ready = table.open(self.plan.people)?;
        let (name, columns) = (table.name, table.columns);
        let census = Census::default();
        let plan = Plan { census: Some(&census), ..self.plan.clone() };
        let done = pipeline::run(Job {
            table: &name,
            ready,
            plan: &plan,
            writer: &mut *table.writer,
            packing: table.packing,
            threads: self.threads,
            block: self.block,
            progress: &|Progress { rows, bytes }| {
                let bytes = seen.as_ref().map_or(bytes, codec::Seen::bytes);
                let so_far = Progress { rows, bytes };
                self.progress.map_or(ControlFlow::Continue(()), |tell| tell(&name, so_far))
            },
        })?;
        let read = seen.map_or(done.read, |seen| seen.stream());
        self.summarise(name, &columns, census, Done { read, ..done })
    }

    /// Stops a table whose columns do not name people.
    fn summarise(
        &self,
        name: String,
        columns: &[Column],
        census: Census,
        done: Done,
    ) -> Result<TableSummary, ExtractError> {
        let Done { counts, compared, read, written } = done;
        let (of, asserted) = match self.plan.people {
            People::ByNumber(_) => (Named::ByNumber, self.plan.unnamed == Unnamed::NoNhsNumber),
            People::ByKey(_) => (Named::ByKey, false),
        };
        let unnamed = self.limits.unnamed.filter(|_| asserted);
        census.check(&name, columns, &counts, Limits { unnamed, ..self.limits }, of)?;
        Ok(TableSummary { name, counts, compared, read, written })
    }
}

impl core::fmt::Debug for Extract<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Extract")
            .field("people", &self.plan.people)
            .field("unnamed", &self.plan.unnamed)
            .field("threads", &self.threads)
            .finish_non_exhaustive()
    }
}
