//! `optout filter` and `optout audit`, as a data manager runs them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test stops at once")]
#![allow(clippy::indexing_slicing, reason = "a test stops at once")]

mod audit;
mod bench;
mod fail_open;
mod histories;
mod killed;
mod lost_rows;
mod refused;
mod released;
mod type1;
mod walkthrough;
