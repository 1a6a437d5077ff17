//! `optout filter`: an extract in, the rows that may leave out, with the audit record.

mod clock;
mod header;
mod help;
mod people;
mod permit;
mod plan;
mod record;
mod registers;
mod report;
mod settings;
mod sources;
mod twice;
mod type1;

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use optout::extract::{
    Counts, Extract, ParquetTable, People, Progress, Table, TableSummary, Unnamed,
};
use optout::flow::{self, Flow};
use optout::question::Subject;
use optout::record::{Digest, Existing};
use optout::release::audit::{Record, Recorded, Rows, Series, TableRecord};
use optout::release::{Directory, DirectoryError, Evidence};
use optout::{Date, Disclosure, Ruling, assess};

use help::HELP;
pub(crate) use plan::{DataTable, ListTable, PeopleTable, RegisterTable, Release, Type1Table};
use plan::{Form, NamedBy};
pub(crate) use registers::registers;
use sources::Sources;

use crate::code::{FlowId, day, place};
use crate::error::Error;
use crate::input::Input;
use crate::leftovers;
use crate::request::plain;
use crate::request_file::RequestFile;
use crate::stop;

/// Filters the tables of an extract: only rows of people whose data may be disclosed leave.
///
/// The request file states the disclosure, the evidence, what is known of people and the tables.
/// Everything appears in one new folder, tables and audit record together, or nothing does.
#[derive(Debug, clap::Args)]
#[command(after_long_help = HELP)]
pub(crate) struct FilterArgs {
    /// The request file.
    pub(crate) request: PathBuf,
    /// The folder to make; nothing may stand under its name.
    #[arg(long, value_name = "FOLDER", value_parser = place(), required_unless_present_any = ["dry_run", "replay"])]
    pub(crate) out: Option<PathBuf>,
    /// Put the new folder in the place of the one that stands there.
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
    /// The day of the disclosure, in place of the request file's: `today`, or a date.
    #[arg(long, value_name = "DATE", value_parser = on_day)]
    pub(crate) on: Option<OnDay>,
    /// Count, and write no data; the audit record goes to --out, if given.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Judge another day than today, and write no data.
    #[arg(long)]
    pub(crate) replay: bool,
    /// Count in the same pass what other flows of the catalogue would release.
    #[arg(long, value_name = "FLOW", num_args = 1.., value_parser = FlowId, hide_possible_values = true)]
    pub(crate) compare: Vec<String>,
    /// A folder of audit records, to which this one is chained.
    #[arg(long, value_name = "FOLDER", value_parser = place())]
    pub(crate) series: Option<PathBuf>,
    /// How many threads work.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..))]
    pub(crate) threads: u8,
}

/// The day of the disclosure.
#[derive(Clone, Copy, Debug)]
pub(crate) enum OnDay {
    Today,
    Day(Date),
}

fn on_day(text: &str) -> Result<OnDay, &'static str> {
    if text == "today" { Ok(OnDay::Today) } else { day(text).map(OnDay::Day) }
}

/// A release, understood and permitted to begin.
struct Job<'a> {
    args: &'a FilterArgs,
    folder: PathBuf,
    request: Recorded,
    flow: Option<&'static Flow>,
    ruling: Ruling,
    evidence: Vec<Evidence>,
    release: Release,
    /// What else the request file says; or why it cannot be recorded.
    settings: Result<serde_json::Value, String>,
    warnings: Vec<String>,
    compared: Vec<Ruling>,
    /// What nothing tells and other routes would need.
    unknowable: Vec<String>,
    started: String,
}

