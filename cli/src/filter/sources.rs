//! The register and the lists, read into memory.

use std::fs::File;
use std::path::{Path, PathBuf};

use optout::Date;
use optout::extract::{Known, List, Others, Stream};
use optout::record::register::Freshness;
use optout::record::{Digest, MaxAge, NhsNumber, Register};
use optout::release::audit::{Recorded, Source};

use super::plan::{ColumnName, ListTable, NamedBy, RegisterTable, Release};
use crate::error::Error;
use crate::request_file::Day;

/// Everything that is known of people, and where it came from.
#[derive(Debug)]
pub(super) struct Sources {
    register: Option<(Register, MaxAge)>,
    lists: Vec<List>,
    pub(super) recorded: Vec<Source>,
    /// The dates of the national checks among the lists.
    checks: Vec<(String, Date, MaxAge)>,
}

impl Sources {
    /// Reads them. Paths are seen from the folder of the request file.
    pub(super) fn read(release: &Release, folder: &Path) -> Result<Self, Error> {
        let mut sources =
            Self { register: None, lists: Vec::new(), recorded: Vec::new(), checks: Vec::new() };
        if let Some(table) = &release.register {
            if release.people.named_by == NamedBy::Key {
                return Err(Error::new(
                    "a register answers for NHS numbers, and the rows name people by a key",
                )
                .hint("give lists that hold the same keys"));
            }
            sources.register(table, folder)?;
        }
        for table in &release.lists {
            sources.list(table, release.people.named_by, folder)?;
        }
        Ok(sources)
    }

    fn register(&mut self, table: &RegisterTable, folder: &Path) -> Result<(), Error> {
        let path = folder.join(&table.file);
        let shown = path.display().to_string();
        let register = Register::open(&path).map_err(|error| {
            Error::new(format!("{shown}: {error}"))
                .hint("`optout check read` makes a register from a request and its response")
        })?;
        let bytes = path.metadata().map_or(0, |metadata| metadata.len());
        let digest = digest(&path)?;
        self.recorded.push(Source {
            kind: "register".to_owned(),
            file: Recorded::new(shown, Stream { bytes, digest }),
            people: register.asked(),
            opted_out: Some(register.opted_out()),
            others: None,
            checked: Some(register.checked()),
            max_age_days: Some(table.max_age_days),
        });
        self.register = Some((register, MaxAge::days(table.max_age_days)));
        Ok(())
    }

    fn list(&mut self, table: &ListTable, by: NamedBy, folder: &Path) -> Result<(), Error> {
        let path = folder.join(&table.file);
        let shown = path.display().to_string();
        let refuse = |what: &str| Error::new(format!("{shown}: {what}"));
        let others = match (table.of.needs_others(), table.others) {
            (true, Some(others)) => others,
            (false, None) => Others::Unknown,
            (true, None) => {
                return Err(refuse(&format!(
                    "a list of {} does not say what is known of the others",
                    table.of
                ))
                .hint("`others = \"none\"` when it holds everyone who opted out, wherever they could have; else `others = \"unknown\"`"));
            }
            (false, Some(_)) => {
                return Err(refuse(&format!("`others` has no meaning for a list of {}", table.of)));
            }
        };
        let checked = match (table.of.is_national(), table.checked, table.max_age_days) {
            (true, Some(Day(checked)), Some(days)) => Some((checked, MaxAge::days(days))),
            (false, None, None) => None,
            (true, ..) => {
                return Err(refuse(
                    "a list from a national check needs `checked`, its date, and `max-age-days`",
                ));
            }
            (false, ..) => {
                return Err(refuse(
                    "only a list from a national check has `checked` and `max-age-days`",
                ));
            }
        };
        let list = match by {
            NamedBy::NhsNumber => numbers(table, others, &path)?,
            NamedBy::Key => keys(table, others, &path)?,
        };
        if list.people() == 0 && !table.may_be_empty {
            return Err(refuse("the list is empty").hint(
                "check the file; say `may-be-empty = true` when nobody is meant to be on it",
            ));
        }
        let bytes = path.metadata().map_or(0, |metadata| metadata.len());
        self.recorded.push(Source {
            kind: table.of.code().to_owned(),
            file: Recorded::new(&shown, Stream { bytes, digest: digest(&path)? }),
            people: list.people(),
            opted_out: None,
            others: table.others.map(|others| others.code().to_owned()),
            checked: checked.map(|(checked, _)| checked),
            max_age_days: checked.map(|(_, age)| age.as_days()),
        });
        if let Some((checked, age)) = checked {
            self.checks.push((shown, checked, age));
        }
        self.lists.push(list);
        Ok(())
    }

