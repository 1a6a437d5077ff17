//! The policy specification as tests.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::manual_let_else,
    clippy::match_wild_err_arm,
    clippy::trivially_copy_pass_by_ref,
    unreachable_pub,
    reason = "a test stops at the first surprise, and these lints protect hosts, not tests"
)]

mod batches;
mod cases;
mod catalogue;
mod citations;
mod clauses;
mod consequences;
mod errors;
mod expected;
mod flows;
#[cfg(feature = "serde")]
mod json;
mod laws;
mod matrix;
mod near_misses;
mod oracle;
mod printed;
mod question;
mod reasons;
mod sources;
mod space;
mod vocabulary;
