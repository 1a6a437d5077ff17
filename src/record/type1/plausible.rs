//! Whether a history can be what it is said to be: what a wrong column, a broken export or a typing
//! error would look like.

use core::cmp::Reverse;
use core::fmt;
use core::hash::Hash;
use std::borrow::ToOwned;
use std::string::String;
use std::vec::Vec;

use super::Ignored;
use super::history::{History, Record};

/// Entries without a code that can be read, in per cent, which no setting lets a history exceed.
pub const UNREADABLE_AT_MOST: f64 = 50.0;
/// The same where nothing is said.
const UNREADABLE_UNLESS_SAID: f64 = 5.0;
/// Entries of a practice among which more than half without a code show that something is wrong.
const ENTRIES_OF_A_PRACTICE: u64 = 20;
/// Patients among whom somebody has a Type 1 opt-out: of 63 million people about 2 million have, so
/// that none among 300 comes about once in 24,000.
const PATIENTS_WITH_NONE: u64 = 300;
/// How many practices are named in one message.
const NAMED: usize = 10;

/// What a caller accepts of a history.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// The largest share of entries without a code that can be read, in per cent.
    pub unreadable_at_most: f64,
    /// Practices that have no Type 1 entry, letter for letter.
    pub no_type1_at: Vec<String>,
}

impl Default for Accepted {
    fn default() -> Self {
        Self { unreadable_at_most: UNREADABLE_UNLESS_SAID, no_type1_at: Vec::new() }
    }
}

/// Why a history must not be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Implausible {
    /// The wrong column was named.
    #[error(
        "rows with a Type 1 code elsewhere than in the column of codes: {elsewhere}; rows with one there: {read}; so the wrong column is named"
    )]
    Elsewhere {
        /// Entries with a Type 1 code in another field.
        elsewhere: u64,
        /// Entries read as a Type 1 code.
        read: u64,
    },
    /// Too many entries have no code that can be read.
    #[error(
        "rows without a code that can be read in its system: {unreadable} of {entries}, more than {at_most} %; the column, its system or the export is wrong"
    )]
    Unreadable {
        /// Entries without a code that can be read.
        unreadable: u64,
        /// All entries.
        entries: u64,
        /// The largest share, in per cent.
        at_most: f64,
    },
    /// More than half of the entries of a practice have none.
    #[error(
        "more than half of the rows have no code that can be read in its system at {practices}"
    )]
    UnreadableAt {
        /// The practices.
        practices: AtPractices,
    },
    /// No entry is a Type 1 code.
    #[error("no entry is a Type 1 code, and about one person in 30 has one")]
    NoType1,
    /// None is of a practice with many patients.
    #[error(
        "no entry is a Type 1 code at {practices}, with more than {PATIENTS_WITH_NONE} patients each"
    )]
    NoType1At {
        /// The practices.
        practices: AtPractices,
    },
    /// No practice that was read is in the data.
    #[error(
        "none of the practices that were read is in the entries or the registrations: {practices}"
    )]
    NothingOfRead {
        /// The practices.
        practices: AtPractices,
    },
    /// A practice is said to have no entry, and was not read.
    #[error("said to have no Type 1 entry, and not to have been read: {practices}")]
    NotRead {
        /// The practices.
        practices: AtPractices,
    },
}

/// What deserves a second look in a history.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Doubt {
    /// Some entries have no code that can be read.
    #[error("entries without a code that can be read in its system: {unreadable} of {entries}")]
    Unreadable {
        /// Those entries.
        unreadable: u64,
        /// All.
        entries: u64,
    },
    /// Some rows have a Type 1 code elsewhere.
    #[error(
        "entries with a Type 1 code elsewhere than in the column of codes: {elsewhere}; people unknown for it: {people}"
    )]
    Elsewhere {
        /// Those rows.
        elsewhere: u64,
        /// Those people.
        people: u64,
    },
    /// Practices that were read and have no Type 1 entry.
    #[error("no entry is a Type 1 code at {practices}, of the practices that were read")]
    NoType1At {
        /// The practices, with their patients.
        practices: AtPractices,
    },
    /// Practices that were read and that nothing names.
    #[error(
        "said to have been read, and in neither the entries nor the registrations: {practices}"
    )]
    Absent {
        /// The practices.
        practices: AtPractices,
    },
    /// Practices that people are or were registered with, and that were not read.
    #[error("not read, so that whoever was there is unknown: {practices}")]
    NotRead {
        /// The practices, with their people.
        practices: AtPractices,
    },
    /// People who have left the practices that were read.
    #[error(
        "people unknown only because on the day they are registered with no practice that was read: {people}"
    )]
    Unregistered {
        /// Those people.
        people: u64,
    },
}

