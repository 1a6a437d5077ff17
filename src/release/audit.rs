//! The record of a release: what was judged, on what evidence, from which files, and what left.
//!
//! It names no patient: every text in it is masked when it is written. It holds a digest over itself,
//! and what of it follows from the rest is judged anew when it is verified. Records of a series are
//! chained by digest, so that one that is altered or removed shows by those after it, whoever wrote its
//! own digest anew; the newest shows only against its digest, kept elsewhere.
//! `docs/audit.schema.json` in the repository is its schema.

mod claims;
mod finding;
mod form;
mod place;
mod regular;
mod series;
mod verify;

use std::collections::BTreeMap;
use std::string::{String, ToString};
use std::vec::Vec;

pub use finding::Finding;
pub use series::{Series, SeriesError};
pub use verify::{VerifyError, read, verify, verify_in_series, verify_last, verify_series};

use super::Evidence;
use crate::Date;
use crate::disclosure::Disclosure;
use crate::extract::{Counts, Outcome, Stream};
use crate::record::{Digest, type1};

/// The version of the record's form.
pub const VERSION: u32 = 1;

/// The record of one run.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Always `optout-audit`.
    pub format: String,
    /// The version of the form.
    pub version: u32,
    /// BLAKE3 of the bytes of the record's file with 64 zeros in the place of this digest; it is made
    /// when the record is written.
    #[serde(rename = "self")]
    pub own: Digest,
    /// Its place in a series, if it is part of one.
    pub chain: Option<Link>,
    /// What wrote it.
    pub software: Software,
    /// What was done.
    pub mode: Mode,
    /// When it began, in UTC.
    pub started: String,
    /// When everything was written, in UTC.
    pub finished: String,
    /// The exit status of the run: 0, or 2 when nothing was released.
    pub exit: u8,
    /// Why nothing was released, where that is so.
    pub error: Option<String>,
    /// The request file; in its path, the digits of an NHS number are masked.
    pub request: Option<Recorded>,
    /// The entry of the catalogue that supplied the disclosure.
    pub flow: Option<String>,
    /// The disclosure.
    pub disclosure: serde_json::Value,
    /// The ruling, explained route by route.
    pub ruling: serde_json::Value,
    /// What is on record for the assertions; nothing where the request file holds an NHS number.
    pub evidence: Vec<Evidence>,
    /// What the request file said beyond the disclosure and the evidence, by its own keys; none
    /// where there was no request file, or where it could not be shown.
    pub settings: Option<serde_json::Value>,
    /// What deserved a second look.
    pub warnings: Vec<String>,
    /// What the people's statuses came from.
    pub sources: Vec<Source>,
    /// The tables.
    pub tables: Vec<TableRecord>,
    /// All tables together.
    pub total: Rows,
    /// How many rows other routes would release.
    pub compared: Vec<Compared>,
}

/// What wrote a record.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Software {
    /// The name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The edition of the policy that it decides.
    pub policy_edition: String,
}

impl Software {
    /// This library.
    #[must_use]
    pub fn this() -> Self {
        Self {
            name: "optout".to_string(),
            version: env!("CARGO_PKG_VERSION").to_string(),
            policy_edition: crate::POLICY_EDITION.to_string(),
        }
    }
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Data were written.
    Release,
    /// Rows were counted, and nothing was written.
    DryRun,
    /// Another day was judged, rows were counted, and nothing was written.
    Replay,
}

/// The place of a record in its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Its number, from 1.
    pub number: u64,
    /// The digest of the record before it, byte for byte; none for the first.
    pub previous: Option<Digest>,
}

/// A file as it was.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// Where it was; an output is beside the record.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// Its BLAKE3 digest.
    pub digest: Digest,
}

impl Recorded {
    /// A file that was read or written to its end.
    #[must_use]
    pub fn new(file: impl Into<String>, stream: Stream) -> Self {
        Self { file: file.into(), bytes: stream.bytes, digest: stream.digest }
    }
}

/// What people's statuses came from.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// `register`, `type1-entries`, `registrations`, `practices-read`, or the code of what a list lists.
    pub kind: String,
    /// The file.
    pub file: Recorded,
    /// People asked, or listed.
    pub people: u64,
    /// People among them who have opted out, consent or object; of a list of people who have not,
    /// none.
    pub opted_out: u64,
    /// The rows of a table of coded entries, registrations or practices.
    pub rows: Option<SourceRows>,
    /// How often it said something of a person in the tables, counted for each person that a row
    /// names; none where the tables were not read to their end.
    pub matched: Option<u64>,
    /// Entries of coded histories that did not count, by why.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ignored: BTreeMap<String, u64>,
    /// What coded entries say of Type 1, in numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub type1: Option<Type1Counts>,
    /// What is known of people who are not on it.
    pub others: Option<String>,
    /// The day of the national check.
    pub checked: Option<Date>,
    /// The age that the caller accepts.
    pub max_age_days: Option<u16>,
}

