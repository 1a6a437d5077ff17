//! What is known of people: the register of the national check, and lists with their polarity.

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
                }
            }
        }
        if let Some(lists) = self.lists {
            lists.apply_many(numbers, patients);
        }
    }
}

impl KeyedStatuses for Known<'_> {
    fn look_up(&self, key: &[u8]) -> Patient {
        self.lists
            .map_or(Patient::UNKNOWN, |lists| lists.apply(Patient::UNKNOWN, Key::Pseudonym(key)))
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
