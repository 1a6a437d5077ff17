//! `optout check`: what is asked, what comes back, and what is refused.
#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

mod desk;
mod read;
mod request;
