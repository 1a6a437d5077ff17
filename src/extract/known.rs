//! What is known of people: registers of the national check, and lists with their polarity.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::vec;
use std::vec::Vec;

use super::lacking::{Idle, Lacking};
use super::people::{KeyedStatuses, Statuses};
use crate::patient::{National, Patient};
use crate::record::NhsNumber;
use crate::record::list::{About, Found, Key, Lists, OptOut};
use crate::record::of_registers;
use crate::record::register::View;
use crate::{Date, Ruling};

/// Everything that is known of people, put together.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    registers: Vec<View<'a>>,
    lists: Option<&'a Lists>,
    met: Option<&'a Met>,
}

impl<'a> Known<'a> {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a register of the national check, as it stands on the day of the disclosure. Of several,
    /// an answer prevails over not having been asked, and the latest answer over the others.
    #[must_use]
    pub fn register(mut self, view: View<'a>) -> Self {
        self.registers.push(view);
        self
    }

    /// Adds the lists. They must hold keys of the kind by which the rows name people.
    #[must_use]
    pub const fn lists(mut self, lists: &'a Lists) -> Self {
        self.lists = Some(lists);
        self
    }

    /// Notes how often each register and each list says something of a person.
    #[must_use]
    pub const fn noting(mut self, met: &'a Met) -> Self {
        self.met = Some(met);
        self
    }

    /// Whether a register or a list tells of this.
    fn tells(&self, of: About) -> bool {
        let listed = |lists: &Lists| lists.lists().iter().any(|list| list.about() == of);
        (of == About::OptOut(OptOut::National) && !self.registers.is_empty())
            || self.lists.is_some_and(listed)
    }

    /// What the ruling depends on and nothing here could ever tell: without it every row would be
    /// withheld, so a run that lacks it is a mistake. Of a programme's opt-out, whenever the
    /// disclosure states that there is one.
    pub fn lacks(&self, ruling: &Ruling) -> impl Iterator<Item = Lacking> {
        let told = Lacking::ALL.map(|lacking| (lacking, self.tells(lacking.about())));
        let ruling = *ruling;
        told.into_iter()
            .filter(move |(lacking, told)| !told && lacking.matters(&ruling))
            .map(|(lacking, _)| lacking)
    }

    /// What is told here and the ruling does not ask for, so that it withholds nobody.
    pub fn idle(&self, ruling: &Ruling) -> impl Iterator<Item = Idle> {
        let told = Idle::ALL.map(|idle| (idle, self.tells(idle.about())));
        let ruling = *ruling;
        told.into_iter()
            .filter(move |(idle, told)| *told && idle.is_so(&ruling))
            .map(|(idle, _)| idle)
    }

    /// What the registers say of each number; where there is none, the answers stay as they are.
    fn ask_registers(&self, numbers: &[Option<NhsNumber>], answers: &mut [National]) {
        match self.registers.as_slice() {
            [] => return,
            [register] => return self.ask(0, register, numbers, answers),
            [..] => {}
        }
        let told = self.registers.iter().enumerate().map(|(place, register)| {
            let mut told = vec![National::Unknown; numbers.len()];
            self.ask(place, register, numbers, &mut told);
            (register.register().checked(), told)
        });
        let told: Vec<(Date, Vec<National>)> = told.collect();
        for (row, answer) in answers.iter_mut().enumerate() {
            let of_row = told.iter().filter_map(|(day, told)| Some((*day, *told.get(row)?)));
            *answer = of_registers(of_row);
        }
    }

    fn ask(
        &self,
        place: usize,
        register: &View<'_>,
        numbers: &[Option<NhsNumber>],
        answers: &mut [National],
    ) {
        if register.status_many(numbers, answers).is_ok()
            && let Some(met) = self.met.and_then(|met| met.registers.get(place))
        {
            let told = answers.iter().filter(|told| **told != National::Unknown);
            met.fetch_add(told.count() as u64, Relaxed);
        }
    }
}

/// Looked up at a time: enough that the register's cache misses overlap.
const ROOM: usize = 4096;