/// The rows of a table of coded entries or registrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRows {
    /// All of them.
    pub rows: u64,
    /// Those without a patient that can be known, which could be passed over.
    pub unkeyed: u64,
    /// Those with a code of a system that was not declared, none of them a Type 1 code.
    pub other_systems: u64,
}

impl From<type1::table::Rows> for SourceRows {
    fn from(rows: type1::table::Rows) -> Self {
        let type1::table::Rows { all, unkeyed, other_systems } = rows;
        Self { rows: all, unkeyed, other_systems }
    }
}

/// What coded entries say of Type 1, in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Type1Counts {
    /// Entries read.
    pub entries: u64,
    /// Dissents that stand.
    pub dissents: u64,
    /// People with one.
    pub people_with_dissents: u64,
    /// Dissents without a date, or with one before 2013, so that no withdrawal cancels them.
    pub undated_dissents: u64,
    /// Withdrawals that count.
    pub withdrawals: u64,
    /// People with one.
    pub people_with_withdrawals: u64,
    /// Entries without a code that can be read in its system.
    pub unreadable: u64,
    /// Entries with a supplier's own code.
    pub local: u64,
    /// Entries with a Type 1 code elsewhere than where codes are read.
    pub elsewhere: u64,
    /// People who are unknown for that.
    pub people_elsewhere: u64,
    /// Entries of something else.
    pub of_something_else: u64,
    /// People who are unknown only because, on the day, they are registered with no practice that was
    /// read.
    pub people_unregistered: u64,
}

impl Type1Counts {
    /// Of a history that was read to its end.
    #[must_use]
    pub fn new(report: &type1::Report, people: &type1::People) -> Self {
        Self {
            entries: report.entries,
            dissents: report.dissents,
            people_with_dissents: people.dissents,
            undated_dissents: report.undated_dissents + report.early_dissents,
            withdrawals: report.withdrawals,
            people_with_withdrawals: people.withdrawals,
            unreadable: report.ignored(type1::Ignored::Unreadable),
            local: report.ignored(type1::Ignored::Local),
            elsewhere: report.elsewhere,
            people_elsewhere: people.elsewhere,
            of_something_else: report.of_something_else(),
            people_unregistered: people.unregistered,
        }
    }
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableRecord {
    /// The file that was read.
    pub input: Recorded,
    /// The file that was written.
    pub output: Option<Recorded>,
    /// Its columns that name people.
    pub people: Vec<String>,
    /// Its rows.
    pub rows: Rows,
}

/// Rows by what became of them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// All of them.
    pub rows: u64,
    /// Those that may leave.
    pub kept: u64,
    /// Those that may not, by reason.
    pub withheld: BTreeMap<String, u64>,
    /// Those without an identifier, kept or not.
    pub without_identifier: u64,
}

impl From<&Counts> for Rows {
    fn from(counts: &Counts) -> Self {
        let by = |(outcome, rows): (Outcome, u64)| (outcome.code().to_string(), rows);
        Self {
            rows: counts.rows(),
            kept: counts.kept(),
            withheld: counts.withheld_by().map(by).collect(),
            without_identifier: counts.without_identifier(),
        }
    }
}

/// What another route would release.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// The flow.
    pub flow: String,
    /// All tables together.
    pub total: Rows,
}

impl Record {
    /// What in it contradicts the rest: its sums, its words, what was done and what came of it, and,
    /// where this build decides as the one that wrote it, the ruling, the evidence and the checks.
    #[must_use]
    pub fn contradictions(&self) -> Vec<String> {
        claims::contradictions(self)
    }

    /// What this build cannot judge anew, because another wrote the record.
    #[must_use]
    pub fn not_judged_anew(&self) -> Option<String> {
        claims::not_judged_anew(self)
    }

    /// The disclosure as the record holds it.
    ///
    /// # Errors
    /// None that a disclosure can cause.
    pub fn disclosure_json(
        disclosure: &Disclosure,
    ) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::to_value(disclosure)
    }

    /// The bytes of the record's file: every text masked, and the digest of them in its place.
    ///
    /// # Errors
    /// None that a record can cause.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        form::write(self)
    }
}
