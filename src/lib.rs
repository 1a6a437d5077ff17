#![doc = "placeholder"]
#![no_std]

#[cfg(feature = "std")]
extern crate std;

pub mod binding;
pub mod clause;
mod date;
mod decision;
mod disclosure;
#[cfg(feature = "std")]
pub mod explain;
pub mod flow;
mod patient;
mod purpose;
pub mod route;
mod ruling;
mod vocabulary;

pub use clause::{Citation, Clause, Clauses, Grade};
pub use date::{Date, DateError};
pub use decision::{BlockedBy, Decision, Reason, Verdict};
pub use disclosure::{
    AssessError, Bases, Boundary, Conditions, Disclosure, Identifiability, Origin,
};
pub use patient::{National, Patient, Programme, Type1};
pub use purpose::{AmbiguousCode, Purpose, PurposeClass, PurposeError};
pub use route::Route;
pub use ruling::{LengthError, Ruling, assess};
pub use vocabulary::UnknownCode;
