//! How many entries there were, and of how many people.

use super::entry::{Effect, Entry, FIRST_DAY, Ignored};
use super::{CodeSystem, Recognised};
use crate::Date;

/// How many entries there were, and what they did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Report {
    /// Entries, those of nobody who can be known among them.
    pub entries: u64,
    /// Dissents that count.
    pub dissents: u64,
    /// Of them, those without a date.
    pub undated_dissents: u64,
    /// Of them, those dated before 2013, when there were none, which count as undated.
    pub early_dissents: u64,
    /// Of them, those dated after the disclosure.
    pub later_dissents: u64,
    /// Withdrawals that count.
    pub withdrawals: u64,
    /// Of them, those by the SNOMED CT code 827261000000102, whose meaning is of grade C
    /// (specification, section 8): to be confirmed in TRUD.
    pub unconfirmed_withdrawals: u64,
    /// Entries that stand and have a Type 1 code elsewhere than where codes are read.
    pub elsewhere: u64,
    ignored: [u64; Ignored::ALL.len()],
}

impl Report {
    /// How many entries were ignored for this reason.
    #[must_use]
    pub fn ignored(&self, why: Ignored) -> u64 {
        self.ignored.get(usize::from(why.number()) - 1).copied().unwrap_or(0)
    }

    /// Entries read as a Type 1 code that stands in the record, whatever their dates.
    #[must_use]
    pub fn type1(&self) -> u64 {
        let ignored = |why: &&Ignored| Effect::Ignored(**why).is_type1();
        let ignored = Ignored::ALL.iter().filter(ignored).map(|why| self.ignored(*why));
        self.dissents + self.withdrawals + ignored.sum::<u64>()
    }

    /// Entries that say nothing of Type 1, whatever their system; not those that cannot be read, nor
    /// suppliers' own codes.
    #[must_use]
    pub fn of_something_else(&self) -> u64 {
        use Ignored::{Deleted, EnteredInError, Local, Unreadable};
        [Deleted, EnteredInError, Local, Unreadable]
            .into_iter()
            .map(|why| self.ignored(why))
            .fold(self.entries.saturating_sub(self.type1()), u64::saturating_sub)
    }

    pub(super) fn count(&mut self, effect: Effect, entry: &Entry<'_>, on: Date) {
        self.entries += 1;
        let date = entry.date;
        match effect {
            Effect::Dissent => {
                self.dissents += 1;
                self.undated_dissents += u64::from(date.is_none());
                self.early_dissents += u64::from(date.is_some_and(|date| date < FIRST_DAY));
                self.later_dissents += u64::from(date.is_some_and(|date| date > on));
            }
            Effect::Withdrawal => {
                self.withdrawals += 1;
                self.unconfirmed_withdrawals += u64::from(entry.system == CodeSystem::Snomed);
            }
            Effect::Ignored(why) => self.count_ignored(why),
        }
    }

    /// An entry of nobody who can be known, which does nothing. Whether its code can be read counts.
    pub(super) fn count_unkeyed(&mut self, said: Option<Recognised>) {
        self.entries += 1;
        match said {
            Some(Recognised::Unreadable) => self.count_ignored(Ignored::Unreadable),
            Some(Recognised::Local) => self.count_ignored(Ignored::Local),
            Some(
                Recognised::Dissent
                | Recognised::Withdrawal
                | Recognised::Other(_)
                | Recognised::Unrelated,
            )
            | None => {}
        }
    }

    fn count_ignored(&mut self, why: Ignored) {
        if let Some(count) = self.ignored.get_mut(usize::from(why.number()) - 1) {
            *count += 1;
        }
    }
}

/// How many people a history knows, and of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct People {
    /// All.
    pub all: u64,
    /// Those with a dissent that stands.
    pub dissents: u64,
    /// Those with a withdrawal that counts.
    pub withdrawals: u64,
    /// Those unknown for a Type 1 code elsewhere than where codes are read.
    pub elsewhere: u64,
    /// Those unknown for this alone: on the day they are registered with no practice that was read, and
    /// the data do not say that they died.
    pub unregistered: u64,
}
