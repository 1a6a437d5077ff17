//! A release: files that appear together or not at all, the terms on which they may, and the record
//! that says so.
//!
//! [`Directory`] is where [`Extract`](crate::extract::Extract) writes; [`Terms`] stops what rests on
//! a date or a reference that does not hold; [`audit`] keeps and verifies the record.

pub mod audit;
mod directory;
mod leftovers;
mod reference;
mod terms;

pub use directory::{Directory, DirectoryError, is_plain_name};
pub use leftovers::leftovers;
pub use reference::refers_to_nothing;
pub use terms::{Check, CheckKind, Evidence, Refusal, Terms, Warning};
