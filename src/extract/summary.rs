//! What a run came to.

use std::string::String;
use std::vec::Vec;

use super::outcome::Counts;
use crate::record::Digest;

/// What a run came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Each table, in the order given.
    pub tables: Vec<TableSummary>,
}

impl Summary {
    /// The rows of all tables together.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut all = Counts::default();
        for table in &self.tables {
            all.merge(&table.counts);
        }
        all
    }
}

/// What one table came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSummary {
    /// How it was called.
    pub name: String,
    /// Its rows.
    pub counts: Counts,
    /// Its rows under each of the other rulings, in the order given.
    pub compared: Vec<Counts>,
    /// What was read.
    pub read: Stream,
    /// What was written.
    pub written: Stream,
}

/// A stream of bytes that was read or written to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    /// Its length.
    pub bytes: u64,
    /// Its BLAKE3 digest.
    pub digest: Digest,
}

/// A share in per cent; 0 of nothing.
pub(super) fn per_cent(part: u64, whole: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a share for people")]
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}