/// Practices, and how many people of each are meant. Of the data only what looks like the code of a
/// practice is shown, because a wrong column may hold anything; of what the caller says, more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AtPractices {
    shown: Vec<(String, Option<u64>)>,
    practices: u64,
    people: u64,
}

impl AtPractices {
    /// How many.
    #[must_use]
    pub const fn len(&self) -> u64 {
        self.practices
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.practices == 0
    }

    fn add(&mut self, name: &str, people: Option<u64>) {
        self.add_if(is_code_of_a_practice(name), name, people);
    }

    /// Adds one that the caller named.
    fn add_said(&mut self, name: &str, people: Option<u64>) {
        let digits = name.bytes().filter(u8::is_ascii_digit).count();
        let plain = name.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        self.add_if(plain && name.len() <= 20 && digits < 9, name, people);
    }

    fn add_if(&mut self, shown: bool, name: &str, people: Option<u64>) {
        self.practices += 1;
        self.people += people.unwrap_or_default();
        if shown && self.shown.len() < NAMED {
            self.shown.push((name.to_owned(), people));
        }
    }
}

impl fmt::Display for AtPractices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} practice{}", self.practices, if self.practices == 1 { "" } else { "s" })?;
        if self.people > 0 {
            write!(f, " ({} people)", self.people)?;
        }
        for (place, (name, people)) in self.shown.iter().enumerate() {
            write!(f, "{}{name}", if place == 0 { ", " } else { "; " })?;
            if let Some(people) = people {
                write!(f, " with {people}")?;
            }
        }
        if !self.shown.is_empty() && (self.shown.len() as u64) < self.practices {
            write!(f, "; and others")?;
        }
        Ok(())
    }
}