pub(crate) fn run(args: &FilterArgs) -> Result<ExitCode, Error> {
    let started = clock::now();
    let shown = args.request.display().to_string();
    let (file, text) = RequestFile::read(&args.request)
        .map_err(|error| error.hint("`optout filter --help` shows a request file"))?;
    let request = Recorded {
        file: shown.clone(),
        bytes: text.len() as u64,
        digest: Digest::of(text.as_bytes()),
    };
    let today = clock::today()?;
    let (disclosure, flow) = disclosed(&file.disclosure, args.on, today)?;
    let ruling = assess(&disclosure).map_err(|error| Error::new(format!("{shown}: {error}")))?;
    let evidence = file.evidence.iter().map(|(assertion, record)| Evidence {
        assertion: assertion.code().to_owned(),
        reference: record.reference.clone(),
        from: record.from,
        until: record.until,
    });
    let mut job = Job {
        args,
        folder: sources::folder(&args.request),
        request,
        flow,
        ruling,
        evidence: evidence.collect(),
        release: file.release,
        settings: settings::of(&text),
        warnings: Vec::new(),
        compared: compared(&args.compare, disclosure.on)?,
        unknowable: Vec::new(),
        started,
    };
    if let Some(out) = &args.out {
        leftovers::say_beside(out);
    }
    // Before anything is begun, so that a signal cannot leave it behind.
    stop::on_signals().map_err(Error::new)?;
    let mut series = job.series()?;
    let mut sources = Sources::default();
    let done = job.release(&mut sources, &mut series, today).map_err(told);
    if let (Err(error), Some(series)) = (&done, &mut series) {
        // What was refused, stopped or failed is on record too.
        let record = job.record(&sources, Some(series), &[], Some(error))?;
        series.append(&record.to_json().map_err(Error::new)?).map_err(Error::new)?;
    }
    let Released { record, left, digest } = done?;
    report::warn(&left);
    let place = series.zip(digest).and(record.chain.zip(digest));
    let shown = report::summary(&record, args.out.as_deref(), &job.unknowable, place);
    match shown {
        // The release stands, whoever reads of it.
        Err(error) if job.writes_data() => {
            report::warn(&[format!("{}; the release stands", error.shown())]);
            Ok(ExitCode::SUCCESS)
        }
        shown => shown,
    }
}

/// A run that came to its end.
struct Released {
    record: Record,
    /// What to say of what it left behind.
    left: Vec<String>,
    /// The digest of its record.
    digest: Option<Digest>,
}

