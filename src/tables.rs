//! One reader of delimited text: requests to the national check, lists, histories, registrations and
//! the tables of a release are read by the same code, with the same strictness and the same words.
//!
//! Readers of CSV disagree about stray quotes, lone carriage returns and rows of another width: by
//! one reader's rules such a row would take others with it, and the people in them. Nothing that they
//! disagree about is read.

// It knows nothing of patients: what a person's name looks like is said by those who read.
mod dialect;
mod fault;
pub(crate) mod input;
pub(crate) mod joined;
pub(crate) mod key;
pub(crate) mod layout;
mod masks;
mod names;
pub(crate) mod open;
pub(crate) mod quoted;
pub(crate) mod rows;
pub(crate) mod scan;
mod search;
pub(crate) mod sheet;
pub(crate) mod turns;

/// What the turns are made of; their model has its own.
mod sync {
    pub(super) use std::sync::{Condvar, Mutex, MutexGuard};
}

pub use dialect::{Column, Dialect, Header};
pub use fault::{Fault, TableError};
pub use names::Names;

#[cfg(feature = "extract")]
pub(crate) use fault::At;
