//! All the lists of a disclosure, and what they come to for one person.

use std::vec::Vec;

use super::{About, Key, List, OptOut, pseudonym};
use crate::record::says::Says;
use crate::{National, Patient};

/// All the lists of a disclosure.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    lists: Vec<List>,
}

/// Lists that cannot be used together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ListsError {
    /// Two lists of those who consent: whether one suffices is not for this library to say.
    #[error("there are two lists of people who consent; make one of them")]
    TwoOfConsent,
    /// Some lists hold NHS numbers and others pseudonyms.
    #[error("some lists hold NHS numbers and others pseudonyms")]
    MixedKeys,
}

/// How a person was found on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The list holds their key.
    There,
    /// It does not, but holds one that differs only in what software changes on the way.
    InAnotherForm,
}

/// What all lists say of a person; nothing of what no list is about.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Said {
    type1: Option<Says>,
    national: Option<Says>,
    programme: Option<Says>,
    consents: bool,
    objects: bool,
}

impl Said {
    /// The person, beside what the registers say, where there are any.
    #[inline]
    pub(crate) fn patient(self, registers: Option<National>) -> Patient {
        let mut patient = Patient::UNKNOWN;
        if let Some(says) = self.type1 {
            patient = patient.with_type1(says.type1());
        }
        let registers = registers.map(Says::of_national);
        let national = registers.map(|says| says.beside(self.national)).or(self.national);
        if let Some(says) = national {
            patient = patient.with_national(says.national());
        }
        if let Some(says) = self.programme {
            patient = patient.with_programme(says.programme());
        }
        if self.consents {
            patient = patient.with_explicit_consent();
        }
        if self.objects {
            patient = patient.with_care_objection();
        }
        patient
    }
}

impl Lists {
    /// These lists. Several may be about one opt-out.
    ///
    /// # Errors
    /// Two lists of consent, or lists with different keys.
    pub fn new(lists: Vec<List>) -> Result<Self, ListsError> {
        if lists.iter().filter(|list| list.about == About::Consent).count() > 1 {
            return Err(ListsError::TwoOfConsent);
        }
        let numbers = lists.iter().filter(|list| list.is_of_numbers()).count();
        if numbers != 0 && numbers != lists.len() {
            return Err(ListsError::MixedKeys);
        }
        Ok(Self { lists })
    }

    /// The lists.
    #[must_use]
    pub fn lists(&self) -> &[List] {
        &self.lists
    }

    /// Whether patients are known to the lists by NHS number (`true`) or by pseudonym; `None` when
    /// there is no list. Ask before looking up: an objection cannot be found by the other kind of
    /// key.
    #[must_use]
    pub fn are_numbers(&self) -> Option<bool> {
        self.lists.first().map(List::is_of_numbers)
    }

    /// What the lists say of a person. Of several lists about one opt-out, one that says opted out
    /// prevails, then one that does not know.
    ///
    /// A key of another kind than the lists hold is on none of them, and unknown to all; where the
    /// list is one of objections, it counts as one.
    ///
    /// Beside a register use [`Known`](crate::extract::Known), which puts both together: what is
    /// unknown to a register stays so, whatever a list says of those who are not on it.
    #[must_use]
    pub fn patient(&self, key: Key<'_>) -> Patient {
        let key = match key {
            Key::Number(number) => Some(Key::Number(number)),
            Key::Pseudonym(field) => pseudonym(field).ok().map(Key::Pseudonym),
        };
        self.said(key, |_, _| ()).patient(None)
    }

    /// The same of a number or a pseudonym as [`pseudonym()`] reads it, or of nobody who can be on a
    /// list; telling the place of each list on which the person was found.
    #[inline]
    pub(crate) fn said(&self, key: Option<Key<'_>>, mut on: impl FnMut(usize, Found)) -> Said {
        let mut said = Said::default();
        for (place, list) in self.lists.iter().enumerate() {
            let (says, found) = list.says(key);
            if let Some(found) = found {
                on(place, found);
            }
            let so_far = match list.about {
                About::OptOut(OptOut::Type1) => &mut said.type1,
                About::OptOut(OptOut::National) => &mut said.national,
                About::OptOut(OptOut::Programme) => &mut said.programme,
                About::Consent => {
                    said.consents = says == Says::OptedOut;
                    continue;
                }
                About::CareObjection => {
                    said.objects |= says != Says::None;
                    continue;
                }
            };
            *so_far = Some(says.beside(*so_far));
        }
        said
    }
}
