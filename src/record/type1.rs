//! The Type 1 opt-out, from coded entries in GP records (specification, section 8).
//!
//! Of the entries that count, the latest on or before the date of disclosure decides. Whatever is
//! in doubt about a dissent keeps it; whatever is in doubt about a withdrawal drops it. Without a
//! dissent a patient is known to have none only where every practice at which the patient is known
//! to have been registered was read, and the patient is registered with one of them on that day or died
//! as its patient: an entry that is not there proves nothing about a practice that nobody looked at.
//! What could be a Type 1 entry and cannot be read as one stops the reading or leaves the patient
//! unknown; it is never passed over.
//!
//! ```
//! use optout::record::type1::{CodeSystem, Entry, History, Registration};
//! use optout::{Date, Type1};
//!
//! let mut history = History::new(Date::ymd(2026, 6, 1));
//! let dissent = Entry::new(CodeSystem::ReadV2, b"9Nu0.").on(Date::ymd(2019, 3, 5)).at("A81001");
//! history.entry("patient 1", &dissent)?;
//! history.registered("patient 2", &Registration::open("A81001"));
//! history.registered("patient 3", &Registration::open("A81001"));
//! let moved = Registration::open("B82002").until(Date::ymd(2020, 1, 1));
//! history.registered("patient 3", &moved);
//! let left = Registration::open("A81001").until(Date::ymd(2020, 1, 1));
//! history.registered("patient 4", &left);
//! history.practice_read("A81001");
//!
//! assert_eq!(history.status(&"patient 1"), Type1::Dissent);
//! assert_eq!(history.status(&"patient 2"), Type1::None);
//! assert_eq!(history.status(&"patient 3"), Type1::Unknown); // nobody read B82002
//! assert_eq!(history.status(&"patient 4"), Type1::Unknown); // nobody knows where they went
//! # Ok::<(), optout::record::type1::CodeError>(())
//! ```

mod altered;
mod code;
#[cfg(feature = "csv")]
mod date_format;
#[cfg(feature = "csv")]
mod elsewhere;
mod entry;
mod history;
mod plausible;
mod practice;
mod readable;
mod registration;
mod report;
#[cfg(feature = "csv")]
pub mod table;

pub use code::{CodeError, CodeSystem, OtherConsent, Recognised, recognise};
pub use entry::{Effect, Entry, EntryState, FIRST_DAY, Ignored};
pub use history::History;
pub use plausible::{Accepted, AtPractices, Doubt, Implausible, UNREADABLE_AT_MOST};
pub use registration::{AllRegistered, NotThen, Registration};
pub use report::{People, Report};
