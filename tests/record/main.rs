//! From what was recorded to a patient's byte, as tests.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test stops at the first surprise, and these lints protect hosts, not tests"
)]

mod codes;
mod inbound;
mod joined;
mod list;
mod look_up;
mod mesh;
mod numbers;
mod pair;
mod plausible;
mod register;
mod registrations;
mod request;
mod scan;
mod strays;
mod table;
mod type1;
