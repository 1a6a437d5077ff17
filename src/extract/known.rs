//! What is known of people: the register of the national check, and lists with their polarity.

use std::collections::HashSet;
use std::string::String;
use std::vec::Vec;

use super::people::{KeyedStatuses, Statuses};
use crate::patient::{National, Patient, Programme, Type1};
use crate::record::NhsNumber;
use crate::record::register::{Builder, Register, Sources, View};
use crate::vocabulary::{UnknownCode, coded, read_code};
use crate::{Date, Ruling};

coded! {
    /// What it means to be on a list: the polarity is part of the name.
    pub enum ListOf("list") {
        Type1Dissenters = 1, "type1-dissenters", "those listed have a Type 1 opt-out";
        Type1NonDissenters = 2, "type1-non-dissenters", "those listed have none";
        NationalOptedOut = 3, "national-opted-out", "those listed have a national data opt-out";
        NationalClear = 4, "national-clear", "those listed have none";
        ProgrammeOptedOut = 5, "programme-opted-out", "those listed have opted out of this programme";
        ProgrammeClear = 6, "programme-clear", "those listed have not";
        Consenters = 7, "consenters", "those listed gave explicit consent to this use, and have not withdrawn it";
        CareObjectors = 8, "care-objectors", "those listed object to sharing for their own care";
    }
}
read_code!(ListOf, from_code, UnknownCode);

coded! {
    /// What is known of people who are not on a list of those who opted out.
    pub enum Others("others") {
        Unknown = 0, "unknown", "nothing: the list may not hold everyone who opted out";
        None = 1, "none", "they have not: every place where they could have opted out was read";
    }
}
read_code!(Others, from_code, UnknownCode);

impl ListOf {
    /// Whether it lists those who opted out, so that what the others are must be stated.
    #[must_use]
    pub const fn needs_others(self) -> bool {
        match self {
            Self::Type1Dissenters | Self::NationalOptedOut | Self::ProgrammeOptedOut => true,
            Self::Type1NonDissenters
            | Self::NationalClear
            | Self::ProgrammeClear
            | Self::Consenters
            | Self::CareObjectors => false,
        }
    }

    /// Whether it says something of the national opt-out, and so has a date of its own.
    #[must_use]
    pub const fn is_national(self) -> bool {
        matches!(self, Self::NationalOptedOut | Self::NationalClear)
    }

    /// What being on the list, or not, adds to what is known. An opt-out, once known, stays.
    fn apply(self, others: Others, listed: bool, patient: Patient) -> Patient {
        let clear = match (self, listed) {
            (Self::Type1Dissenters, true) => return patient.with_type1(Type1::Dissent),
            (Self::NationalOptedOut, true) => return patient.with_national(National::OptedOut),
            (Self::ProgrammeOptedOut, true) => return patient.with_programme(Programme::OptedOut),
            (Self::Consenters, true) => return patient.with_explicit_consent(),
            (Self::CareObjectors, true) => return patient.with_care_objection(),
            (Self::Consenters | Self::CareObjectors, false) => return patient,
            (Self::Type1NonDissenters | Self::NationalClear | Self::ProgrammeClear, listed) => {
                listed
            }
            (Self::Type1Dissenters | Self::NationalOptedOut | Self::ProgrammeOptedOut, false) => {
                others == Others::None
            }
        };
        let unknown = match self {
            Self::Type1Dissenters | Self::Type1NonDissenters => {
                patient.type1() == Some(Type1::Unknown)
            }
            Self::NationalOptedOut | Self::NationalClear => patient.national() == National::Unknown,
            Self::ProgrammeOptedOut | Self::ProgrammeClear => {
                patient.programme() == Some(Programme::Unknown)
            }
            Self::Consenters | Self::CareObjectors => false,
        };
        match self {
            _ if !clear || !unknown => patient,
            Self::Type1Dissenters | Self::Type1NonDissenters => patient.with_type1(Type1::None),
            Self::NationalOptedOut | Self::NationalClear => patient.with_national(National::None),
            Self::ProgrammeOptedOut | Self::ProgrammeClear => {
                patient.with_programme(Programme::None)
            }
            Self::Consenters | Self::CareObjectors => patient,
        }
    }
}

/// The people on a list.
enum Listed {
    /// A set that answers many questions at once.
    Numbers(Register),
    /// No register is made of nobody.
    Nobody,
    Keys(HashSet<Vec<u8>>),
}

/// A list of people, with what being on it means.
pub struct List {
    of: ListOf,
    others: Others,
    listed: Listed,
    people: u64,
}

