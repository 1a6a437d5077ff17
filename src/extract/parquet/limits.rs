//! What a file may ask for, by its length: a small file stands for no table that fills the memory.

use std::format;
use std::string::String;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

const MIB: u64 = 1 << 20;

/// Rows of one group, at most.
pub(super) const GROUP: u64 = 1 << 28;

/// The most that a file of some length may ask for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Bytes of a page as it was before it was compressed.
    pub(super) page: u64,
    /// Texts in a dictionary.
    pub(super) entries: u64,
    /// Entries of one row in one column.
    pub(super) record: u64,
    /// Rows times columns; of entries of lists, each column of each group its share.
    pub(super) cells: u64,
    /// Bytes of the values of one column, written out.
    pub(super) spelt: u64,
    /// Bytes of one group that are held until it is written.
    pub(super) held: u64,
    /// Bytes that the columns in work hold together.
    pub(super) working: u64,
}

impl Limits {
    pub(super) fn of(length: u64) -> Self {
        let upto = |least: u64, times: u64| least.saturating_add(length.saturating_mul(times));
        Self {
            page: upto(16 * MIB, 16),
            entries: upto(16 * MIB, 16) / 32,
            record: upto(2 * MIB, 1) / 8,
            cells: upto(16 * MIB, 4096),
            spelt: upto(1024 * MIB, 4096),
            held: upto(32 * MIB, 32),
            working: upto(64 * MIB, 32),
        }
    }
}

/// A count for people, in groups of three digits.
pub(super) fn shown(count: u64) -> String {
    match count.checked_div(1000) {
        Some(more @ 1..) => format!("{},{:03}", shown(more), count % 1000),
        _ => format!("{count}"),
    }
}

/// Room for the columns in work. Whoever takes it holds none while waiting, so that nobody waits for
/// ever.
#[derive(Debug)]
pub(super) struct Room {
    whole: u64,
    free: Mutex<u64>,
    more: Condvar,
}

impl Room {
    pub(super) fn new(whole: u64) -> Self {
        Self { whole, free: Mutex::new(whole), more: Condvar::new() }
    }

    /// Waits until there is room for so many bytes, or takes all of it.
    pub(super) fn take(&self, bytes: u64) -> Taken<'_> {
        let bytes = bytes.min(self.whole);
        let free = self.more.wait_while(self.lock(), |free| *free < bytes);
        let mut free = free.unwrap_or_else(PoisonError::into_inner);
        *free -= bytes;
        Taken { room: self, bytes }
    }

    fn lock(&self) -> MutexGuard<'_, u64> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Given back when dropped.
#[derive(Debug)]
pub(super) struct Taken<'a> {
    room: &'a Room,
    bytes: u64,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        *self.room.lock() += self.bytes;
        self.room.more.notify_all();
    }
}
