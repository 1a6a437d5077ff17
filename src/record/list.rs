//! Lists of people, whose polarity the name of the constructor states.
//!
//! Real lists of opt-outs come in both polarities, sometimes under names that read backwards
//! (`AllowedPatientsWithTypeOneDissent` held those without), so it is never taken from a name, and
//! being on no list is never by itself a "none".
//!
//! ```
//! use optout::record::list::{Key, List, Lists, Members, OptOut};
//! use optout::Type1;
//!
//! let mut members = Members::of_pseudonyms();
//! members.add(b"f00d")?;
//! let lists = Lists::new(vec![List::of_dissenters(OptOut::Type1, members)?])?;
//! let dissenter = lists.patient(Key::Pseudonym(b"f00d"));
//! assert_eq!(dissenter.type1(), Some(Type1::Dissent));
//! let other = lists.patient(Key::Pseudonym(b"cafe"));
//! assert_eq!(other.type1(), Some(Type1::None));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod likeness;
mod members;
mod pseudonym;
#[cfg(feature = "csv")]
mod table;
mod together;

pub use members::{Key, MemberError, Members};
pub use pseudonym::{NotAPseudonym, pseudonym};
pub(crate) use pseudonym::{is_unseen, is_word_for_none};
pub(crate) use together::Found;
pub use together::{Lists, ListsError};

use core::hash::Hash;

use super::says::Says;
use super::type1::History;
use crate::Type1;
use crate::vocabulary::{UnknownCode, coded, read_code};

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

coded! {
    /// What being on a list means: the polarity is part of the name.
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

impl ListOf {
    /// Whether it lists those who opted out, so that what the others are must be stated.
    #[must_use]
    pub const fn needs_others(self) -> bool {
        matches!(self, Self::Type1Dissenters | Self::NationalOptedOut | Self::ProgrammeOptedOut)
    }

    /// Whether it says something of the national opt-out, and so has a date of its own.
    #[must_use]
    pub const fn is_national(self) -> bool {
        matches!(self, Self::NationalOptedOut | Self::NationalClear)
    }
}

coded! {
    /// What is known of people who are not on a list of those who opted out.
    pub enum Others("others") {
        Unknown = 0, "unknown", "nothing: the list may not hold everyone who opted out";
        None = 1, "none", "they have not: every place where they could have opted out was read";
    }
}
read_code!(Others, from_code, UnknownCode);

/// People who have made a choice, or have not.
#[derive(Clone, Debug)]
pub struct List {
    about: About,
    /// Those who have opted out, consent or object.
    chose: Members,
    /// Those who are known not to have opted out.
    clear: Option<Members>,
    /// What is known of everybody else.
    others: Others,
}

/// The choice that a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// An opt-out.
    OptOut(OptOut),
    /// Explicit consent to this use.
    Consent,
    /// An objection to sharing for the patient's own care.
    CareObjection,
}

/// An empty list of people whose choice would withhold data. A file that failed to arrive looks the
/// same; [`Members::confirmed_empty`] says that it is not so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the list is empty; if nobody has opted out, that must be confirmed")]
pub struct EmptyList;

impl List {
    /// A list by the code of what being on it means. What `others` are counts only where it lists
    /// those who [opted out](ListOf::needs_others).
    ///
    /// # Errors
    /// An empty list of people whose choice would withhold data, that nobody confirmed.
    pub fn new(of: ListOf, others: Others, members: Members) -> Result<Self, EmptyList> {
        let opted_out = |opt_out, members| match others {
            Others::None => Self::of_dissenters(opt_out, members),
            Others::Unknown => Self::of_some_dissenters(opt_out, members),
        };
        match of {
            ListOf::Type1Dissenters => opted_out(OptOut::Type1, members),
            ListOf::NationalOptedOut => opted_out(OptOut::National, members),
            ListOf::ProgrammeOptedOut => opted_out(OptOut::Programme, members),
            ListOf::Type1NonDissenters => Ok(Self::of_non_dissenters(OptOut::Type1, members)),
            ListOf::NationalClear => Ok(Self::of_non_dissenters(OptOut::National, members)),
            ListOf::ProgrammeClear => Ok(Self::of_non_dissenters(OptOut::Programme, members)),
            ListOf::Consenters => Ok(Self::of_consenting(members)),
            ListOf::CareObjectors => Self::of_objecting(members),
        }
    }

    /// Everybody who has the opt-out: who is on it has opted out, and **who is not has none**. The
    /// list must be complete for whoever is asked about.
    ///
    /// # Errors
    /// An empty list that nobody confirmed.
    pub fn of_dissenters(opt_out: OptOut, members: Members) -> Result<Self, EmptyList> {
        let chose = members.some_or_confirmed()?;
        Ok(Self { about: About::OptOut(opt_out), chose, clear: None, others: Others::None })
    }

