//! The engine of `optout filter`, through its public interface.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test stops at once")]
#![allow(clippy::indexing_slicing, reason = "a test stops at once")]

mod faults;
#[cfg(feature = "parquet")]
mod handmade;
#[cfg(unix)]
mod linear;
mod oracle;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "parquet")]
mod parquet_counts;
#[cfg(feature = "parquet")]
mod parquet_flips;
#[cfg(feature = "parquet")]
mod parquet_limits;
#[cfg(feature = "parquet")]
mod parquet_types;
mod people;
mod setting;
mod swallowed;
