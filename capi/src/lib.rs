//! The C library of `optout`: the decisions of [`optout`] behind functions that C can call.
//!
//! The manual is `include/optout.h`, which is generated from this crate: the documentation of each
//! item here is the documentation of its declaration there. Rust programs use the `optout` crate.
//!
//! Data cross as caller-owned structures of fixed-width integers. A structure from C is read once,
//! into memory of our own; an output is a denial before anything can fail; and nothing is ever
//! allocated for the caller but a register. The library has no state.
#![cfg_attr(not(feature = "std"), no_std)]
#![expect(non_camel_case_types, reason = "the names in C")]

// What the header declares, in the order in which it declares it.

mod version;

mod status;

mod vocabulary;

mod error;

mod disclosure;

mod ruling;

#[cfg(feature = "std")]
mod flow;

#[cfg(feature = "std")]
mod nhs_number;

mod patient;

#[cfg(feature = "std")]
mod register;

#[cfg(feature = "std")]
mod national;

mod decision;

#[cfg(feature = "std")]
mod explain;

#[cfg(feature = "std")]
mod clauses;

#[cfg(feature = "std")]
mod json;

mod field;

// What stands behind it.

#[cfg(feature = "std")]
mod file;
mod guard;
mod judged;
mod memory;
#[cfg(feature = "std")]
mod said;
mod text;

#[cfg(feature = "std")]
pub use clauses::*;
pub use decision::*;
pub use disclosure::*;
pub use error::*;
#[cfg(feature = "std")]
pub use explain::*;
pub use field::*;
#[cfg(feature = "std")]
pub use flow::*;
#[cfg(feature = "std")]
pub use json::*;
#[cfg(feature = "std")]
pub use national::*;
#[cfg(feature = "std")]
pub use nhs_number::*;
pub use patient::*;
#[cfg(feature = "std")]
pub use register::*;
pub use ruling::*;
pub use status::*;
pub use version::*;
pub use vocabulary::*;
