//! The register and the lists, read into memory.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::iter::repeat_n;
use std::path::{Path, PathBuf};

use optout::Date;
use optout::extract::{Counts, Known, Met, Packing, Stream};
use optout::record::columns::Column;
use optout::record::{Digest, Digesting, List, Lists, MaxAge, Members, Others, Register};
use optout::release::audit::{Recorded, Source};
use optout::release::{Check, CheckKind};

use super::plan::{ColumnName, ListTable, NamedBy, PeopleTable, RegisterTable, Release};
use super::type1;
use crate::error::Error;
use crate::input::Input;
use crate::request_file::Day;

/// Everything that is known of people, and where it came from.
#[derive(Debug, Default)]
pub(super) struct Sources {
    registers: Vec<Opened>,
    /// The days on which they must be of use: that of the disclosure, and of the run.
    days: Vec<Date>,
    lists: Lists,
    /// For each list, its file, and whether it may be that nobody in the tables is on it.
    named: Vec<(String, bool)>,
    /// Which lists hold a key of the tables.
    met: Met,
    pub(super) recorded: Vec<Source>,
    /// What deserves a second look.
    pub(super) warnings: Vec<String>,
    /// For each of those but the registers, which list was made of it, where one was.
    lists_of: Vec<Option<usize>>,
    /// The national checks among the lists.
    checks: Vec<Check>,
}

/// A register, and for how long it may be used.
#[derive(Debug)]
struct Opened {
    name: String,
    register: Register,
    max_age: MaxAge,
}

/// In fewer rows it may well be that nobody is known.
const FEW: u64 = 20;

impl Sources {
    /// Reads them. Paths are seen from the folder of the request file.
    /// The Type 1 status is that of the day of the disclosure, `on`.
    pub(super) fn read(
        release: &Release,
        folder: &Path,
        on: Date,
        today: Option<Date>,
    ) -> Result<Self, Error> {
        let days = [on].into_iter().chain(today).collect();
        let mut sources = Self { days, ..Self::default() };
        let mut lists = Vec::new();
        let by = release.people.named_by;
        for table in &release.registers {
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
            let shown = folder.join(&table.entries).display().to_string();
            sources.named.push((shown, table.may_match_nobody));
        }
        for table in &release.lists {
            sources.lists_of.push(Some(lists.len()));
            lists.push(sources.list(table, by, folder)?);
            let shown = folder.join(&table.file).display().to_string();
            sources.named.push((shown, table.may_match_nobody));
        }
        sources.lists = Lists::new(lists).map_err(Error::new)?;
        sources.met = Met::new(sources.registers.len(), &sources.lists);
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
            file: Recorded::new(shown.clone(), whole),
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
        let max_age = MaxAge::days(table.max_age_days);
        self.registers.push(Opened { name: shown, register, max_age });
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
            self.checks.push(Check { name: shown, checked, max_age, kind: CheckKind::List });
        }
        Ok(list)
    }

    /// What they say on the day of the disclosure. A register that may not be used on one of the days
    /// knows nobody.
    pub(super) fn known(&self) -> Known<'_> {
        let known = self.registers.iter().fold(Known::new(), |known, of| {
            let views = self.days.iter().map(|day| of.register.at(*day, of.max_age));
            match views.min_by_key(|view| view.freshness().is_fresh()) {
                Some(view) => known.register(view),
                None => known,
            }
        });
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

    /// How often anything was known of anybody in the tables so far.
    pub(super) fn found(&self) -> u64 {
        self.met.all()
    }

    /// Stops when a key of the tables so far is on a list in another form only.
    pub(super) fn in_one_form(&self, table: &str, people: &PeopleTable) -> Result<(), Error> {
        let unlike = self.met.in_another_form().next().filter(|_| !people.similar_keys_differ);
        if let Some((place, times)) = unlike
            && let Some((shown, _)) = self.named.get(place)
        {
            return Err(Error::new(format!(
                "{shown}: a key of {table} is here only in another form (capitals, zeros in front, `.0`, hyphens or braces), in {times} of its fields, and one that is the same in {}: nobody would be found by the other form",
                self.met.list(place)
            ))
            .hint("write the keys of this file and of the tables in one form; say `similar-keys-differ = true` under [people] when such keys are of two people"));
        }
        Ok(())
    }

    /// Stops when nothing is known of anybody in so many rows, and nobody left: the column may be the
    /// wrong one, or the sources of other people, and a release of nothing would look like a release.
    /// `before` is what was [found](Self::found) before these rows.
    pub(super) fn know_somebody(
        &self,
        whose: &str,
        counts: &Counts,
        before: u64,
        people: &PeopleTable,
    ) -> Result<(), Error> {
        let known = counts.kept() > 0 || self.found() > before || self.recorded.is_empty();
        let meant = people.may_match_nobody || self.named.iter().any(|(_, meant)| *meant);
        if counts.rows() < FEW || known || meant {
            return Ok(());
        }
        let hint = match people.named_by {
            NamedBy::NhsNumber => {
                "are they the people of whom the national check was asked? And is it the column that names people?"
            }
            NamedBy::Key => {
                "is it the column that names people? Compare its keys with those of the lists: another pseudonym, a prefix"
            }
        };
        Err(Error::new(format!(
            "{whose}: of {} rows none could leave, and no source knows anybody in them",
            counts.rows()
        ))
        .hint(hint)
        .hint("say `may-match-nobody = true` under [people] when that is right"))
    }

    /// Records, once the tables were read, how often each said something.
    pub(super) fn count(&mut self) {
        let registers = (0..self.registers.len()).map(|place| Some(self.met.register(place)));
        let lists = self.lists_of.iter().map(|place| place.map(|place| self.met.list(place)));
        for (source, matched) in self.recorded.iter_mut().zip(registers.chain(lists)) {
            source.matched = matched;
        }
    }

    /// The national checks among them.
    pub(super) fn checks(&self) -> Vec<Check> {
        let alone = self.registers.len() == 1;
        let registers = self.registers.iter().map(|Opened { name, register, max_age }| Check {
            name: if alone { "the register".to_owned() } else { name.clone() },
            checked: register.checked(),
            max_age: *max_age,
            kind: CheckKind::Register,
        });
        registers.chain(self.checks.iter().cloned()).collect()
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
