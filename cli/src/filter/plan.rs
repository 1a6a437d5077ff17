//! What a request file says beyond the disclosure: who is named how, and which files.

mod type1;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use optout::extract::Packing;
use optout::record::columns::{Column, Dialect};
use optout::record::{ListOf, Others};
use optout::release::is_plain_name;
use serde::Deserialize;

pub(crate) use self::type1::{
    FlagTable, PracticesFile, PracticesRead, RegistrationsTable, Type1Table,
};
use super::header::{HeaderSaid, header};
pub(crate) use super::people::{NamedBy, PeopleTable};
pub(crate) use super::registers::RegisterTable;
use crate::request_file::Day;

/// The tables of a request file that only a release needs.
#[derive(Debug, Default)]
pub(crate) struct Release {
    pub(crate) people: PeopleTable,
    pub(crate) registers: Vec<RegisterTable>,
    pub(crate) type1: Option<Type1Table>,
    pub(crate) lists: Vec<ListTable>,
    pub(crate) tables: Vec<DataTable>,
}

impl Release {
    /// What contradicts itself, before anything is read.
    pub(crate) fn check(&self) -> Result<(), String> {
        self.people.check()?;
        if self.tables.is_empty() {
            return Err(
                "the request names no table; add `[[table]]` with `file` and `person`".into()
            );
        }
        for table in &self.lists {
            table.dialect()?;
        }
        if let Some(table) = &self.type1 {
            table.check()?;
        }
        let mut outputs = BTreeSet::from(["audit.json".to_owned()]);
        for table in &self.tables {
            table.form()?;
            let output = table.output()?;
            let packing = |path: &Path| match extension(path).as_str() {
                form @ ("gz" | "zst" | "parquet") => form.to_owned(),
                _ => String::new(),
            };
            if packing(&table.file) != packing(Path::new(&output)) {
                return Err(format!("{output}: the output has the form of its input; name it so"));
            }
            if outputs.contains(&output) || !is_plain_name(&output) {
                return Err(format!(
                    "`{output}` cannot be the name of a file of the release: it must be a plain name, used once, without an NHS number or a character that is not seen"
                ));
            }
            outputs.insert(output);
        }
        Ok(())
    }

    /// Every file that is read.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        let registers = self.registers.iter().map(|table| &table.file);
        let type1 = self.type1.iter().flat_map(Type1Table::files);
        let lists = self.lists.iter().map(|table| &table.file);
        let tables = self.tables.iter().map(|table| &table.file);
        let files = registers.chain(type1).chain(lists).chain(tables);
        files.map(PathBuf::as_path)
    }
}

/// `[[list]]`: people, and what being listed means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ListTable {
    pub(crate) of: ListOf,
    pub(crate) file: PathBuf,
    /// The first when left out.
    pub(crate) column: Option<ColumnName>,
    /// What the first row is; it names the columns when `column` is a name.
    pub(crate) header: Option<HeaderSaid>,
    pub(crate) delimiter: Option<String>,
    pub(crate) others: Option<Others>,
    pub(crate) checked: Option<Day>,
    pub(crate) max_age_days: Option<u16>,
    #[serde(default)]
    pub(crate) may_be_empty: bool,
    /// Whether it may be that nobody in the tables is on it; of keys alone.
    #[serde(default)]
    pub(crate) may_match_nobody: bool,
}

/// `[[table]]`: rows to be filtered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct DataTable {
    pub(crate) file: PathBuf,
    /// The columns that name people.
    pub(crate) person: OneOrMore,
    pub(crate) header: Option<HeaderSaid>,
    pub(crate) delimiter: Option<String>,
    /// Whether a quoted field may hold lines that read as rows.
    #[serde(default)]
    pub(crate) line_breaks: bool,
    /// The name of the file that is written; that of the one read when left out.
    pub(crate) output: Option<String>,
}

/// A column by its name or its position from 1.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "the name of a column, or its position from 1")]
pub(crate) enum ColumnName {
    Place(usize),
    Name(String),
}

impl ColumnName {
    pub(crate) fn column(&self) -> Column {
        match self {
            Self::Place(place) => Column::Place(*place),
            Self::Name(name) => Column::Named(name.clone()),
        }
    }

    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Place(place) => place.to_string(),
            Self::Name(name) => name.clone(),
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "a column, or a list of columns")]
pub(crate) enum OneOrMore {
    One(ColumnName),
    More(Vec<ColumnName>),
}

impl OneOrMore {
    pub(crate) fn columns(&self) -> &[ColumnName] {
        match self {
            Self::One(column) => std::slice::from_ref(column),
            Self::More(columns) => columns,
        }
    }
}

/// The form of a file, by what is said of it and by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Text(Dialect, Packing),
    Parquet,
}

impl DataTable {
    /// The name of the file that is written.
    pub(crate) fn output(&self) -> Result<String, String> {
        match (&self.output, self.file.file_name().and_then(|name| name.to_str())) {
            (Some(name), _) => Ok(name.clone()),
            (None, Some(name)) => Ok(name.to_owned()),
            (None, None) => Err(format!("{}: give the `output` a name", self.file.display())),
        }
    }

    pub(crate) fn form(&self) -> Result<Form, String> {
        let (packing, stem) = Packing::of_name(&self.file);
        let by_name = extension(&stem);
        if by_name == "parquet" {
            if packing != Packing::Plain {
                return Err(format!(
                    "{}: a Parquet table is not packed again; unpack it first",
                    self.file.display()
                ));
            }
            return if self.delimiter.is_some() || self.header.is_some() || self.line_breaks {
                Err(format!(
                    "{}: a Parquet table has no delimiter, header or lines",
                    self.file.display()
                ))
            } else {
                Ok(Form::Parquet)
            };
        }
        let delimiter = delimiter(self.delimiter.as_deref(), &stem)?;
        let header = header(&self.file, self.header.as_ref(), self.person.columns())?;
        Ok(Form::Text(Dialect { delimiter, header, line_breaks: self.line_breaks }, packing))
    }
}

impl ListTable {
    /// How it is written.
    pub(crate) fn dialect(&self) -> Result<Dialect, String> {
        let delimiter = delimiter(self.delimiter.as_deref(), &self.file)?;
        // The first column is one by its position.
        let first = [ColumnName::Place(1)];
        let columns = self.column.as_ref().map_or(&first[..], std::slice::from_ref);
        let header = header(&self.file, self.header.as_ref(), columns)?;
        Ok(Dialect { delimiter, header, line_breaks: false })
    }
}

/// What stands between two fields: what is said, or a tab for a file so named, or a comma.
pub(super) fn delimiter(given: Option<&str>, file: &Path) -> Result<u8, String> {
    match (given, extension(&Packing::of_name(file).1).as_str()) {
        (Some("tab"), _) | (None, "tsv" | "tab") => Ok(b'\t'),
        (None, _) => Ok(b','),
        (Some(given), _) => match given.as_bytes() {
            [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Ok(*byte),
            _ => Err(format!(
                "{}: the `delimiter` is not one that is accepted: one ASCII character, or `tab`",
                file.display()
            )),
        },
    }
}

fn extension(path: &Path) -> String {
    path.extension().and_then(|ext| ext.to_str()).unwrap_or_default().to_ascii_lowercase()
}
