//! The practices of a history by number, and what is counted of each.

use std::borrow::ToOwned;
use std::collections::HashMap;
use std::string::String;
use std::vec::Vec;

/// What is known of a practice.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Practice {
    /// Whether all its entries are here.
    pub(super) read: bool,
    /// Its entries, and those of them whose code cannot be read.
    pub(super) entries: u64,
    pub(super) unreadable: u64,
    /// Entries of a Type 1 code that stand.
    pub(super) type1: u64,
    /// Whether entries or registrations name it.
    pub(super) named: bool,
}

/// A practice that nobody named, and so nobody has read.
pub(super) const UNNAMED: u32 = u32::MAX >> 1;

/// Practices by name and by number.
#[derive(Default)]
pub(super) struct PracticeIndex {
    numbers: HashMap<String, u32>,
    practices: Vec<Practice>,
}

impl PracticeIndex {
    /// The number of a practice, letter for letter.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        // Past 2^31 practices, each counts as one that nobody read.
        let number = u32::try_from(self.practices.len()).unwrap_or(UNNAMED).min(UNNAMED);
        self.numbers.insert(name.to_owned(), number);
        self.practices.push(Practice::default());
        number
    }

    /// The same of one that the data name.
    pub(super) fn named(&mut self, name: &str) -> u32 {
        let number = self.number(name);
        if let Some(practice) = self.get_mut(number) {
            practice.named = true;
        }
        number
    }

    pub(super) fn find(&self, name: &str) -> Option<Practice> {
        self.numbers.get(name).and_then(|number| self.get(*number))
    }

    pub(super) fn get(&self, number: u32) -> Option<Practice> {
        self.practices.get(number as usize).copied()
    }

    pub(super) fn get_mut(&mut self, number: u32) -> Option<&mut Practice> {
        self.practices.get_mut(number as usize)
    }

    pub(super) fn is_read(&self, number: u32) -> bool {
        self.get(number).is_some_and(|practice| practice.read)
    }

    pub(super) fn len(&self) -> usize {
        self.practices.len()
    }

    /// Each with its name and number, in the order of the names.
    pub(super) fn sorted(&self) -> Vec<(&str, u32, Practice)> {
        let each = self
            .numbers
            .iter()
            .filter_map(|(name, number)| Some((name.as_str(), *number, self.get(*number)?)));
        let mut sorted: Vec<_> = each.collect();
        sorted.sort_unstable_by_key(|(name, ..)| *name);
        sorted
    }
}
