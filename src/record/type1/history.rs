//! The entries of many patients, in any order.

use core::fmt;
use core::hash::Hash;
use std::borrow::ToOwned;
use std::collections::HashMap;
use std::string::String;
use std::vec::Vec;

use super::{CodeError, CodeSystem, OtherConsent, Recognised, recognise};
use crate::vocabulary::{UnknownCode, coded, read_code};
use crate::{Date, Type1};

/// Whether an entry stands in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryState {
    /// It does.
    Current,
    /// It was deleted.
    Deleted,
    /// It was marked as entered in error.
    EnteredInError,
}

/// A coded entry in a GP record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The terminology of the code.
    pub system: CodeSystem,
    /// The code, as [`recognise`] takes it.
    pub code: &'a [u8],
    /// The day from which the entry holds, where it has one.
    pub date: Option<Date>,
    /// Whether the entry stands.
    pub state: EntryState,
    /// The practice in whose record it is; letter for letter, such as an ODS code. Without one, no
    /// practice can be known to be the last.
    pub practice: Option<&'a str>,
}

impl<'a> Entry<'a> {
    /// An entry that stands, without a date or a practice.
    #[must_use]
    pub const fn new(system: CodeSystem, code: &'a [u8]) -> Self {
        Self { system, code, date: None, state: EntryState::Current, practice: None }
    }

    /// The same on this day.
    #[must_use]
    pub const fn on(self, date: Date) -> Self {
        Self { date: Some(date), ..self }
    }

    /// The same in the record of this practice.
    #[must_use]
    pub const fn at(self, practice: &'a str) -> Self {
        Self { practice: Some(practice), ..self }
    }

    /// The same in this state.
    #[must_use]
    pub const fn state(self, state: EntryState) -> Self {
        Self { state, ..self }
    }
}

coded! {
    /// Why an entry does not bear on a patient's Type 1 status.
    pub enum Ignored("ignored") {
        Deleted = 1, "deleted", "a Type 1 code that was deleted";
        EnteredInError = 2, "entered-in-error", "a Type 1 code that was marked as entered in error";
        UndatedWithdrawal = 3, "undated-withdrawal", "a withdrawal without a date";
        LaterWithdrawal = 4, "later-withdrawal", "a withdrawal dated after the disclosure";
        Type2 = 5, "type-2", "a Type 2 opt-out, which became the national one";
        Type2Withdrawn = 6, "type-2-withdrawn", "a Type 2 opt-out withdrawn";
        SummaryCareRecord = 7, "summary-care-record", "dissent from a Summary Care Record";
        SharedRecord = 8, "shared-record", "dissent from a shared electronic record";
        ThirdParty = 9, "third-party", "dissent from sharing with a third party";
        Unrelated = 10, "unrelated", "a code that says nothing about sharing";
    }
}
read_code!(Ignored, from_code, UnknownCode);

/// What an entry did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It counts as a dissent.
    Dissent,
    /// It counts as a withdrawal.
    Withdrawal,
    /// It counts for nothing.
    Ignored(Ignored),
}

/// How many entries there were, and what they did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Report {
    /// Dissents that count.
    pub dissents: u64,
    /// Of them, those without a date.
    pub undated_dissents: u64,
    /// Of them, those dated after the disclosure.
    pub later_dissents: u64,
    /// Withdrawals that count.
    pub withdrawals: u64,
    /// Of them, those by the SNOMED CT code 827261000000102, whose meaning is of grade C
    /// (specification, section 8): to be confirmed in TRUD.
    pub unconfirmed_withdrawals: u64,
    ignored: [u64; Ignored::ALL.len()],
}

impl Report {
    /// How many entries were ignored for this reason.
    #[must_use]
    pub fn ignored(&self, why: Ignored) -> u64 {
        self.ignored.get(usize::from(why.number()) - 1).copied().unwrap_or(0)
    }

