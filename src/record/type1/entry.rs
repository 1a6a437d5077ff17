//! One coded entry, and what it does. Nothing here allocates or reads a file.

use super::{CodeError, CodeSystem, OtherConsent, Recognised, recognise};
use crate::Date;
use crate::vocabulary::{UnknownCode, coded, read_code};

/// The first day of the year in which Type 1 codes came into use. A date before it is how a system
/// writes that it knows none (1900-01-01, 1800-01-01, 1902-02-02).
pub const FIRST_DAY: Date = Date::ymd(2013, 1, 1);

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

    /// What the entry does for a disclosure on this day, whoever's it is.
    ///
    /// # Errors
    /// A code that cannot be taken at its word.
    pub fn effect(&self, on: Date) -> Result<Effect, CodeError> {
        recognise(self.system, self.code).map(|said| self.effect_of(said, on))
    }

    /// The same of an entry whose code says this.
    pub(super) fn effect_of(&self, said: Recognised, on: Date) -> Effect {
        let withdrawal = match said {
            Recognised::Dissent => false,
            Recognised::Withdrawal => true,
            Recognised::Other(other) => return Effect::Ignored(other.into()),
            Recognised::Local => return Effect::Ignored(Ignored::Local),
            Recognised::Unreadable => return Effect::Ignored(Ignored::Unreadable),
            Recognised::Unrelated => return Effect::Ignored(Ignored::Unrelated),
        };
        match (self.state, self.date) {
            (EntryState::Deleted, _) => Effect::Ignored(Ignored::Deleted),
            (EntryState::EnteredInError, _) => Effect::Ignored(Ignored::EnteredInError),
            (EntryState::Current, _) if !withdrawal => Effect::Dissent,
            (EntryState::Current, None) => Effect::Ignored(Ignored::UndatedWithdrawal),
            (EntryState::Current, Some(date)) if date < FIRST_DAY => {
                Effect::Ignored(Ignored::EarlyWithdrawal)
            }
            (EntryState::Current, Some(date)) if date > on => {
                Effect::Ignored(Ignored::LaterWithdrawal)
            }
            (EntryState::Current, Some(_)) => Effect::Withdrawal,
        }
    }
}

/// The entry that decides, as one number: the day (`yyyymmdd`), then 1 for a dissent, so that the
/// greatest is the latest and, on one day, a dissent. 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Latest(u32);

impl Latest {
    /// A dissent that no withdrawal cancels: one without a date, with one from before there were any,
    /// or after the disclosure.
    const LASTING: Self = Self(u32::MAX);

    const fn dated(date: Date, dissent: bool) -> Self {
        Self(date.yyyymmdd() * 2 + dissent as u32)
    }

    /// What an entry of this effect and date decides on its own.
    pub(super) fn of(effect: Effect, date: Option<Date>, on: Date) -> Self {
        match (effect, date) {
            (Effect::Dissent, Some(date)) if FIRST_DAY <= date && date <= on => {
                Self::dated(date, true)
            }
            (Effect::Dissent, _) => Self::LASTING,
            (Effect::Withdrawal, Some(date)) => Self::dated(date, false),
            (Effect::Withdrawal, None) | (Effect::Ignored(_), _) => Self::default(),
        }
    }

    pub(super) const fn is_dissent(self) -> bool {
        self.0 % 2 == 1
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
        EarlyWithdrawal = 11, "early-withdrawal", "a withdrawal dated before 2013, when there were none";
        Local = 12, "local", "a supplier's own code";
        Unreadable = 13, "unreadable", "no code, or none that its system has";
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

impl Effect {
    /// Whether it is of a Type 1 code that stands in the record, whatever its date.
    #[must_use]
    pub const fn is_type1(self) -> bool {
        match self {
            Self::Dissent | Self::Withdrawal => true,
            Self::Ignored(why) => match why {
                Ignored::UndatedWithdrawal
                | Ignored::LaterWithdrawal
                | Ignored::EarlyWithdrawal => true,
                Ignored::Deleted
                | Ignored::EnteredInError
                | Ignored::Type2
                | Ignored::Type2Withdrawn
                | Ignored::SummaryCareRecord
                | Ignored::SharedRecord
                | Ignored::ThirdParty
                | Ignored::Unrelated
                | Ignored::Local
                | Ignored::Unreadable => false,
            },
        }
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
