//! The entries of many patients, in any order.

use core::fmt;
use core::hash::Hash;
use std::collections::HashMap;
use std::vec::Vec;

use super::entry::{Effect, Entry, Latest};
use super::practice::{PracticeIndex, UNNAMED};
use super::registration::{LastEnd, Registration};
use super::report::{People, Report};
use super::{CodeError, Recognised, recognise};
use crate::{Date, Type1};

/// The Type 1 status of many patients on the day of a disclosure. Entries, registrations and
/// practices come in any order. A patient is known by any key: an NHS number, or a pseudonym that
/// stands for one person.
pub struct History<K> {
    on: Date,
    patients: HashMap<K, Record>,
    pub(super) practices: PracticeIndex,
    report: Report,
}

/// What is known of one patient.
#[derive(Default)]
pub(super) struct Record {
    /// The entry that decides so far.
    latest: Latest,
    /// The end of the last registration that has ended.
    ended: LastEnd,
    /// Where the patient is known to have been registered.
    places: Vec<Place>,
    /// Whether a dissent stands, and whether a withdrawal counts.
    dissents: bool,
    withdraws: bool,
    /// Whether a Type 1 code stands elsewhere than where codes are read.
    elsewhere: bool,
}

/// A practice by its number, doubled, and 1 where the patient is registered there on the day.
#[derive(Clone, Copy)]
pub(super) struct Place(u32);

impl Place {
    pub(super) const fn practice(self) -> u32 {
        self.0 >> 1
    }

    pub(super) const fn is_registered(self) -> bool {
        self.0 % 2 == 1
    }
}

impl Record {
    fn at(&mut self, practice: u32, registered: bool) {
        let place = Place(practice << 1 | u32::from(registered));
        match self.places.iter_mut().find(|known| known.practice() == practice) {
            Some(known) => known.0 |= place.0,
            None => self.places.push(place),
        }
    }

    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }
}

/// What is known of a patient's opt-out, and what is lacking.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Dissent,
    None,
    /// A code elsewhere says that something was passed over.
    Elsewhere,
    /// The patient was at a practice that nobody read, or at none that is known.
    NotRead,
    /// The patient has left the practices that were read.
    Unregistered,
}

impl<K: Eq + Hash> History<K> {
    /// Nobody, for a disclosure on this day.
    #[must_use]
    pub fn new(on: Date) -> Self {
        let (patients, practices) = (HashMap::new(), PracticeIndex::default());
        Self { on, patients, practices, report: Report::default() }
    }

    /// Notes that all Type 1 entries in the records of a practice, as they stand on the day of the
    /// disclosure, are among those given here. Only what is said so is taken to be complete. An empty
    /// name is that of no practice and notes nothing.
    pub fn practice_read(&mut self, practice: &str) {
        // No name is that of a practice which nobody can have read.
        if practice.trim().is_empty() {
            return;
        }
        let number = self.practices.number(practice);
        if let Some(practice) = self.practices.get_mut(number) {
            practice.read = true;
        }
    }

    /// Whether [`practice_read`](Self::practice_read) was told of this practice, until now.
    #[must_use]
    pub fn is_read(&self, practice: &str) -> bool {
        self.practices.find(practice).is_some_and(|practice| practice.read)
    }

    /// Notes that a patient is, or was, registered at a practice.
    pub fn registered(&mut self, patient: K, registration: &Registration<'_>) {
        let number = self.practices.named(registration.practice);
        let record = self.patients.entry(patient).or_default();
        record.at(number, registration.holds_on(self.on));
        if let Some(until) = registration.until {
            record.ended = record.ended.max(LastEnd::of(until, registration.died));
        }
    }

    /// Notes an entry of a code that cannot say anything here, because its system is not known: it shows
    /// where the patient was registered once, though nothing may say at which practice.
    pub fn seen(&mut self, patient: K, practice: Option<&str>) {
        self.passed(practice, None);
        let number = practice.map_or(UNNAMED, |practice| self.practices.named(practice));
        self.patients.entry(patient).or_default().at(number, false);
    }

    /// Counts an entry that does nothing, of somebody who cannot be known or of a system that is not,
    /// and what its code says where that is known.
    pub fn passed(&mut self, practice: Option<&str>, said: Option<Recognised>) {
        self.report.count_unkeyed(said);
        if let Some(practice) = practice {
            let number = self.practices.named(practice);
            self.count_at(number, said == Some(Recognised::Unreadable), false);
        }
    }

