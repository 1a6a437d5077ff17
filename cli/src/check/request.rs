//! `optout check request`: the files of a request from an extract.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use optout::extract::{Packing, parquet_fields};
use optout::record::Existing;
use optout::record::columns::{Column, Dialect, Header, TableError};
use optout::record::national::request::{Counts, NotPeople, RequestError};
use optout::record::national::{Control, ControlField, LineEnding, Manifest, Outgoing, Request};
use optout::record::shown::names_a_person;

use optout::tables::{Names, TableError as Wrong};

use super::args::RequestArgs;
use super::wording::count;
use super::{cannot, refuse_taken, shown, today};
use crate::error::Error;
use crate::leftovers;
use crate::screen;

/// One of the inputs.
struct Input<'a> {
    path: &'a Path,
    form: Form,
    columns: &'a [Column],
}

/// How it is written.
enum Form {
    Text(Dialect, Packing),
    Parquet,
}

impl Form {
    /// By the name of a table.
    fn of(path: &Path, args: &RequestArgs) -> Result<Self, Error> {
        let (packing, stem) = Packing::of_name(path);
        let ends = |end| stem.extension().is_some_and(|ext| ext.eq_ignore_ascii_case(end));
        if !ends("parquet") {
            let usual = if ends("tsv") || ends("tab") { b'\t' } else { b',' };
            let delimiter = args.delimiter.map_or(usual, super::args::Delimiter::byte);
            let header = if args.no_header { Header::Absent } else { Header::Present };
            let dialect = Dialect { delimiter, header, line_breaks: args.line_breaks };
            let Some(line) = &args.header else { return Ok(Self::Text(dialect, packing)) };
            let dialect = dialect.with_header_line(line).map_err(|fault| {
                Error::new(format!("the line of --header cannot be read: {fault}"))
            })?;
            return Ok(Self::Text(dialect, packing));
        }
        if packing != Packing::Plain {
            return Err(Error::new(format!("{}: a Parquet table is not packed again", name(path)))
                .hint("unpack it first"));
        }
        Ok(Self::Parquet)
    }
}

pub(crate) fn run(args: &RequestArgs) -> Result<ExitCode, Error> {
    let columns = columns(args)?;
    let first = [Column::Place(1)];
    let inputs = inputs(args, &columns, &first)?;
    let (stem, outgoing) = outgoing(args)?;
    let read: Vec<_> = inputs.iter().map(|input| input.path).collect();
    for path in Outgoing::paths(&stem) {
        refuse_taken(&path, args.force, &read)?;
    }

    leftovers::say_beside(&stem);
    let mut request = Request::new();
    let mut found = vec![false; columns.len()];
    let mut tables = Vec::new();
    for input in &inputs {
        let read = add(&mut request, input)?;
        read.counts
            .name_people(args.invalid_at_most, args.empty_at_most)
            .map_err(|error| not_people(input.path, &error))?;
        if std::ptr::eq(input.columns, columns.as_slice()) {
            found.iter_mut().zip(&read.found).for_each(|(all, one)| *all |= one);
        }
        tables.push((name(input.path), read.counts));
    }
    if let Some((column, _)) = columns.iter().zip(&found).find(|(_, found)| !**found)
        && !args.extracts.is_empty()
    {
        return Err(Error::new(format!("no table has {}", called(column))).hint(compared(column)));
    }
    let manifest = request.write(&stem, &outgoing).map_err(|error| refused(&error))?;
    // The request stands, whoever reads this.
    let _ = summarise(&tables, request.counts(), &manifest, &stem, args);
    Ok(ExitCode::SUCCESS)
}

fn columns(args: &RequestArgs) -> Result<Vec<Column>, Error> {
    let named = args.columns.iter().cloned().map(Column::Named);
    let columns: Vec<_> = named.chain(args.positions.iter().copied().map(Column::Place)).collect();
    if columns.is_empty() && !args.extracts.is_empty() {
        return Err(Error::new("it is not said which column holds the NHS numbers")
            .hint("name it with `--column NAME`, or count it with `--position N`")
            .hint("a plain list of numbers is given with `--list FILE`"));
    }
    Ok(columns)
}