/// Whether it looks like `A81001` or the number of an organisation, and not like anything of a patient.
fn is_code_of_a_practice(name: &str) -> bool {
    let digits = name.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    name.len() - digits.len() <= 3
        && (1..=6).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// How many people each practice has, by its number: those registered on the day, and all.
struct Counted(Vec<(u64, u64)>);

impl Counted {
    fn of<K: Eq + Hash>(history: &History<K>) -> Self {
        let mut counts = std::vec![(0, 0); history.practices.len()];
        for place in history.records().flat_map(Record::places) {
            if let Some((registered, all)) = counts.get_mut(place.practice() as usize) {
                *registered += u64::from(place.is_registered());
                *all += 1;
            }
        }
        Self(counts)
    }

    fn of_practice(&self, number: u32) -> (u64, u64) {
        self.0.get(number as usize).copied().unwrap_or_default()
    }
}

impl<K: Eq + Hash> History<K> {
    /// Whether the history, read to its end with the registrations, can be what it is said to be; and
    /// what deserves a second look in it.
    ///
    /// # Errors
    /// It cannot, so that opt-outs would be lost: nothing of it must be used.
    pub fn plausible(&self, accepted: &Accepted) -> Result<Vec<Doubt>, Implausible> {
        self.codes_are_plausible(accepted)?;
        let counted = Counted::of(self);
        self.practices_are_plausible(accepted, &counted)?;
        Ok(self.doubts(accepted, &counted))
    }

    fn codes_are_plausible(&self, accepted: &Accepted) -> Result<(), Implausible> {
        let report = self.report();
        let (elsewhere, read) = (report.elsewhere, report.type1());
        if elsewhere > read {
            return Err(Implausible::Elsewhere { elsewhere, read });
        }
        let (unreadable, entries) = (report.ignored(Ignored::Unreadable), report.entries);
        let at_most = accepted.unreadable_at_most.min(UNREADABLE_AT_MOST);
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        let is_within = unreadable as f64 * 100.0 <= at_most * entries as f64;
        if !is_within {
            return Err(Implausible::Unreadable { unreadable, entries, at_most });
        }
        let mut practices = AtPractices::default();
        for (name, _, practice) in self.practices.sorted() {
            let half = practice.unreadable > practice.entries / 2;
            if practice.entries >= ENTRIES_OF_A_PRACTICE && half {
                practices.add(name, None);
            }
        }
        if practices.is_empty() { Ok(()) } else { Err(Implausible::UnreadableAt { practices }) }
    }

    fn practices_are_plausible(
        &self,
        accepted: &Accepted,
        counted: &Counted,
    ) -> Result<(), Implausible> {
        let stop = |practices: AtPractices, why: fn(AtPractices) -> Implausible| {
            if practices.is_empty() { Ok(()) } else { Err(why(practices)) }
        };
        let mut not_read = AtPractices::default();
        for name in accepted.no_type1_at.iter().filter(|name| !self.is_read(name)) {
            not_read.add_said(name, None);
        }
        stop(not_read, |practices| Implausible::NotRead { practices })?;
        let practices = self.practices.sorted();
        let read = || practices.iter().filter(|(.., practice)| practice.read);
        let (mut silent, mut many) = (AtPractices::default(), AtPractices::default());
        for (name, ..) in read() {
            silent.add_said(name, None);
        }
        if read().any(|(.., practice)| practice.named) {
            silent = AtPractices::default();
        }
        stop(silent, |practices| Implausible::NothingOfRead { practices })?;
        let is_said = |name: &str| accepted.no_type1_at.iter().any(|said| said == name);
        let all_said = read().next().is_some() && read().all(|(name, ..)| is_said(name));
        if self.report().type1() == 0 && !all_said {
            return Err(Implausible::NoType1);
        }
        for (name, number, practice) in read() {
            let (registered, _) = counted.of_practice(*number);
            if registered > PATIENTS_WITH_NONE && practice.type1 == 0 && !is_said(name) {
                many.add_said(name, Some(registered));
            }
        }
        stop(many, |practices| Implausible::NoType1At { practices })
    }

    fn doubts(&self, accepted: &Accepted, counted: &Counted) -> Vec<Doubt> {
        let (report, people) = (self.report(), self.people());
        let [mut none, mut absent, mut not_read] = [(); 3].map(|()| AtPractices::default());
        let mut practices = self.practices.sorted();
        // What leaves most people unknown comes first.
        practices.sort_by_key(|(_, number, _)| Reverse(counted.of_practice(*number).1));
        for (name, number, practice) in practices {
            let (registered, all) = counted.of_practice(number);
            let is_said = || accepted.no_type1_at.iter().any(|said| said == name);
            if !practice.read {
                not_read.add(name, Some(all));
            } else if !practice.named {
                absent.add_said(name, None);
            } else if practice.type1 == 0 && !is_said() {
                none.add_said(name, Some(registered));
            }
        }
        let unreadable = report.ignored(Ignored::Unreadable);
        let (entries, elsewhere) = (report.entries, report.elsewhere);
        let doubts = [
            (unreadable > 0, Doubt::Unreadable { unreadable, entries }),
            (elsewhere > 0, Doubt::Elsewhere { elsewhere, people: people.elsewhere }),
            (!none.is_empty(), Doubt::NoType1At { practices: none }),
            (!absent.is_empty(), Doubt::Absent { practices: absent }),
            (!not_read.is_empty(), Doubt::NotRead { practices: not_read }),
            (people.unregistered > 0, Doubt::Unregistered { people: people.unregistered }),
        ];
        doubts.into_iter().filter_map(|(is, doubt)| is.then_some(doubt)).collect()
    }
}
