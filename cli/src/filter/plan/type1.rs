//! What a request file says of coded entries.

use std::collections::BTreeMap;
use std::path::PathBuf;

use optout::record::MaxAge;
use optout::record::columns::Dialect;
use optout::record::type1::table::{Codes, DateFormat, Flag};
use optout::record::type1::{Accepted, AllRegistered, CodeSystem, UNREADABLE_AT_MOST};
use serde::Deserialize;

use super::super::header::{HeaderSaid, header};
use super::{ColumnName, OneOrMore, delimiter};
use crate::request_file::Day;

/// `[type1]`: coded entries of GP records, from which the Type 1 status follows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Type1Table {
    pub(crate) entries: PathBuf,
    /// What the first row is; it names the columns when all of them are by name.
    pub(crate) header: Option<HeaderSaid>,
    pub(crate) delimiter: Option<String>,
    pub(crate) patient: ColumnName,
    pub(crate) code: OneOrMore,
    /// The system of every code, or of each column of codes; else a column says it, whose values
    /// `systems` explains.
    pub(crate) system: Option<OneOrEach>,
    pub(crate) system_column: Option<ColumnName>,
    #[serde(default)]
    pub(crate) systems: BTreeMap<String, CodeSystem>,
    pub(crate) date: ColumnName,
    #[serde(default)]
    pub(crate) dates: Dates,
    /// Values of the date that stand for none.
    #[serde(default)]
    pub(crate) undated: Vec<String>,
    /// The column that says at which practice an entry was made.
    pub(crate) practice: ColumnName,
    /// The practices whose records are here in full.
    pub(crate) practices_read: PracticesRead,
    /// Those of them that have no Type 1 entry.
    #[serde(default)]
    pub(crate) no_type1_at: Vec<String>,
    /// The largest share of entries, in per cent, without a code that can be read.
    pub(crate) unreadable_codes_at_most: Option<f64>,
    pub(crate) registrations: Option<RegistrationsTable>,
    /// Everybody in the registrations was registered on this day.
    pub(crate) all_registered_on: Option<Day>,
    pub(crate) all_registered_max_age_days: Option<u16>,
    /// No entries is what the practices have.
    #[serde(default)]
    pub(crate) may_be_empty: bool,
    /// Nobody who has an entry is registered.
    #[serde(default)]
    pub(crate) may_match_nobody: bool,
    pub(crate) deleted: Option<FlagTable>,
    pub(crate) entered_in_error: Option<FlagTable>,
}

/// The system of all codes, or of each column of codes.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a code system (read-v2, ctv3, snomed-ct), or one for each column")]
pub(crate) enum OneOrEach {
    One(CodeSystem),
    Each(Vec<CodeSystem>),
}

/// Which practices were read in full.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a list of practices, or `{ file = \"…\", column = \"…\" }`")]
pub(crate) enum PracticesRead {
    Named(Vec<String>),
    In(PracticesFile),
}

/// A table of practices.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PracticesFile {
    pub(crate) file: PathBuf,
    pub(crate) column: ColumnName,
    /// As that of the entries.
    pub(crate) header: Option<HeaderSaid>,
    pub(crate) delimiter: Option<String>,
}

/// How dates are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Dates {
    #[default]
    Iso,
    IsoBasic,
    DayMonthYear,
    DayMonthName,
}

impl Dates {
    pub(crate) const fn format(self) -> DateFormat {
        match self {
            Self::Iso => DateFormat::Iso,
            Self::IsoBasic => DateFormat::IsoBasic,
            Self::DayMonthYear => DateFormat::DayMonthYear,
            Self::DayMonthName => DateFormat::DayMonthName,
        }
    }
}

/// Who is, or was, registered where.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RegistrationsTable {
    pub(crate) file: PathBuf,
    /// As that of the entries.
    pub(crate) header: Option<HeaderSaid>,
    pub(crate) delimiter: Option<String>,
    pub(crate) patient: ColumnName,
    pub(crate) practice: ColumnName,
    /// The last day, inclusive.
    pub(crate) until: Option<ColumnName>,
    /// Whether it ended by death.
    pub(crate) died: Option<FlagTable>,
}

/// A column that marks rows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FlagTable {
    pub(crate) column: ColumnName,
    pub(crate) set: Vec<String>,
    pub(crate) clear: Vec<String>,
}

impl FlagTable {
    pub(crate) fn flag(&self) -> Flag {
        Flag { column: self.column.column(), set: self.set.clone(), clear: self.clear.clone() }
    }
}

