//! Decides whether a patient's data may be disclosed in England: the Type 1 opt-out, the National
//! Data Opt-out, legal bases and exemptions, as **allow or deny, with the reason and the clause**.
//!
//! # The model
//!
//! A health or care organisation is about to make a patient's data available for some purpose.
//! Three separate things decide whether it may, for this patient:
//!
//! 1. **Lawfulness.** Confidential information may go only on a basis that lifts the duty of
//!    confidence. Without one nothing may go, whatever the patient chose: *not opted out* is never
//!    permission (OP8).
//! 2. **Which opt-outs bind** this disclosure. That depends on the disclosure alone.
//! 3. **What this patient has recorded**, and whether we know it.
//!
//! > Allow exactly when some open route permits: the route's own condition on the patient holds,
//! > and none of the opt-outs that bind on that route blocks. Otherwise deny. An opt-out blocks
//! > when it is recorded, **or when its status is not known**.
//!
//! So a disclosure is judged once, and a patient is then one byte looked up in that ruling:
//!
//! ```text
//!  what the controller says            what the records say
//!  ┌────────────┐   assess()   ┌──────────┐   decide()   ┌──────────┐
//!  │ Disclosure │ ───────────▶ │  Ruling  │ ───────────▶ │ Decision │
//!  └────────────┘              └──────────┘              └──────────┘
//!    origin, purpose,            routes open, what          allow or deny, reason,
//!    bases, conditions           binds on each,             route, what blocked
//!                                256 decisions                   ▲
//!                                                     ┌─────────┐│
//!                                                     │ Patient │┘ one byte
//!                                                     └─────────┘
//! ```
//!
//! # A worked example
//!
//! A hospital trust sends identifiable records to a university for research. The university holds
//! section 251 support under regulation 5, and some of the patients have given consent. Two routes
//! open: `explicit-consent`, for those who gave it, on which no opt-out binds; and `section-251`, on
//! which the national opt-out binds. Type 1 has no part in it, because the data do not come from a
//! GP record.
//!
//! ```
//! use optout::{
//!     Bases, Boundary, Conditions, Date, Disclosure, Identifiability, National, Origin, Patient,
//!     Purpose, Reason, Route, Type1, Verdict, assess,
//! };
//!
//! let ruling = assess(&Disclosure {
//!     origin: Origin::EnglandCare,
//!     boundary: Boundary::BeyondController,
//!     identifiability: Identifiability::Identifiable,
//!     purpose: Purpose::Research,
//!     bases: Bases::COPI_REG_5 | Bases::EXPLICIT_CONSENT,
//!     conditions: Conditions::empty(),
//!     on: Date::ymd(2026, 6, 1), // the library never reads a clock
//! })?;
//!
//! // Nobody checked this patient's national opt-out. Doubt never helps a disclosure.
//! let unchecked = ruling.decide(Patient::UNKNOWN);
//! assert_eq!(unchecked.verdict(), Verdict::Deny);
//! assert_eq!(unchecked.reason(), Reason::NationalUnknown);
//!
//! // Checked, and clear. The Type 1 status is not known, and need not be.
//! let clear = Patient::UNKNOWN.with_national(National::None);
//! assert_eq!(ruling.decide(clear).route(), Some(Route::Section251));
//!
//! // Opted out, but consented to this study: consent stands, whichever came first.
//! let consented = Patient::UNKNOWN.with_national(National::OptedOut).with_explicit_consent();
//! assert_eq!(ruling.decide(consented).route(), Some(Route::ExplicitConsent));
//!
//! // Opted out, and no consent: denied, with the clause.
//! let dissent = Patient::UNKNOWN.with_national(National::OptedOut).with_type1(Type1::None);
//! assert_eq!(ruling.decide(dissent).reason(), Reason::NationalOptOut);
//! assert_eq!(ruling.clauses(dissent).as_slice()[0].code(), "OP5.1");
//! # Ok::<(), optout::AssessError>(())
//! ```
//!
//! A batch is a column of bytes, decided by [`Ruling::decide_many`] or, for the verdicts alone,
//! [`Ruling::verdicts`]. The feature `column` does it at the speed of memory, and gives verdicts as
//! bits, counts by reason and the indices of those allowed as well.
//!
//! # Where to read the policy
//!
//! * [`route`]: what lifts the duty of confidence, and when a route opens.
//! * [`binding`]: which opt-out binds on which route: the matrix.
//! * [`clause`]: the sources, each with the grade of what we draw from it.
//! * [`flow`]: published flows, with the terms that hold between two dates.
#![cfg_attr(
    feature = "std",
    doc = "* [`explain`]: a ruling in words, and what would change a denial."
)]
#![cfg_attr(
    feature = "column",
    doc = "* [`mod@column`]: a whole column of patients at the speed of memory."
)]
#![cfg_attr(feature = "record", doc = "* [`record`]: from what was recorded to a patient's byte.")]
//!
//! `POLICY.md` in the repository is the same policy as a handbook, generated from these tables.
//!
//! # Promises
//!
//! * **Zero is the safe answer.** Zeroed memory is a patient of whom nothing is known, a denial and
//!   a reason `not-decided`.
//! * **The core is total and pure.** [`Ruling::decide`] cannot fail. [`assess`] fails only where the
//!   question itself is wrong. There is no clock, file, network, environment or randomness in it,
//!   and no allocation: without default features this crate is `#![no_std]` and needs no `alloc`.
//! * **Patients stay out of errors.** The core takes no identifiers, and an error that repeats what
//!   was given masks digits.
//!
//! # What it is not
//!
//! It is not legal advice, and it cannot check what a controller asserts. Bases and conditions that
//! need evidence are *unverified* until the caller has checked the reference and its dates.
//!
//! # Features
//!
//! | feature | gives |
//! |---|---|
//! | `std` (default) | explanations in words; the nearest valid code in errors |
//! | `serde` | the JSON of every type that crosses an interface |
//! | `json` | one question a line in, one answer a line out |
//! | `record` | from what was recorded to a patient's byte: NHS numbers, histories, lists, the national check |
//! | `column` | verdicts, a bitmap, counts and indices of a whole column, with the processor's widest instructions |
//! | `csv` | histories and lists from CSV |

#![no_std]

#[cfg(feature = "std")]
extern crate std;

pub mod binding;
pub mod clause;
#[cfg(feature = "column")]
pub mod column;
mod date;
mod decision;
mod disclosure;
#[cfg(feature = "std")]
pub mod explain;
#[cfg(feature = "extract")]
pub mod extract;
pub mod flow;
#[cfg(feature = "serde")]
mod object;
mod patient;
mod purpose;
#[cfg(feature = "json")]
pub mod question;
#[cfg(feature = "record")]
pub mod record;
#[cfg(feature = "extract")]
pub mod release;
pub mod route;
mod ruling;
pub mod source;
#[cfg(feature = "csv")]
#[cfg_attr(
    not(feature = "extract"),
    expect(dead_code, reason = "a release needs of a reader what lists and histories do not")
)]
pub mod tables;
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
pub use source::Source;
pub use vocabulary::UnknownCode;

/// The edition of the policy that this build decides: it changes when an answer changes.
pub const POLICY_EDITION: &str = "1";

/// The Rust of the README, tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
