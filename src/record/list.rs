//! Lists of people, whose polarity the name of the constructor states.
//!
//! Real lists of opt-outs come in both polarities, sometimes under names that read backwards
//! (`AllowedPatientsWithTypeOneDissent` held those without), so it is never taken from a name, and
//! being on no list is never by itself a "none".
//!
//! ```
//! use optout::record::list::{Key, List, Lists, Members, OptOut};
//! use optout::{Patient, Type1};
//!
//! let mut members = Members::of_pseudonyms();
//! members.add(b"f00d")?;
//! let lists = Lists::new(vec![List::of_dissenters(OptOut::Type1, members)?])?;
//! let dissenter = lists.apply(Patient::UNKNOWN, Key::Pseudonym(b"f00d"));
//! assert_eq!(dissenter.type1(), Some(Type1::Dissent));
//! let other = lists.apply(Patient::UNKNOWN, Key::Pseudonym(b"cafe"));
//! assert_eq!(other.type1(), Some(Type1::None));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod members;
#[cfg(feature = "csv")]
mod table;

pub use members::{Key, MemberError, Members};

use std::vec::Vec;

use crate::{National, Patient, Programme, Type1};

/// The opt-out that a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OptOut {
    /// The Type 1 opt-out.
    Type1,
    /// The National Data Opt-out. A list says nothing of its age, so prefer a
    /// [`Register`](crate::record::Register).
    National,
    /// The programme's own opt-out.
    Programme,
}

/// People who have made a choice, or have not.
#[derive(Clone, Debug)]
pub struct List {
    about: About,
    members: Members,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Dissenters(OptOut),
    NonDissenters(OptOut),
    Consenting,
    Objecting,
}

/// An empty list of people whose choice would withhold data. A file that failed to arrive looks the
/// same; [`Members::confirmed_empty`] says that it is not so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the list is empty; if nobody has opted out, that must be confirmed")]
pub struct EmptyList;

impl List {
    /// Everybody who has the opt-out: who is on it has opted out, and **who is not has none**. The
    /// list must be complete for whoever is asked about.
    ///
    /// # Errors
    /// An empty list that nobody confirmed.
    pub fn of_dissenters(opt_out: OptOut, members: Members) -> Result<Self, EmptyList> {
        members
            .some_or_confirmed()
            .map(|members| Self { about: About::Dissenters(opt_out), members })
    }

    /// Those who do not have the opt-out: who is on it has none, and **who is not is unknown**, which
    /// blocks as an opt-out does: that somebody is not on it may also mean that nobody looked.
    #[must_use]
    pub const fn of_non_dissenters(opt_out: OptOut, members: Members) -> Self {
        Self { about: About::NonDissenters(opt_out), members }
    }

    /// Those whose explicit consent to this use is recorded and not withdrawn. Who is not on it has
    /// given none.
    #[must_use]
    pub const fn of_consenting(members: Members) -> Self {
        Self { about: About::Consenting, members }
    }

    /// Those who object to sharing for their own care. Who is not on it does not object.
    ///
    /// # Errors
    /// An empty list that nobody confirmed.
    pub fn of_objecting(members: Members) -> Result<Self, EmptyList> {
        members.some_or_confirmed().map(|members| Self { about: About::Objecting, members })
    }

    /// Who is on it.
    #[must_use]
    pub const fn members(&self) -> &Members {
        &self.members
    }

    /// What it says of a patient about an opt-out, where it is about that one.
    fn says(&self, opt_out: OptOut, key: Key<'_>) -> Option<Says> {
        let dissenters = match self.about {
            About::Dissenters(about) if about == opt_out => true,
            About::NonDissenters(about) if about == opt_out => false,
            About::Dissenters(_)
            | About::NonDissenters(_)
            | About::Consenting
            | About::Objecting => return None,
        };
        Some(match (dissenters, self.members.contains(key)) {
            (true, Some(true)) => Says::OptedOut,
            (true, Some(false)) | (false, Some(true)) => Says::None,
            (false, Some(false)) | (_, None) => Says::Unknown,
        })
    }
}

/// What lists say of a patient about an opt-out, from the weakest to what stands against it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    None,
    Unknown,
    OptedOut,
}

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

impl Lists {
    /// These lists. Several may be about one opt-out.
    ///
    /// # Errors
    /// Two lists of consent, or lists with different keys.
    pub fn new(lists: Vec<List>) -> Result<Self, ListsError> {
        if lists.iter().filter(|list| list.about == About::Consenting).count() > 1 {
            return Err(ListsError::TwoOfConsent);
        }
        let numbers = lists.iter().filter(|list| list.members.are_numbers()).count();
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
    /// there is no list. Ask before applying: an objection cannot be found by the other kind of key.
    #[must_use]
    pub fn are_numbers(&self) -> Option<bool> {
        self.lists.first().map(|list| list.members.are_numbers())
    }

    /// The patient with what the lists say added. Of several lists about one opt-out, one that says
    /// opted out prevails, then one that does not know. An opt-out that `patient` has stays, whatever
    /// a list says; so does an objection. Consent is that of the list, where there is one.
    ///
    /// A key of another kind than the lists hold is on none of them, and unknown to all.
    #[must_use]
    pub fn apply(&self, mut patient: Patient, key: Key<'_>) -> Patient {
        if let Some(says) = self.says(OptOut::Type1, key)
            && patient.type1() != Some(Type1::Dissent)
        {
            patient = patient.with_type1(match says {
                Says::None => Type1::None,
                Says::Unknown => Type1::Unknown,
                Says::OptedOut => Type1::Dissent,
            });
        }
        if let Some(says) = self.says(OptOut::National, key)
            && patient.national() != National::OptedOut
        {
            patient = patient.with_national(match says {
                Says::None => National::None,
                Says::Unknown => National::Unknown,
                Says::OptedOut => National::OptedOut,
            });
        }
        if let Some(says) = self.says(OptOut::Programme, key)
            && patient.programme() != Some(Programme::OptedOut)
        {
            patient = patient.with_programme(match says {
                Says::None => Programme::None,
                Says::Unknown => Programme::Unknown,
                Says::OptedOut => Programme::OptedOut,
            });
        }
        for list in &self.lists {
            let on = list.members.contains(key) == Some(true);
            patient = match (list.about, on) {
                (About::Consenting, true) => patient.with_explicit_consent(),
                (About::Consenting, false) => patient.without_explicit_consent(),
                (About::Objecting, true) => patient.with_care_objection(),
                (About::Objecting, false) | (About::Dissenters(_) | About::NonDissenters(_), _) => {
                    patient
                }
            };
        }
        patient
    }

    fn says(&self, opt_out: OptOut, key: Key<'_>) -> Option<Says> {
        self.lists.iter().filter_map(|list| list.says(opt_out, key)).max()
    }
}