    /// What they say on the day of a disclosure.
    pub(super) fn known(&self, on: Date) -> Known<'_> {
        let known = match &self.register {
            Some((register, age)) => Known::new().register(register.at(on, *age)),
            None => Known::new(),
        };
        self.lists.iter().fold(known, Known::list)
    }

    /// Whether each national check may be used on the day.
    pub(super) fn freshness(&self, on: Date) -> Vec<(String, Freshness)> {
        let register = self
            .register
            .iter()
            .map(|(register, age)| ("the register".to_owned(), register.at(on, *age).freshness()));
        let lists = self.checks.iter().map(|(list, checked, age)| {
            (list.clone(), optout::release::freshness(*checked, on, *age))
        });
        register.chain(lists).collect()
    }

    pub(super) fn max_ages(&self) -> Vec<(String, MaxAge)> {
        let register = self.register.iter().map(|(_, age)| ("the register".to_owned(), *age));
        register.chain(self.checks.iter().map(|(list, _, age)| (list.clone(), *age))).collect()
    }
}

/// The digest of a small file.
pub(super) fn digest(path: &Path) -> Result<Digest, Error> {
    std::fs::read(path)
        .map(|bytes| Digest::of(&bytes))
        .map_err(|error| Error::new(format!("cannot read {}: {error}", path.display())))
}

fn numbers(table: &ListTable, others: Others, path: &Path) -> Result<List, Error> {
    let mut wrong = None;
    let mut guessed = false;
    let mut numbers = Vec::new();
    read(table, path, |line, header, field| match NhsNumber::parse(field) {
        Ok(number) => {
            numbers.push(number);
            true
        }
        // A first line without a digit is a header, where it was not said whether there is one.
        Err(_) if line == 1 && header && !field.iter().any(u8::is_ascii_digit) => {
            guessed = true;
            true
        }
        Err(error) => {
            wrong = Some((line, error));
            false
        }
    })?;
    if let Some((line, error)) = wrong {
        return Err(Error::new(format!("{}, line {line}: {error}", path.display()))
            .hint("a person who cannot be found on a list would be judged as if they were not on it; correct the list"));
    }
    // An error message in the place of a list would otherwise be a list of nobody.
    if guessed && numbers.is_empty() {
        return Err(Error::new(format!("{}, line 1: this is not an NHS number", path.display()))
            .hint("when it is a header over an empty list, say `header = true`"));
    }
    List::of_numbers(table.of, others, numbers)
        .map_err(|error| Error::new(format!("{}: {error}", path.display())))
}

fn keys(table: &ListTable, others: Others, path: &Path) -> Result<List, Error> {
    if table.header.is_none() && !matches!(table.column, Some(ColumnName::Name(_))) {
        return Err(Error::new(format!("{}: say whether the list has a `header`", path.display())));
    }
    let mut empty = None;
    let mut keys = Vec::new();
    read(table, path, |line, _, field| {
        if field.is_empty() {
            empty = Some(line);
        }
        keys.push(field.to_vec());
        empty.is_none()
    })?;
    if let Some(line) = empty {
        return Err(Error::new(format!("{}, line {line}: the key is empty", path.display())));
    }
    Ok(List::of_keys(table.of, others, keys))
}

/// Gives each field of the list's column, with its line and whether a header may stand there, until
/// it is told to stop.
fn read(
    table: &ListTable,
    path: &Path,
    mut each: impl FnMut(u64, bool, &[u8]) -> bool,
) -> Result<(), Error> {
    let refuse = |what: String| Error::new(format!("{}: {what}", path.display()));
    let file = File::open(path).map_err(|error| refuse(error.to_string()))?;
    let named = matches!(table.column, Some(ColumnName::Name(_)));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(without_mark(file).map_err(|error| refuse(error.to_string()))?);
    let mut column = match table.column {
        Some(ColumnName::Position(position)) => (position as usize)
            .checked_sub(1)
            .ok_or_else(|| refuse("columns are counted from 1".to_owned()))?,
        Some(ColumnName::Name(_)) | None => 0,
    };
    let mut record = csv::ByteRecord::new();
    let mut first = true;
    while reader.read_byte_record(&mut record).map_err(|error| refuse(error.to_string()))? {
        let line = record.position().map_or(0, csv::Position::line);
        if std::mem::take(&mut first)
            && let Some(ColumnName::Name(name)) = &table.column
        {
            column = record
                .iter()
                .position(|field| field == name.as_bytes())
                .ok_or_else(|| refuse(format!("the header has no column `{name}`")))?;
            continue;
        }
        if line == 1 && table.header == Some(true) && !named {
            continue;
        }
        let field = record
            .get(column)
            .ok_or_else(|| refuse(format!("line {line} has no column {}", column + 1)))?;
        if !each(line, table.header.is_none(), field) {
            return Ok(());
        }
    }
    Ok(())
}

/// The file after its byte order mark, if it has one.
fn without_mark(mut file: File) -> std::io::Result<File> {
    use std::io::{Read, Seek, SeekFrom};
    let mut mark = [0; 3];
    let read = file.read(&mut mark)?;
    if read < 3 || mark != *b"\xEF\xBB\xBF" {
        file.seek(SeekFrom::Start(0))?;
    }
    Ok(file)
}

/// The folder from which a request file's paths are seen.
pub(super) fn folder(request: &Path) -> PathBuf {
    request.parent().map(Path::to_path_buf).unwrap_or_default()
}