    /// Some who have the opt-out: who is on it has opted out, and who is not is unknown.
    ///
    /// # Errors
    /// An empty list that nobody confirmed.
    pub fn of_some_dissenters(opt_out: OptOut, members: Members) -> Result<Self, EmptyList> {
        Ok(Self { others: Others::Unknown, ..Self::of_dissenters(opt_out, members)? })
    }

    /// Those who do not have the opt-out: who is on it has none, and **who is not is unknown**, which
    /// blocks as an opt-out does: that somebody is not on it may also mean that nobody looked.
    #[must_use]
    pub fn of_non_dissenters(opt_out: OptOut, members: Members) -> Self {
        let chose = members.nobody();
        let (about, others) = (About::OptOut(opt_out), Others::Unknown);
        Self { about, chose, clear: Some(members), others }
    }

    /// The Type 1 opt-outs that coded histories tell, and who is known to have none. Who is not in
    /// them is unknown. `members` is empty and of the same kind of key.
    #[must_use]
    pub fn of_history<'h, K: Eq + Hash>(history: &'h History<K>, members: Members) -> Self
    where
        Key<'h>: From<&'h K>,
    {
        let (mut chose, mut clear) = (members.nobody(), members);
        for (patient, status) in history.statuses() {
            match status {
                Type1::Dissent => chose.insert(patient.into()),
                Type1::None => clear.insert(patient.into()),
                Type1::Unknown => None,
            };
        }
        let (about, others) = (About::OptOut(OptOut::Type1), Others::Unknown);
        Self { about, chose, clear: Some(clear), others }
    }

    /// Those whose explicit consent to this use is recorded and not withdrawn. Who is not on it has
    /// given none.
    #[must_use]
    pub const fn of_consenting(members: Members) -> Self {
        Self { about: About::Consent, chose: members, clear: None, others: Others::None }
    }

    /// Those who object to sharing for their own care. Who is not on it does not object.
    ///
    /// # Errors
    /// An empty list that nobody confirmed.
    pub fn of_objecting(members: Members) -> Result<Self, EmptyList> {
        let chose = members.some_or_confirmed()?;
        Ok(Self { about: About::CareObjection, chose, clear: None, others: Others::None })
    }

    /// The choice that it is about.
    #[must_use]
    pub const fn about(&self) -> About {
        self.about
    }

    /// How many people are on it.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.chose.len() + self.clear.as_ref().map_or(0, Members::len)
    }

    /// How many of them have opted out, consent or object.
    #[must_use]
    pub fn chose(&self) -> u64 {
        self.chose.len()
    }

    /// Whether people are known by NHS number, not by pseudonym.
    #[must_use]
    pub const fn is_of_numbers(&self) -> bool {
        self.chose.are_numbers()
    }

    /// Whether who is not on it counts as somebody without an opt-out or objection, and somebody
    /// is on it: a list that no patient of the data is on may hold other keys than the data do.
    #[must_use]
    pub fn clears_others(&self) -> bool {
        let withholds = !matches!(self.about, About::Consent);
        withholds && self.others == Others::None && !self.chose.is_empty()
    }

    /// Whether somebody is on it, whatever it means; `None` for a key of another kind.
    #[must_use]
    pub fn holds(&self, key: Key<'_>) -> Option<bool> {
        let clear = self.clear.as_ref().map_or(Some(false), |clear| clear.contains(key));
        Some(self.chose.contains(key)? || clear?)
    }

    /// What it says of a person, and how they were found on it. Who consents or objects has chosen, as
    /// who has opted out has.
    ///
    /// Who has chosen by a key in another form is told first: who stands among the others, or among
    /// those who have not, could be the same person.
    #[inline]
    fn says(&self, key: Option<Key<'_>>) -> (Says, Option<Found>) {
        let clear = self.clear.as_ref();
        let Some(chose) = key.and_then(|key| self.chose.has(key)) else {
            // Known by another kind of key, or by none.
            return (Says::Unknown, None);
        };
        if chose {
            return (Says::OptedOut, Some(Found::There));
        }
        let is_clear = key.and_then(|key| clear?.has(key)) == Some(true);
        let found = match key {
            Some(Key::Pseudonym(key)) if self.holds_like(key, is_clear) => {
                Some(Found::InAnotherForm)
            }
            _ if is_clear => Some(Found::There),
            _ => None,
        };
        let says = if is_clear || self.others == Others::None { Says::None } else { Says::Unknown };
        (says, found)
    }

    /// Whether somebody who has chosen, or, for a key that is not there, anybody, is on it by a key in
    /// another form.
    #[inline(never)]
    fn holds_like(&self, key: &[u8], is_clear: bool) -> bool {
        let clear = self.clear.as_ref().filter(|_| !is_clear);
        self.chose.has_like(key) || clear.is_some_and(|clear| clear.has_like(key))
    }
}