    fn count_at(&mut self, practice: u32, unreadable: bool, type1: bool) {
        if let Some(practice) = self.practices.get_mut(practice) {
            practice.entries += 1;
            practice.unreadable += u64::from(unreadable);
            practice.type1 += u64::from(type1);
        }
    }

    /// Takes an entry, whatever its code, and says what it did. The practice of any entry is one at
    /// which the patient was registered; it does not show that the patient is.
    ///
    /// # Errors
    /// A code that cannot be taken at its word. The entry then counts for nothing, and nothing read
    /// from the same source should be used.
    pub fn entry(&mut self, patient: K, entry: &Entry<'_>) -> Result<Effect, CodeError> {
        recognise(entry.system, entry.code).map(|said| self.take(patient, entry, said))
    }

    /// The same of an entry whose code says this.
    pub(super) fn take(&mut self, patient: K, entry: &Entry<'_>, said: Recognised) -> Effect {
        let effect = entry.effect_of(said, self.on);
        self.report.count(effect, entry, self.on);
        let practice = entry.practice.map_or(UNNAMED, |practice| self.practices.named(practice));
        self.count_at(practice, said == Recognised::Unreadable, effect.is_type1());
        let record = self.patients.entry(patient).or_default();
        record.at(practice, false);
        record.latest = record.latest.max(Latest::of(effect, entry.date, self.on));
        record.dissents |= effect == Effect::Dissent;
        record.withdraws |= effect == Effect::Withdrawal;
        effect
    }

    /// Notes a Type 1 code that stands in the record of a patient elsewhere than where codes are read:
    /// the patient is unknown unless a dissent was read.
    pub fn elsewhere(&mut self, patient: K) {
        self.report.elsewhere += 1;
        self.patients.entry(patient).or_default().elsewhere = true;
    }

    /// What an entry would do, whoever's it is.
    ///
    /// # Errors
    /// A code that cannot be taken at its word.
    pub fn effect(&self, entry: &Entry<'_>) -> Result<Effect, CodeError> {
        entry.effect(self.on)
    }

    /// The Type 1 status of a patient on the day of the disclosure: dissent when the latest entry is
    /// one; otherwise none when every practice at which the patient is known to have been registered
    /// was read, and the patient is registered with one of them or the last registration ended by
    /// death; and unknown in any other case.
    #[must_use]
    pub fn status(&self, patient: &K) -> Type1 {
        self.patients.get(patient).map_or(Type1::Unknown, |record| self.judge(record))
    }

    fn judge(&self, record: &Record) -> Type1 {
        match self.standing(record) {
            Standing::Dissent => Type1::Dissent,
            Standing::None => Type1::None,
            Standing::Elsewhere | Standing::NotRead | Standing::Unregistered => Type1::Unknown,
        }
    }

    fn standing(&self, record: &Record) -> Standing {
        let read = |place: &Place| self.practices.is_read(place.practice());
        if record.latest.is_dissent() {
            Standing::Dissent
        } else if record.elsewhere {
            Standing::Elsewhere
        } else if record.places.is_empty() || !record.places.iter().all(read) {
            Standing::NotRead
        } else if record.places.iter().any(|place| place.is_registered()) || record.ended.is_death()
        {
            Standing::None
        } else {
            Standing::Unregistered
        }
    }

    /// Every patient of whom anything is known, with the status, in no order.
    pub fn statuses(&self) -> impl Iterator<Item = (&K, Type1)> {
        self.patients.iter().map(|(patient, record)| (patient, self.judge(record)))
    }

    /// What is known of each patient.
    pub(super) fn records(&self) -> impl Iterator<Item = &Record> {
        self.patients.values()
    }

    /// How many people are known, and of what.
    #[must_use]
    pub fn people(&self) -> People {
        let mut people = People::default();
        for record in self.records() {
            let standing = self.standing(record);
            people.all += 1;
            people.dissents += u64::from(record.dissents);
            people.withdrawals += u64::from(record.withdraws);
            people.elsewhere += u64::from(standing == Standing::Elsewhere);
            people.unregistered += u64::from(standing == Standing::Unregistered);
        }
        people
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
