//! What is known of people: the register of the national check, and lists with their polarity.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::vec;
use std::vec::Vec;

use super::people::{KeyedStatuses, Statuses};
use crate::Ruling;
use crate::patient::{National, Patient, Programme, Type1};
use crate::record::NhsNumber;
use crate::record::list::{About, Key, Lists, OptOut};
use crate::record::register::View;

/// Everything that is known of people, put together.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    register: Option<View<'a>>,
    lists: Option<&'a Lists>,
    met: Option<&'a Met>,
}

impl<'a> Known<'a> {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the register of the national check, as it stands on the day of the disclosure.
    #[must_use]
    pub const fn register(mut self, view: View<'a>) -> Self {
        self.register = Some(view);
        self
    }

    /// Adds the lists. They must hold keys of the kind by which the rows name people.
    #[must_use]
    pub const fn lists(mut self, lists: &'a Lists) -> Self {
        self.lists = Some(lists);
        self
    }

    /// Notes how often the register and each list say something of a person.
    #[must_use]
    pub const fn noting(mut self, met: &'a Met) -> Self {
        self.met = Some(met);
        self
    }

    /// What the ruling depends on and nothing here could ever tell: without it every row would be
    /// withheld, so a run that lacks it is a mistake.
    pub fn lacks(&self, ruling: &Ruling) -> impl Iterator<Item = Lacking> {
        let about = |about| {
            self.lists.is_some_and(|lists| lists.lists().iter().any(|list| list.about() == about))
        };
        let opt_out = |opt_out| about(About::OptOut(opt_out));
        let told = [
            (Lacking::Type1, opt_out(OptOut::Type1)),
            (Lacking::National, self.register.is_some() || opt_out(OptOut::National)),
            (Lacking::Programme, opt_out(OptOut::Programme)),
            (Lacking::Consent, about(About::Consent)),
        ];
        let ruling = *ruling;
        told.into_iter()
            .filter(move |(lacking, told)| !told && lacking.matters(&ruling))
            .map(|(lacking, _)| lacking)
    }
}

/// Looked up at a time: enough that the register's cache misses overlap.
const ROOM: usize = 4096;

impl Statuses for Known<'_> {
    fn look_up(&self, numbers: &[Option<NhsNumber>], patients: &mut [Patient]) {
        let mut room = [National::Unknown; ROOM];
        if let Some(view) = &self.register {
            for (numbers, patients) in numbers.chunks(ROOM).zip(patients.chunks_mut(ROOM)) {
                let Some(answers) = room.get_mut(..numbers.len()) else { return };
                if view.status_many(numbers, answers).is_ok() {
                    for (patient, national) in patients.iter_mut().zip(&*answers) {
                        *patient = patient.with_national(*national);
                    }
                    if let Some(met) = self.met {
                        let told = answers.iter().filter(|told| **told != National::Unknown);
                        met.register.fetch_add(told.count() as u64, Relaxed);
                    }
                }
            }
        }
        let Some(lists) = self.lists.filter(|lists| !lists.lists().is_empty()) else { return };
        let mut held = vec![0_u64; lists.lists().len()];
        for (number, patient) in numbers.iter().zip(patients) {
            if let Some(number) = number {
                *patient = lists.apply_noting(*patient, Key::Number(*number), |place| {
                    if let Some(held) = held.get_mut(place) {
                        *held += 1;
                    }
                });
            }
        }
        for (met, held) in self.met.iter().flat_map(|met| &met.lists).zip(held) {
            met.fetch_add(held, Relaxed);
        }
    }
}

impl KeyedStatuses for Known<'_> {
    fn look_up(&self, key: &[u8]) -> Patient {
        let Some(lists) = self.lists else { return Patient::UNKNOWN };
        let key = Key::Pseudonym(key);
        let Some(met) = self.met else { return lists.apply(Patient::UNKNOWN, key) };
        if !met.asked.load(Relaxed) {
            met.asked.store(true, Relaxed);
        }
        lists.apply_noting(Patient::UNKNOWN, key, |place| {
            if let Some(met) = met.lists.get(place) {
                met.fetch_add(1, Relaxed);
            }
        })
    }

    fn is_listed(&self, key: &[u8]) -> bool {
        let key = Key::Pseudonym(key);
        self.lists
            .is_some_and(|lists| lists.lists().iter().any(|list| list.holds(key) == Some(true)))
    }
}

/// How often the register and each list said something of a person in the data. Keys in another form
/// than those of a list (a hash in capitals, a prefix) match nobody, and every opt-out on it would be
/// lost.
#[derive(Debug, Default)]
pub struct Met {
    /// Whether somebody was looked up by a key that is no NHS number.
    asked: AtomicBool,
    register: AtomicU64,
    lists: Vec<AtomicU64>,
}

impl Met {
    /// Not once so far, of these lists.
    #[must_use]
    pub fn new(lists: &Lists) -> Self {
        let lists = lists.lists().iter().map(|_| AtomicU64::new(0)).collect();
        Self { asked: AtomicBool::new(false), register: AtomicU64::new(0), lists }
    }

    /// How often the register told of a person whether they had opted out; a row counts for each
    /// person that it names.
    #[must_use]
    pub fn register(&self) -> u64 {
        self.register.load(Relaxed)
    }

    /// The same, of being on the list at this place.
    #[must_use]
    pub fn list(&self, place: usize) -> u64 {
        self.lists.get(place).map_or(0, |met| met.load(Relaxed))
    }

    /// The places of the lists that hold no key of the data and [clear](crate::record::List::clears_others) whom
    /// they do not hold; none where the data have no key at all.
    pub fn unmet<'l>(&'l self, lists: &'l Lists) -> impl Iterator<Item = usize> + 'l {
        let asked = self.asked.load(Relaxed);
        let each = (0..).zip(self.lists.iter().zip(lists.lists()));
        each.filter(move |(_, (met, list))| asked && met.load(Relaxed) == 0 && list.clears_others())
            .map(|(place, _)| place)
    }
}

/// What nothing tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// Who has a Type 1 opt-out.
    Type1,
    /// Who has a national data opt-out.
    National,
    /// Who has opted out of the programme.
    Programme,
    /// Who has consented.
    Consent,
}

impl Lacking {
    /// Whether knowing it would allow what is denied without it, for a patient without opt-outs.
    fn matters(self, ruling: &Ruling) -> bool {
        let clear = Patient::UNKNOWN
            .with_type1(Type1::None)
            .with_national(National::None)
            .with_programme(Programme::None);
        let (with, without) = match self {
            Self::Type1 => (clear, clear.with_type1(Type1::Unknown)),
            Self::National => (clear, clear.with_national(National::Unknown)),
            Self::Programme => (clear, clear.with_programme(Programme::Unknown)),
            Self::Consent => (clear.with_explicit_consent(), clear),
        };
        ruling.decide(with).is_allowed() && !ruling.decide(without).is_allowed()
    }
}

impl core::fmt::Display for Lacking {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Type1 => "the Type 1 opt-out binds on this disclosure, and nothing says who has one; give the coded entries of the practices, or a list of `type1-dissenters` or `type1-non-dissenters`",
            Self::National => "the national data opt-out binds on this disclosure, and no register says who has one; give the register of a national check",
            Self::Programme => "the programme's own opt-out binds on this disclosure, and no list says who has one; give a list of `programme-opted-out` or `programme-clear`",
            Self::Consent => "this disclosure rests on explicit consent, and no list says who gave it; give a list of `consenters`",
        })
    }
}