    fn count(&mut self, effect: Effect, entry: &Entry<'_>, on: Date) {
        let date = entry.date;
        match effect {
            Effect::Dissent => {
                self.dissents += 1;
                self.undated_dissents += u64::from(date.is_none());
                self.later_dissents += u64::from(date.is_some_and(|date| date > on));
            }
            Effect::Withdrawal => {
                self.withdrawals += 1;
                self.unconfirmed_withdrawals += u64::from(entry.system == CodeSystem::Snomed);
            }
            Effect::Ignored(why) => {
                if let Some(count) = self.ignored.get_mut(usize::from(why.number()) - 1) {
                    *count += 1;
                }
            }
        }
    }
}

/// The Type 1 status of many patients on the day of a disclosure. Entries, registrations and
/// practices come in any order. A patient is known by any key: an NHS number, or a pseudonym that
/// stands for one person.
pub struct History<K> {
    on: Date,
    patients: HashMap<K, Record>,
    practices: HashMap<String, u32>,
    /// For each practice by its number, whether it was read.
    read: Vec<bool>,
    report: Report,
}

/// What is known of one patient.
#[derive(Default)]
struct Record {
    /// The entry that decides so far.
    latest: Latest,
    /// Where the patient is known to have been registered.
    practices: Vec<u32>,
}

impl Record {
    fn at(&mut self, practice: u32) {
        if !self.practices.contains(&practice) {
            self.practices.push(practice);
        }
    }
}

/// A practice that nobody named, and so nobody has read.
const UNNAMED: u32 = u32::MAX;

/// The entry that decides, as one number: the day (`yyyymmdd`), then 1 for a dissent, so that the
/// greatest is the latest and, on one day, a dissent. 0 is none.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Latest(u32);

impl Latest {
    /// A dissent that no withdrawal cancels: one without a date, or after the disclosure.
    const LASTING: Self = Self(u32::MAX);

    const fn on(date: Date, dissent: bool) -> Self {
        Self(date.yyyymmdd() * 2 + dissent as u32)
    }

    const fn is_dissent(self) -> bool {
        self.0 % 2 == 1
    }
}

impl<K: Eq + Hash> History<K> {
    /// Nobody, for a disclosure on this day.
    #[must_use]
    pub fn new(on: Date) -> Self {
        let (patients, practices, read) = (HashMap::new(), HashMap::new(), Vec::new());
        Self { on, patients, practices, read, report: Report::default() }
    }

    fn practice(&mut self, name: &str) -> u32 {
        if let Some(number) = self.practices.get(name) {
            return *number;
        }
        // Past 2^32 practices, each counts as one that nobody read.
        let number = u32::try_from(self.read.len()).unwrap_or(UNNAMED);
        self.practices.insert(name.to_owned(), number);
        self.read.push(false);
        number
    }

    /// Notes that all Type 1 entries in the records of a practice, as they stand on the day of the
    /// disclosure, are among those given here. Only what is said so is taken to be complete. An empty
    /// name is that of no practice and notes nothing.
    pub fn practice_read(&mut self, practice: &str) {
        // No name is that of a practice which nobody can have read.
        if practice.trim().is_empty() {
            return;
        }
        let number = self.practice(practice);
        if let Some(read) = self.read.get_mut(number as usize) {
            *read = true;
        }
    }

    /// Whether [`practice_read`](Self::practice_read) was told of this practice, until now.
    #[must_use]
    pub fn is_read(&self, practice: &str) -> bool {
        let read = self.practices.get(practice).and_then(|number| self.read.get(*number as usize));
        read.copied().unwrap_or(false)
    }

    /// Notes that a patient is known to have been registered at a practice, now or earlier.
    pub fn registered(&mut self, patient: K, practice: &str) {
        self.seen(patient, Some(practice));
    }

    /// The same, where nothing may say which practice it was.
    pub(super) fn seen(&mut self, patient: K, practice: Option<&str>) {
        let number = practice.map_or(UNNAMED, |practice| self.practice(practice));
        self.patients.entry(patient).or_default().at(number);
    }