impl Statuses for Known<'_> {
    fn look_up(&self, numbers: &[Option<NhsNumber>], patients: &mut [Patient]) {
        let mut room = [National::Unknown; ROOM];
        let lists = self.lists.filter(|lists| !lists.lists().is_empty());
        let mut held = vec![0_u64; lists.map_or(0, |lists| lists.lists().len())];
        for (numbers, patients) in numbers.chunks(ROOM).zip(patients.chunks_mut(ROOM)) {
            let Some(answers) = room.get_mut(..numbers.len()) else { return };
            self.ask_registers(numbers, answers);
            let Some(lists) = lists else {
                for (patient, national) in patients.iter_mut().zip(&*answers) {
                    *patient = patient.with_national(*national);
                }
                continue;
            };
            let asked = !self.registers.is_empty();
            for ((number, answer), patient) in numbers.iter().zip(&*answers).zip(patients) {
                if let Some(number) = number {
                    let said = lists.said(Some(Key::Number(*number)), |place, _| {
                        if let Some(held) = held.get_mut(place) {
                            *held += 1;
                        }
                    });
                    *patient = said.patient(asked.then_some(*answer));
                }
            }
        }
        for (met, held) in self.met.iter().flat_map(|met| &met.lists).zip(held) {
            met.there.fetch_add(held, Relaxed);
        }
    }
}

impl KeyedStatuses for Known<'_> {
    fn look_up(&self, key: &[u8]) -> Patient {
        let Some(lists) = self.lists else { return Patient::UNKNOWN };
        if let Some(met) = self.met
            && !met.asked.load(Relaxed)
        {
            met.asked.store(true, Relaxed);
        }
        let said = lists.said(Some(Key::Pseudonym(key)), |place, found| {
            if let Some(met) = self.met.and_then(|met| met.lists.get(place)) {
                let times = match found {
                    Found::There => &met.there,
                    Found::InAnotherForm => &met.in_another_form,
                };
                times.fetch_add(1, Relaxed);
            }
        });
        said.patient(None)
    }

    fn is_listed(&self, key: &[u8]) -> bool {
        let key = Key::Pseudonym(key);
        self.lists
            .is_some_and(|lists| lists.lists().iter().any(|list| list.holds(key) == Some(true)))
    }
}

/// How often each register and each list said something of a person in the data. Keys in another form
/// than those of a list (a hash in capitals, a prefix) match nobody, and every opt-out on it would be
/// lost.
#[derive(Debug, Default)]
pub struct Met {
    /// Whether somebody was looked up by a key that is no NHS number.
    asked: AtomicBool,
    registers: Vec<AtomicU64>,
    lists: Vec<OfList>,
}

/// How often a list held somebody in the data.
#[derive(Debug, Default)]
struct OfList {
    there: AtomicU64,
    in_another_form: AtomicU64,
}

impl Met {
    /// Not once so far, of so many registers and of these lists.
    #[must_use]
    pub fn new(registers: usize, lists: &Lists) -> Self {
        Self {
            asked: AtomicBool::new(false),
            registers: (0..registers).map(|_| AtomicU64::new(0)).collect(),
            lists: lists.lists().iter().map(|_| OfList::default()).collect(),
        }
    }

    /// How often the register at this place told of a person whether they had opted out; a row counts
    /// for each person that it names.
    #[must_use]
    pub fn register(&self, place: usize) -> u64 {
        self.registers.get(place).map_or(0, |met| met.load(Relaxed))
    }

    /// The same, of being on the list at this place.
    #[must_use]
    pub fn list(&self, place: usize) -> u64 {
        self.lists.get(place).map_or(0, |met| met.there.load(Relaxed))
    }

    /// All together: 0 when nothing was known of anybody.
    #[must_use]
    pub fn all(&self) -> u64 {
        let lists = self.lists.iter().map(|met| met.there.load(Relaxed));
        self.registers.iter().map(|met| met.load(Relaxed)).chain(lists).sum()
    }

    /// The places of the lists that hold no key of the data and [clear](crate::record::List::clears_others) whom
    /// they do not hold; none where the data have no key at all.
    pub fn unmet<'l>(&'l self, lists: &'l Lists) -> impl Iterator<Item = usize> + 'l {
        let asked = self.asked.load(Relaxed);
        let each = (0..).zip(self.lists.iter().zip(lists.lists()));
        each.filter(move |(_, (met, list))| {
            asked && met.there.load(Relaxed) == 0 && list.clears_others()
        })
        .map(|(place, _)| place)
    }

    /// The places of the lists that hold a key which differs from one in the data only in capitals,
    /// zeros in front, `.0` behind, hyphens or braces, with how often: they are likely one person,
    /// whose choice would be lost.
    pub fn in_another_form(&self) -> impl Iterator<Item = (usize, u64)> {
        let each = self.lists.iter().map(|met| met.in_another_form.load(Relaxed));
        each.enumerate().filter(|(_, times)| *times > 0)
    }
}
