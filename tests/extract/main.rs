//! The engine of `optout filter`, through its public interface.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test stops at once")]
#![allow(clippy::indexing_slicing, reason = "a test stops at once")]

mod faults;
mod oracle;
#[cfg(feature = "parquet")]
mod parquet;
mod people;
mod setting;
mod swallowed;