    /// Takes an entry, whatever its code, and says what it did. The practice of any entry is one at
    /// which the patient was registered.
    ///
    /// # Errors
    /// A code that cannot be taken at its word. The entry then counts for nothing, and nothing read
    /// from the same source should be used.
    pub fn entry(&mut self, patient: K, entry: &Entry<'_>) -> Result<Effect, CodeError> {
        let effect = self.effect(entry)?;
        self.report.count(effect, entry, self.on);
        let practice = entry.practice.map_or(UNNAMED, |practice| self.practice(practice));
        let latest = self.latest(effect, entry.date);
        let record = self.patients.entry(patient).or_default();
        record.at(practice);
        record.latest = record.latest.max(latest);
        Ok(effect)
    }

    /// What an entry would do, whoever's it is.
    ///
    /// # Errors
    /// A code that cannot be taken at its word.
    pub fn effect(&self, entry: &Entry<'_>) -> Result<Effect, CodeError> {
        let recognised = recognise(entry.system, entry.code)?;
        Ok(match (recognised, entry.state, entry.date) {
            (Recognised::Other(other), ..) => Effect::Ignored(other.into()),
            (Recognised::Unrelated, ..) => Effect::Ignored(Ignored::Unrelated),
            (_, EntryState::Deleted, _) => Effect::Ignored(Ignored::Deleted),
            (_, EntryState::EnteredInError, _) => Effect::Ignored(Ignored::EnteredInError),
            (Recognised::Dissent, EntryState::Current, _) => Effect::Dissent,
            (Recognised::Withdrawal, EntryState::Current, None) => {
                Effect::Ignored(Ignored::UndatedWithdrawal)
            }
            (Recognised::Withdrawal, EntryState::Current, Some(date)) if date > self.on => {
                Effect::Ignored(Ignored::LaterWithdrawal)
            }
            (Recognised::Withdrawal, EntryState::Current, Some(_)) => Effect::Withdrawal,
        })
    }

    fn latest(&self, effect: Effect, date: Option<Date>) -> Latest {
        match (effect, date) {
            (Effect::Dissent, Some(date)) if date <= self.on => Latest::on(date, true),
            (Effect::Dissent, _) => Latest::LASTING,
            (Effect::Withdrawal, Some(date)) => Latest::on(date, false),
            (Effect::Withdrawal, None) | (Effect::Ignored(_), _) => Latest::default(),
        }
    }

    /// The Type 1 status of a patient on the day of the disclosure: dissent when the latest entry is
    /// one; otherwise none when every practice at which the patient is known to have been registered
    /// was read, and unknown when one was not or none is known.
    #[must_use]
    pub fn status(&self, patient: &K) -> Type1 {
        self.patients.get(patient).map_or(Type1::Unknown, |record| self.judge(record))
    }

    fn judge(&self, record: &Record) -> Type1 {
        if record.latest.is_dissent() {
            return Type1::Dissent;
        }
        let read = |practice: &u32| self.read.get(*practice as usize).copied().unwrap_or(false);
        if !record.practices.is_empty() && record.practices.iter().all(read) {
            Type1::None
        } else {
            Type1::Unknown
        }
    }

    /// Every patient of whom anything is known, with the status, in no order.
    pub fn statuses(&self) -> impl Iterator<Item = (&K, Type1)> {
        self.patients.iter().map(|(patient, record)| (patient, self.judge(record)))
    }

    /// The day of the disclosure.
    #[must_use]
    pub const fn on(&self) -> Date {
        self.on
    }

    /// How many entries there were, and what they did.
    #[must_use]
    pub const fn report(&self) -> Report {
        self.report
    }
}

impl From<OtherConsent> for Ignored {
    fn from(other: OtherConsent) -> Self {
        match other {
            OtherConsent::Type2 => Self::Type2,
            OtherConsent::Type2Withdrawn => Self::Type2Withdrawn,
            OtherConsent::SummaryCareRecord => Self::SummaryCareRecord,
            OtherConsent::SharedRecord => Self::SharedRecord,
            OtherConsent::ThirdParty => Self::ThirdParty,
        }
    }
}

impl<K> fmt::Debug for History<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("History")
            .field("on", &self.on)
            .field("patients", &self.patients.len())
            .field("practices", &self.practices.len())
            .field("report", &self.report)
            .finish_non_exhaustive()
    }
}
