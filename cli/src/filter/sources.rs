//! The register and the lists, read into memory.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::iter::repeat_n;
use std::path::{Path, PathBuf};

use optout::Date;
use optout::extract::{Known, Met, Packing, Stream};
use optout::record::columns::Column;
use optout::record::{Digest, Digesting, List, Lists, MaxAge, Members, Others, Register};
use optout::release::Check;
use optout::release::audit::{Recorded, Source};

use super::plan::{ColumnName, ListTable, NamedBy, RegisterTable, Release};
use super::type1;
use crate::error::Error;
use crate::input::Input;
use crate::request_file::Day;

/// Everything that is known of people, and where it came from.
#[derive(Debug, Default)]
pub(super) struct Sources {
    register: Option<(Register, MaxAge)>,
    lists: Lists,
    /// For each list, its file, and whether it may be that nobody in the tables is on it.
    named: Vec<(String, bool)>,
    /// Which lists hold a key of the tables.
    met: Met,
    pub(super) recorded: Vec<Source>,
    /// What deserves a second look.
    pub(super) warnings: Vec<String>,
    /// For each of those but the register, which list was made of it, where one was.
    lists_of: Vec<Option<usize>>,
    /// The national checks among the lists.
    checks: Vec<Check>,
}

impl Sources {
    /// Reads them. Paths are seen from the folder of the request file.
    /// The Type 1 status is that of the day of the disclosure.
    pub(super) fn read(release: &Release, folder: &Path, on: Date) -> Result<Self, Error> {
        let mut sources = Self::default();
        let mut lists = Vec::new();
        let by = release.people.named_by;
        if let Some(table) = &release.register {
            if by == NamedBy::Key {
                return Err(Error::new(
                    "a register answers for NHS numbers, and the rows name people by a key",
                )
                .hint("give lists that hold the same keys"));
            }
            sources.register(table, folder)?;
        }
        if let Some(table) = &release.type1 {
            lists.push(type1::read(table, by, folder, on, &mut sources)?);
            let of_list = 1 + usize::from(table.registrations.is_some());
            let of_practices = usize::from(table.has_practices_in_a_file());
            sources.lists_of.extend(repeat_n(Some(0), of_list).chain(repeat_n(None, of_practices)));
            sources.named.push((folder.join(&table.entries).display().to_string(), true));
        }
        for table in &release.lists {
            sources.lists_of.push(Some(lists.len()));
            lists.push(sources.list(table, by, folder)?);
            let shown = folder.join(&table.file).display().to_string();
            sources.named.push((shown, table.may_match_nobody));
        }
        sources.lists = Lists::new(lists).map_err(Error::new)?;
        sources.met = Met::new(&sources.lists);
        Ok(sources)
    }

    fn register(&mut self, table: &RegisterTable, folder: &Path) -> Result<(), Error> {
        let path = folder.join(&table.file);
        let shown = path.display().to_string();
        let register = Register::open(&path).map_err(|error| {
            Error::new(format!("{shown}: {error}"))
                .hint("`optout check read` makes a register from a request and its response")
        })?;
        let file = register.as_bytes();
        let whole = Stream { bytes: file.len() as u64, digest: Digest::of(file) };
        self.recorded.push(Source {
            kind: "register".to_owned(),
            file: Recorded::new(shown, whole),
            people: register.asked(),
            opted_out: register.opted_out(),
            rows: None,
            matched: None,
            ignored: BTreeMap::new(),
            type1: None,
            others: None,
            checked: Some(register.checked()),
            max_age_days: Some(table.max_age_days),
        });
        self.register = Some((register, MaxAge::days(table.max_age_days)));
        Ok(())
    }

