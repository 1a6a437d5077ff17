//! Faults that people met with real files, each with its neighbours: what must stop, what must be
//! withheld, and what must still be released.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test stops at once")]
#![allow(clippy::indexing_slicing, reason = "a test stops at once")]

mod answers;
#[path = "../filter/bench.rs"]
#[allow(dead_code, reason = "shared with the tests of the filter")]
mod bench;
#[path = "../../../tests/extract/handmade.rs"]
#[allow(dead_code, reason = "shared with the tests of the library")]
mod handmade;
mod headers;
mod histories;
mod parquet;
mod people_column;
mod readers;
mod records;
mod shown;
mod sources;
mod stopping;