impl Type1Table {
    /// What contradicts itself, before anything is read.
    pub(super) fn check(&self) -> Result<(), String> {
        self.dialect()?;
        self.codes()?;
        if let PracticesRead::In(table) = &self.practices_read {
            table.dialect()?;
        }
        if let Some(share) = self.unreadable_codes_at_most
            && !(0.0..=UNREADABLE_AT_MOST).contains(&share)
        {
            return Err(format!(
                "[type1]: `unreadable-codes-at-most` is a share from 0 to {UNREADABLE_AT_MOST} per cent"
            ));
        }
        let all = self.all_registered_on.is_some();
        if all != self.all_registered_max_age_days.is_some() {
            return Err("[type1]: `all-registered-on` and `all-registered-max-age-days`, how old that may be, go together".into());
        }
        let Some(registrations) = &self.registrations else {
            return if all {
                Err("[type1]: `all-registered-on` is said of `registrations`, and there are none; an entry does not show that somebody is registered".into())
            } else {
                Ok(())
            };
        };
        registrations.dialect()?;
        let file = registrations.file.display();
        match (&registrations.until, all, &registrations.died) {
            (Some(_), false, _) | (None, true, None) => Ok(()),
            (None, false, _) => Err(format!(
                "{file}: nothing says when registrations end, and who has left may have opted out elsewhere; name the column of the last day in `registrations` (`until = \"…\"`), or say in [type1] on which day all of them were registered (`all-registered-on` and `all-registered-max-age-days`)"
            )),
            (Some(_), true, _) => Err(format!(
                "{file}: either a column says when registrations end (`until`), or all of them go on (`all-registered-on`); leave out one"
            )),
            (None, true, Some(_)) => {
                Err(format!("{file}: `died` tells how a registration ended, so it needs `until`"))
            }
        }
    }

    /// Every file that is read.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        let practices = match &self.practices_read {
            PracticesRead::Named(_) => None,
            PracticesRead::In(table) => Some(&table.file),
        };
        let registrations = self.registrations.as_ref().map(|table| &table.file);
        [&self.entries].into_iter().chain(registrations).chain(practices)
    }

    /// Whether a file says which practices were read.
    pub(crate) const fn has_practices_in_a_file(&self) -> bool {
        matches!(self.practices_read, PracticesRead::In(_))
    }

    /// How the entries are written.
    pub(crate) fn dialect(&self) -> Result<Dialect, String> {
        let delimiter = delimiter(self.delimiter.as_deref(), &self.entries)?;
        let flags = [&self.deleted, &self.entered_in_error].into_iter().flatten();
        let columns = [&self.patient, &self.date, &self.practice]
            .into_iter()
            .chain(self.code.columns())
            .chain(&self.system_column)
            .chain(flags.map(|flag| &flag.column));
        let header = header(&self.entries, self.header.as_ref(), columns)?;
        Ok(Dialect { delimiter, header, line_breaks: false })
    }

    /// Where the codes are, and of what system.
    pub(crate) fn codes(&self) -> Result<Codes, String> {
        let columns = || self.code.columns().iter().map(ColumnName::column);
        let systems = || self.systems.iter().map(|(value, system)| (value.clone(), *system));
        let file = self.entries.display();
        match (&self.system, &self.system_column, self.code.columns()) {
            (_, _, []) => Err(format!("{file}: `code` names no column")),
            (Some(OneOrEach::One(system)), None, _) if self.systems.is_empty() => {
                Ok(Codes::Columns(columns().map(|column| (column, *system)).collect()))
            }
            (Some(OneOrEach::Each(systems)), None, named) if self.systems.is_empty() => {
                if systems.len() == named.len() {
                    Ok(Codes::Columns(columns().zip(systems.iter().copied()).collect()))
                } else {
                    Err(format!(
                        "{file}: `code` names {} columns and `system` {}; give each column its system, in one order",
                        named.len(),
                        systems.len()
                    ))
                }
            }
            (None, Some(system), [code]) if !self.systems.is_empty() => Ok(Codes::BySystem {
                code: code.column(),
                system: system.column(),
                values: systems().collect(),
            }),
            (None, Some(_), [_, _, ..]) => Err(format!(
                "{file}: `system-column` says the system of one column of codes, and `code` names several; give each its `system`"
            )),
            _ => Err(format!(
                "{file}: nothing says of what system the codes are; `system = \"read-v2\"` for all of them, or `system-column` and, under [type1.systems], what each of its values is"
            )),
        }
    }

    /// What is accepted of the entries.
    pub(crate) fn accepted(&self) -> Accepted {
        let accepted = Accepted { no_type1_at: self.no_type1_at.clone(), ..Accepted::default() };
        match self.unreadable_codes_at_most {
            Some(unreadable_at_most) => Accepted { unreadable_at_most, ..accepted },
            None => accepted,
        }
    }

    /// The day on which all were registered, where the request says so.
    pub(crate) fn all_registered(&self) -> Option<AllRegistered> {
        let (Some(Day(on)), Some(days)) =
            (&self.all_registered_on, self.all_registered_max_age_days)
        else {
            return None;
        };
        Some(AllRegistered { on: *on, max_age: MaxAge::days(days) })
    }
}

impl PracticesFile {
    /// How they are written.
    pub(crate) fn dialect(&self) -> Result<Dialect, String> {
        let delimiter = delimiter(self.delimiter.as_deref(), &self.file)?;
        let header = header(&self.file, self.header.as_ref(), [&self.column])?;
        Ok(Dialect { delimiter, header, line_breaks: false })
    }
}

impl RegistrationsTable {
    /// How they are written.
    pub(crate) fn dialect(&self) -> Result<Dialect, String> {
        let delimiter = delimiter(self.delimiter.as_deref(), &self.file)?;
        let died = self.died.iter().map(|flag| &flag.column);
        let columns = [&self.patient, &self.practice].into_iter().chain(&self.until).chain(died);
        let header = header(&self.file, self.header.as_ref(), columns)?;
        Ok(Dialect { delimiter, header, line_breaks: false })
    }
}