impl List {
    /// A list of NHS numbers. What `others` are counts only for a list of those who opted out.
    ///
    /// # Errors
    /// More numbers than there are.
    pub fn of_numbers(
        of: ListOf,
        others: Others,
        numbers: impl IntoIterator<Item = NhsNumber>,
    ) -> Result<Self, String> {
        let mut builder = Builder::new();
        let mut nobody = true;
        for number in numbers {
            builder.ask(number);
            nobody = false;
        }
        if nobody {
            return Ok(Self { of, others, listed: Listed::Nobody, people: 0 });
        }
        // The date of the set is of no account: the list's own date is judged by its holder.
        let set = builder
            .finish(Date::ymd(2018, 5, 25), Sources::default())
            .map_err(|error| std::format!("{error}"))?;
        let people = set.asked();
        Ok(Self { of, others, listed: Listed::Numbers(set), people })
    }

    /// A list of keys that are not NHS numbers.
    #[must_use]
    pub fn of_keys(of: ListOf, others: Others, keys: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let keys: HashSet<_> = keys.into_iter().collect();
        Self { of, others, people: keys.len() as u64, listed: Listed::Keys(keys) }
    }

    /// What being on it means.
    #[must_use]
    pub const fn of(&self) -> ListOf {
        self.of
    }

    /// How many people are on it.
    #[must_use]
    pub const fn people(&self) -> u64 {
        self.people
    }
}

impl core::fmt::Debug for List {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "List({}, {} people)", self.of, self.people)
    }
}

/// Everything that is known of people, put together.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    register: Option<View<'a>>,
    lists: Vec<&'a List>,
}

impl<'a> Known<'a> {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the register of the national check, as it stands on the day of the disclosure.
    #[must_use]
    pub fn register(mut self, view: View<'a>) -> Self {
        self.register = Some(view);
        self
    }

    /// Adds a list.
    #[must_use]
    pub fn list(mut self, list: &'a List) -> Self {
        self.lists.push(list);
        self
    }

    /// What the ruling depends on and nothing here could ever tell: without it every row would be
    /// withheld, so a run that lacks it is a mistake.
    pub fn lacks(&self, ruling: &Ruling) -> impl Iterator<Item = Lacking> {
        let has = |of: &[ListOf]| self.lists.iter().any(|list| of.contains(&list.of));
        let national =
            self.register.is_some() || has(&[ListOf::NationalOptedOut, ListOf::NationalClear]);
        let told = [
            (Lacking::Type1, has(&[ListOf::Type1Dissenters, ListOf::Type1NonDissenters])),
            (Lacking::National, national),
            (Lacking::Programme, has(&[ListOf::ProgrammeOptedOut, ListOf::ProgrammeClear])),
            (Lacking::Consent, has(&[ListOf::Consenters])),
        ];
        let ruling = *ruling;
        told.into_iter()
            .filter(move |(lacking, told)| !told && lacking.matters(&ruling))
            .map(|(lacking, _)| lacking)
    }

    fn apply(&self, numbers: &[Option<NhsNumber>], patients: &mut [Patient], room: &mut Room) {
        let Some(answers) = room.get_mut(..numbers.len()) else { return };
        if let Some(view) = &self.register
            && view.status_many(numbers, answers).is_ok()
        {
            for (patient, national) in patients.iter_mut().zip(&*answers) {
                *patient = patient.with_national(*national);
            }
        }
        for list in &self.lists {
            answers.fill(National::Unknown);
            let asked = match &list.listed {
                Listed::Numbers(set) => {
                    let view = set.at(set.checked(), crate::record::MaxAge::days(0));
                    view.status_many(numbers, answers).is_ok()
                }
                Listed::Nobody => true,
                // A list of keys says nothing of numbers.
                Listed::Keys(_) => false,
            };
            if asked {
                for (patient, answer) in patients.iter_mut().zip(&*answers) {
                    let listed = *answer == National::OptedOut;
                    *patient = list.of.apply(list.others, listed, *patient);
                }
            }
        }
    }
}

/// Looked up at a time.
const ROOM: usize = 256;
type Room = [National; ROOM];

impl Statuses for Known<'_> {
    fn look_up(&self, numbers: &[Option<NhsNumber>], patients: &mut [Patient]) {
        let mut room = [National::Unknown; ROOM];
        for (numbers, patients) in numbers.chunks(ROOM).zip(patients.chunks_mut(ROOM)) {
            self.apply(numbers, patients, &mut room);
        }
    }
}

impl KeyedStatuses for Known<'_> {
    fn look_up(&self, key: &[u8]) -> Patient {
        self.lists.iter().fold(Patient::UNKNOWN, |patient, list| match &list.listed {
            Listed::Keys(keys) => list.of.apply(list.others, keys.contains(key), patient),
            Listed::Numbers(_) | Listed::Nobody => patient,
        })
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
            Self::Type1 => "the Type 1 opt-out binds on this disclosure, and no list says who has one; give a list of `type1-dissenters` or `type1-non-dissenters`",
            Self::National => "the national data opt-out binds on this disclosure, and no register says who has one; give the register of a national check",
            Self::Programme => "the programme's own opt-out binds on this disclosure, and no list says who has one; give a list of `programme-opted-out` or `programme-clear`",
            Self::Consent => "this disclosure rests on explicit consent, and no list says who gave it; give a list of `consenters`",
        })
    }
}