    fn list(&mut self, table: &ListTable, by: NamedBy, folder: &Path) -> Result<List, Error> {
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
        let dialect = table.dialect().map_err(Error::new)?;
        let (mut members, file) = read(&path, |reader| {
            let mut members = nobody(by);
            members.add_table(reader, &dialect, &column(table)).map_err(|error| {
                Error::new(format!("{shown}: {error}"))
                    .hint("a person who cannot be found on a list would be judged as if they were not on it; correct the list, or say which `column` it is and whether there is a `header`")
            })?;
            Ok(members)
        })?;
        if table.may_be_empty {
            members = members.confirmed_empty();
        }
        let hint = "check the file; say `may-be-empty = true` when nobody is meant to be on it";
        if members.is_empty() && !table.may_be_empty {
            return Err(refuse("the list is empty").hint(hint));
        }
        let list =
            List::new(table.of, others, members).map_err(|error| refuse(&error.to_string()))?;
        self.recorded.push(Source {
            kind: table.of.code().to_owned(),
            file,
            people: list.people(),
            opted_out: list.chose(),
            rows: None,
            matched: None,
            ignored: BTreeMap::new(),
            type1: None,
            others: table.others.map(|others| others.code().to_owned()),
            checked: checked.map(|(checked, _)| checked),
            max_age_days: checked.map(|(_, age)| age.as_days()),
        });
        if let Some((checked, max_age)) = checked {
            self.checks.push(Check { name: shown, checked, max_age });
        }
        Ok(list)
    }

    /// What they say on the day of a disclosure.
    pub(super) fn known(&self, on: Date) -> Known<'_> {
        let known = match &self.register {
            Some((register, age)) => Known::new().register(register.at(on, *age)),
            None => Known::new(),
        };
        known.lists(&self.lists).noting(&self.met)
    }

    /// Stops, once the tables were read, when nobody in them is on a list that clears all others: its
    /// keys may be of another form.
    pub(super) fn matched(&self) -> Result<(), Error> {
        for place in self.met.unmet(&self.lists) {
            if let Some((shown, false)) = self.named.get(place) {
                return Err(Error::new(format!(
                    "{shown}: nobody in the tables is on this list, and who is not counts as not opted out"
                ))
                .hint("compare its keys with those of the tables: the column, the delimiter, capitals, a prefix; say `may-match-nobody = true` when they are of one form and nobody is meant to match"));
            }
        }
        Ok(())
    }

    /// Records, once the tables were read, how often each said something.
    pub(super) fn count(&mut self) {
        let register = self.register.iter().map(|_| Some(self.met.register()));
        let lists = self.lists_of.iter().map(|place| place.map(|place| self.met.list(place)));
        for (source, matched) in self.recorded.iter_mut().zip(register.chain(lists)) {
            source.matched = matched;
        }
    }

    /// The national checks among them.
    pub(super) fn checks(&self) -> Vec<Check> {
        let register = self.register.iter().map(|(register, max_age)| Check {
            name: "the register".to_owned(),
            checked: register.checked(),
            max_age: *max_age,
        });
        register.chain(self.checks.iter().cloned()).collect()
    }
}

/// Reads a file to its end, unpacked where its name says that it is packed, and records it as it is.
pub(super) fn read<T>(
    path: &Path,
    with: impl FnOnce(&mut dyn Read) -> Result<T, Error>,
) -> Result<(T, Recorded), Error> {
    let cannot = |error: io::Error| Error::new(format!("cannot read {}: {error}", path.display()));
    let mut file = Digesting::new(Input::open(path).map_err(cannot)?);
    let read = with(&mut Packing::of_name(path).0.unpack(&mut file).map_err(cannot)?)?;
    io::copy(&mut file, &mut io::sink()).map_err(cannot)?;
    let (bytes, digest) = file.finish();
    Ok((read, Recorded::new(path.display().to_string(), Stream { bytes, digest })))
}

/// Nobody, by the kind of key that names people.
pub(super) fn nobody(by: NamedBy) -> Members {
    match by {
        NamedBy::NhsNumber => Members::of_numbers(),
        NamedBy::Key => Members::of_pseudonyms(),
    }
}

fn column(table: &ListTable) -> Column {
    table.column.as_ref().map_or(Column::Place(1), ColumnName::column)
}

/// The folder from which a request file's paths are seen.
pub(super) fn folder(request: &Path) -> PathBuf {
    request.parent().map(Path::to_path_buf).unwrap_or_default()
}