fn inputs<'a>(
    args: &'a RequestArgs,
    columns: &'a [Column],
    first: &'a [Column],
) -> Result<Vec<Input<'a>>, Error> {
    let table = |path| Ok(Input { path, form: Form::of(path, args)?, columns });
    let list = |path| {
        Ok(Input {
            path,
            form: Form::Text(Dialect::LIST, Packing::of_name(path).0),
            columns: first,
        })
    };
    let tables = args.extracts.iter().map(PathBuf::as_path).map(table);
    let lists = args.lists.iter().map(PathBuf::as_path).map(list);
    let inputs = tables.chain(lists).collect::<Result<Vec<_>, Error>>()?;
    if inputs.iter().filter(|input| is_stdin(input.path)).count() > 1 {
        return Err(Error::new("standard input can be read once only"));
    }
    Ok(inputs)
}

/// Where the files go, and what they say.
fn outgoing(args: &RequestArgs) -> Result<(PathBuf, Outgoing), Error> {
    let output = &args.output;
    let folder = output.is_dir() || output.as_os_str().as_encoded_bytes().ends_with(b"/");
    let file_name = output.file_name().and_then(OsStr::to_str).filter(|_| !folder);
    let local_id = args.local_id.as_deref().or(file_name).ok_or_else(|| {
        Error::new(format!("{} is a folder, so the files need a name", output.display()))
            .hint("say `--local-id ID`, or put a name behind the folder")
    })?;
    let texts = [Some(local_id), args.subject.as_deref(), args.workflow_id.as_deref()];
    let fields = args.fields.iter().map(|(_, value)| value.as_str());
    if texts.into_iter().flatten().chain(fields).any(names_a_person) {
        return Err(Error::new("an NHS number would stand in the names or the control file of the request")
            .hint("the local id is the name of the files where `--local-id ID` says no other; call them otherwise"));
    }
    let stem = if folder { output.join(local_id) } else { output.clone() };
    let created = today()?;
    let refused = |error: &dyn std::fmt::Display| {
        let error = Error::new(error);
        if args.local_id.is_some() {
            return error;
        }
        error.hint("the local id is the name of the files; say another with `--local-id ID`")
    };
    let outgoing = match (&args.from, &args.to) {
        (Some(from), Some(to)) => {
            let subject = args.subject.as_deref().unwrap_or(local_id);
            let workflow = args.workflow_id.iter().map(|id| (ControlField::WorkflowId, id));
            let fields = args.fields.iter().map(|(field, value)| (*field, value));
            let control = workflow
                .chain(fields)
                .try_fold(Control::new(from, to, subject, local_id), |control, (field, value)| {
                    Ok(control?.with(field, value))
                })
                .and_then(|control| control)
                .map_err(|error| refused(&error))?;
            Outgoing::with_control(control, created)
        }
        _ => Outgoing::new(local_id, created),
    };
    let mut outgoing = outgoing.map_err(|error| refused(&error))?;
    outgoing.ending = if args.crlf { LineEnding::Crlf } else { LineEnding::Lf };
    outgoing.existing = if args.force { Existing::Replace } else { Existing::Refuse };
    Ok((stem, outgoing))
}

/// What a table gave.
struct Read {
    found: Vec<bool>,
    counts: Counts,
}

fn add(request: &mut Request, input: &Input<'_>) -> Result<Read, Error> {
    let Input { path, form, columns } = input;
    let open = || File::open(path).map_err(|error| cannot("read", path, &error));
    let (dialect, packing) = match form {
        Form::Text(dialect, packing) => (dialect, *packing),
        Form::Parquet => return add_parquet(request, path, open()?, columns),
    };
    let raw: Box<dyn io::Read + Send> =
        if is_stdin(path) { Box::new(io::stdin()) } else { Box::new(open()?) };
    let reader = packing.unpack(raw).map_err(|error| cannot("read", path, &error))?;
    let read = request.add_table(reader, dialect, columns).map_err(|error| {
        let said = Error::new(format!("{}: {error}", name(path)));
        match error {
            TableError::Table(
                Wrong::NumberInHeader | Wrong::PersonInHeader { .. } | Wrong::Unnamed { .. },
            ) => said.hint(
                "a table without a header is read with `--no-header --position N`, a list with `--list`",
            ),
            TableError::Table(Wrong::Unstated { .. } | Wrong::OtherHeader) => said.hint(
                "`--header 'id,nhs number'` with the first line as it stands, or `--no-header`",
            ),
            TableError::Table(Wrong::NoPlace { .. }) => {
                said.hint("count them in the first row; is the delimiter right?")
            }
            TableError::Row { .. } => {
                said.hint("nothing was written; mend the table, or export it again")
            }
            TableError::Table(_) | TableError::CodeInHeader | _ => said,
        }
    })?;
    Ok(Read { found: read.found, counts: read.counts })
}

