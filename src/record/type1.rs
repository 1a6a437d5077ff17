//! The Type 1 opt-out, from coded entries in GP records (specification, section 8).
//!
//! Of the entries that count, the latest on or before the date of disclosure decides. Whatever is
//! in doubt about a dissent keeps it; whatever is in doubt about a withdrawal drops it. Without a
//! dissent a patient is known to have none only where every practice at which the patient is known
//! to have been registered was read: an entry that is not there proves nothing about a practice
//! that nobody looked at.
//!
//! ```
//! use optout::record::type1::{CodeSystem, Entry, History};
//! use optout::{Date, Type1};
//!
//! let mut history = History::new(Date::ymd(2026, 6, 1));
//! let dissent = Entry::new(CodeSystem::ReadV2, b"9Nu0.").on(Date::ymd(2019, 3, 5)).at("A81001");
//! history.entry("patient 1", &dissent)?;
//! history.registered("patient 2", "A81001");
//! history.registered("patient 3", "A81001");
//! history.registered("patient 3", "B82002");
//! history.practice_read("A81001");
//!
//! assert_eq!(history.status(&"patient 1"), Type1::Dissent);
//! assert_eq!(history.status(&"patient 2"), Type1::None);
//! assert_eq!(history.status(&"patient 3"), Type1::Unknown); // nobody read B82002
//! assert_eq!(history.status(&"patient 4"), Type1::Unknown); // nobody knows where
//! # Ok::<(), optout::record::type1::CodeError>(())
//! ```

mod code;
#[cfg(feature = "csv")]
mod date_format;
mod history;
#[cfg(feature = "csv")]
pub mod table;

pub use code::{CodeError, CodeSystem, OtherConsent, Recognised, recognise};
pub use history::{Effect, Entry, EntryState, History, Ignored, Report};