impl Job<'_> {
    fn writes_data(&self) -> bool {
        !self.args.dry_run && !self.args.replay
    }

    fn release(
        &mut self,
        sources: &mut Sources,
        series: &mut Option<Series>,
        today: Date,
    ) -> Result<Released, Error> {
        self.permit(sources, today)?;
        let existing = if self.args.force { Existing::Replace } else { Existing::Refuse };
        let mut directory = match &self.args.out {
            Some(out) => Some(Directory::create(out, existing).map_err(|error| {
                let exists = matches!(error, DirectoryError::Exists { .. });
                let error = Error::new(error);
                if exists {
                    error.hint("choose another folder, or `--force` to replace the release there")
                } else {
                    error
                }
            })?),
            None => None,
        };
        let tables = self.tables(sources, directory.as_mut())?;
        sources.matched()?;
        sources.count();
        let of_tables = tables.iter().map(|(table, _)| &table.input);
        twice::read_alike(sources.recorded.iter().map(|source| &source.file).chain(of_tables))?;
        let record = self.record(sources, series.as_ref(), &tables, None)?;
        let json = record.to_json().map_err(Error::new)?;
        if let Some(directory) = &mut directory {
            let mut file = directory.file("audit.json").map_err(Error::new)?;
            file.write_all(&json).map_err(|error| Error::new(format!("audit.json: {error}")))?;
        }
        if stop::asked() {
            return Err(Error::new(STOPPED));
        }
        // A record of a release that did not appear is followed by one that says so; a release
        // without a record would be a breach.
        let digest = match series {
            Some(series) => Some(series.append(&json).map_err(Error::new)?),
            None => None,
        };
        let left = match directory {
            Some(directory) => directory.commit().map_err(Error::new)?,
            None => None,
        };
        let left = left.map(|old| {
            format!(
                "the release that was replaced could not be deleted: it lies in {}",
                old.display()
            )
        });
        Ok(Released { record, left: left.into_iter().collect(), digest })
    }

    /// Runs the tables, each into its file.
    fn tables(
        &self,
        sources: &Sources,
        mut directory: Option<&mut Directory>,
    ) -> Result<Vec<(TableRecord, TableSummary)>, Error> {
        let known = sources.known();
        let people = match self.release.people.named_by {
            NamedBy::NhsNumber => People::ByNumber(&known),
            NamedBy::Key => People::ByKey(&known),
        };
        let mut extract = Extract::new(&self.ruling, people).threads(self.args.threads.into());
        let PeopleTable { no_nhs_number, no_nhs_number_at_most, .. } = self.release.people;
        if let (true, Some(limit)) = (no_nhs_number, no_nhs_number_at_most) {
            extract = extract.unnamed(Unnamed::NoNhsNumber).at_most_unnamed(limit);
        }
        if let Some(limit) = self.release.people.invalid_at_most {
            extract = extract.at_most_invalid(limit);
        }
        if let Some(limit) = self.release.people.empty_at_most {
            extract = extract.at_most_empty(limit);
        }
        for ruling in &self.compared {
            extract = extract.compare(ruling);
        }
        let mut all = Counts::default();
        let done = self
            .release
            .tables
            .iter()
            .map(|table| {
                let before = sources.found();
                let done = self.table(table, &extract, directory.as_deref_mut())?;
                let people = &self.release.people;
                let TableSummary { name, counts, .. } = &done.1;
                match people.named_by {
                    NamedBy::Key => {
                        sources.in_one_form(name, people)?;
                        sources.know_somebody(name, counts, before, people)?;
                    }
                    NamedBy::NhsNumber => all.merge(counts),
                }
                Ok(done)
            })
            .collect::<Result<Vec<_>, _>>()?;
        sources.know_somebody("the tables", &all, 0, &self.release.people)?;
        Ok(done)
    }

    fn table(
        &self,
        data: &DataTable,
        extract: &Extract<'_>,
        directory: Option<&mut Directory>,
    ) -> Result<(TableRecord, TableSummary), Error> {
        let path = self.folder.join(&data.file);
        let shown = path.display().to_string();
        let output = data.output().map_err(Error::new)?;
        let form = data.form().map_err(Error::new)?;
        let cannot = |error: io::Error| Error::new(format!("cannot read {shown}: {error}"));
        let reader = Input::open(&path).map_err(cannot)?;
        let length = reader.length();
        let writer: Box<dyn Write + Send> = match directory {
            Some(directory) if self.writes_data() => {
                Box::new(directory.file(&output).map_err(Error::new)?)
            }
            Some(_) | None => Box::new(io::sink()),
        };
        let bar = report::bar(&shown, length);
        let tell = |_: &str, progress: Progress| {
            bar.at(progress);
            if stop::asked() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let columns = data.person.columns();
        let named = columns.iter().map(plan::ColumnName::column);
        let extract = extract.clone().on_progress(&tell);
        let done = match form {
            Form::Text(text, packing) => {
                let table = Table::new(&shown, text, reader, writer).packed(packing);
                let mut summary = extract
                    .run([named.fold(table, Table::person)])
                    .map_err(|error| people::stopped(&error))?;
                summary.tables.pop()
            }
            Form::Parquet => {
                let table = ParquetTable::new(&shown, reader.into_file().map_err(cannot)?, writer);
                let table = named.fold(table, ParquetTable::person);
                Some(extract.run_parquet(table).map_err(|error| people::stopped(&error))?)
            }
        };
        bar.finish();
        let Some(done) = done else {
            return Err(Error::new(format!("{shown}: nothing was read")));
        };
        let record = TableRecord {
            input: Recorded::new(shown, done.read),
            output: self.writes_data().then(|| Recorded::new(output, done.written)),
            people: columns.iter().map(plan::ColumnName::shown).collect(),
            rows: Rows::from(&done.counts),
        };
        Ok((record, done))
    }
}

/// The disclosure on its day, and the flow that supplied it.
fn disclosed(
    subject: &Subject<'_>,
    on: Option<OnDay>,
    today: Date,
) -> Result<(Disclosure, Option<&'static Flow>), Error> {
    let on = on.map(|on| match on {
        OnDay::Today => today,
        OnDay::Day(day) => day,
    });
    match subject {
        Subject::Disclosure(disclosure) => {
            Ok((Disclosure { on: on.unwrap_or(disclosure.on), ..*disclosure }, None))
        }
        Subject::Flow { flow: id, on: stated } => {
            let on = on.unwrap_or(*stated);
            let flow = flow::find(id, on).map_err(|error| Error::new(plain(&error)))?;
            Ok((flow.disclosure(on), Some(flow)))
        }
    }
}

fn compared(flows: &[String], on: Date) -> Result<Vec<Ruling>, Error> {
    let ruling = |id: &String| {
        let flow = flow::find(id, on).map_err(|error| Error::new(plain(&error)))?;
        assess(&flow.disclosure(on)).map_err(Error::new)
    };
    flows.iter().map(ruling).collect()
}

/// A run that was asked to stop says so, whatever it was in the middle of.
fn told(error: Error) -> Error {
    if stop::asked() { Error::new(STOPPED) } else { error }
}

const STOPPED: &str = "stopped by a signal; nothing was released";
