//! Which rows of a group stay.

use std::boxed::Box;
use std::vec::Vec;

use super::batch::ROWS;
use crate::extract::outcome::Outcome;

const WORDS: usize = ROWS / 64;

/// Rows in batches of [`ROWS`], of which the last may be shorter: a bit for each row only where some
/// of a batch stay and some do not.
#[derive(Debug, Default)]
pub(super) struct Keep {
    batches: Vec<Batch>,
    pub(super) kept: u64,
}

/// What stays of a batch.
#[derive(Clone, Debug)]
pub(super) enum Batch {
    Nothing,
    All,
    Some(Box<[u64; WORDS]>),
}

impl Keep {
    /// Adds the next batch.
    pub(super) fn push(&mut self, outcomes: &[Outcome]) {
        let kept = outcomes.iter().filter(|outcome| **outcome == Outcome::Kept).count();
        self.kept += kept as u64;
        self.batches.push(if kept == 0 {
            Batch::Nothing
        } else if kept == outcomes.len() {
            Batch::All
        } else {
            let mut bits = Box::new([0; WORDS]);
            for (word, outcomes) in bits.iter_mut().zip(outcomes.chunks(64)) {
                for (at, outcome) in outcomes.iter().enumerate() {
                    *word |= u64::from(*outcome == Outcome::Kept) << at;
                }
            }
            Batch::Some(bits)
        });
    }

    /// The batch of a row, and the place of the row in it. What was not decided does not stay.
    pub(super) fn of(&self, row: usize) -> (&Batch, usize) {
        (self.batches.get(row / ROWS).unwrap_or(&Batch::Nothing), row % ROWS)
    }
}

impl Batch {
    pub(super) fn keeps(&self, at: usize) -> bool {
        match self {
            Self::Nothing => false,
            Self::All => true,
            Self::Some(bits) => bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1),
        }
    }
}