fn add_parquet(
    request: &mut Request,
    path: &Path,
    file: File,
    columns: &[Column],
) -> Result<Read, Error> {
    let before = request.counts();
    let found = parquet_fields(&name(path), file, columns, |field| {
        // What is not a number is counted.
        let _ = request.add(field);
    })
    .map_err(Error::new)?;
    if !found.contains(&true) {
        let name = match columns.first() {
            Some(Column::Named(column)) => column.clone(),
            Some(Column::Place(place)) => place.to_string(),
            None => String::new(),
        };
        let said = Error::new(format!(
            "{}: {}",
            self::name(path),
            Wrong::NoColumn { name, names: Names::default() }
        ));
        return Err(columns.first().map(compared).into_iter().fold(said, Error::hint));
    }
    Ok(Read { found, counts: request.counts() - before })
}

/// A table whose fields do not look like people.
fn not_people(path: &Path, error: &NotPeople) -> Error {
    let said = Error::new(format!("{}: {error}", name(path)));
    match error {
        NotPeople::Invalid { likely, .. } => said.hint(likely).hint(
            "such fields are not asked about, and what they name will be withheld; `--invalid-at-most` says how many per cent are no mistake",
        ),
        NotPeople::Empty { .. } => said.hint(
            "is it the right column? `--empty-at-most` says how many per cent are no mistake",
        ),
        _ => said,
    }
}

fn refused(error: &RequestError) -> Error {
    let said = Error::new(error);
    match error {
        RequestError::NobodyToAsk => said.hint("is it the right column?"),
        RequestError::Io { error, .. } if error.kind() == io::ErrorKind::AlreadyExists => {
            said.hint("choose another name, or say `--force` to replace it")
        }
        RequestError::NoLocalId
        | RequestError::LocalId(_)
        | RequestError::Io { .. }
        | RequestError::Manifest(_)
        | _ => said,
    }
}

fn summarise(
    tables: &[(String, Counts)],
    all: Counts,
    manifest: &Manifest,
    stem: &Path,
    args: &RequestArgs,
) -> io::Result<()> {
    let mut out = anstream::stderr().lock();
    let total = [("total".to_owned(), all)];
    let lines: Vec<_> = tables.iter().chain(total.iter().filter(|_| tables.len() > 1)).collect();
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).max(5);
    writeln!(
        out,
        "{:<width$} {:>11} {:>11} {:>11} {:>11} {:>11}",
        "table", "valid", "distinct", "invalid", "placeholder", "empty"
    )?;
    for (name, counts) in lines {
        let Counts { distinct, placeholders, invalid, empty, .. } = *counts;
        writeln!(
            out,
            "{name:<width$} {:>11} {distinct:>11} {invalid:>11} {placeholders:>11} {empty:>11}",
            counts.valid()
        )?;
    }
    let left_out = all.invalid + all.placeholders + all.empty;
    if left_out > 0 {
        writeln!(
            out,
            "{} not asked about: the status stays unknown",
            count(left_out, "field is", "fields are")
        )?;
    }
    let [dat, kept, ctl] = Outgoing::paths(stem);
    let numbers = count(manifest.numbers, "number", "numbers");
    writeln!(out, "wrote {}: {numbers}, to be sent", shown(&dat))?;
    writeln!(out, "wrote {}: keep both until the answer has been read", shown(&kept))?;
    if args.from.is_some() {
        writeln!(out, "wrote {}: a MESH client sends on it", shown(&ctl))?;
    } else {
        let local_id = screen::text(&manifest.local_id);
        writeln!(out, "send it with {local_id} as local id, and a subject")?;
    }
    writeln!(out, "the check is dated to {}, today in UTC", manifest.created)
}

fn called(column: &Column) -> String {
    match column {
        Column::Named(name) => format!("a column {name:?}"),
        Column::Place(place) => format!("as many as {}", count(*place as u64, "column", "columns")),
    }
}

/// How it is looked for.
fn compared(column: &Column) -> &'static str {
    match column {
        Column::Named(_) => "names are compared letter for letter, with their spaces",
        Column::Place(_) => "columns are counted from 1",
    }
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

fn name(path: &Path) -> String {
    if is_stdin(path) { "standard input".to_owned() } else { shown(path) }
}
