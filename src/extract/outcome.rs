//! What became of a row.

use crate::decision::Reason;
use crate::patient::Patient;
use crate::ruling::Ruling;
use crate::vocabulary::{UnknownCode, coded, read_code};

coded! {
    /// What became of a row. Of several that apply, to one person or to several that the row names,
    /// the lowest number is given; a row is kept only where every person it names may be disclosed.
    pub enum Outcome("outcome") {
        IdentifierInvalid = 1, "identifier-invalid", "what names the person is not an NHS number";
        IdentifierPlaceholder = 2, "identifier-placeholder", "the NHS number is a placeholder, one digit ten times over";
        IdentifierEmpty = 3, "identifier-empty", "nothing names the person, and `no-nhs-number` is not asserted";
        InvalidStatus = 4, "invalid-status", "the patient's status byte has a field that means nothing";
        NoLawfulBasis = 5, "no-lawful-basis", "nothing lifts the duty of confidence, whatever the patient chose";
        ConsentNotRecorded = 6, "consent-not-recorded", "only explicit consent would permit it, and this patient has recorded none";
        Type1Dissent = 7, "type1-dissent", "the patient has a Type 1 opt-out";
        NationalOptOut = 8, "national-opt-out", "the patient has a national data opt-out";
        ProgrammeOptOut = 9, "programme-opt-out", "the patient has opted out of this programme";
        CareObjection = 10, "care-objection", "the patient objects to sharing for their own care";
        Type1Unknown = 11, "type1-unknown", "it is not known whether the patient has a Type 1 opt-out";
        NationalUnknown = 12, "national-unknown", "it is not known whether the patient has a national data opt-out";
        ProgrammeUnknown = 13, "programme-unknown", "it is not known whether the patient has opted out of this programme";
        Kept = 14, "kept", "every person whom the row names may be disclosed";
    }
}
read_code!(Outcome, from_code, UnknownCode);

impl Outcome {
    /// What a decision makes of a row.
    const fn of(reason: Reason) -> Self {
        match reason {
            Reason::Permitted => Self::Kept,
            Reason::NotDecided | Reason::InvalidStatus => Self::InvalidStatus,
            Reason::NoLawfulBasis => Self::NoLawfulBasis,
            Reason::ConsentNotRecorded => Self::ConsentNotRecorded,
            Reason::Type1Dissent => Self::Type1Dissent,
            Reason::NationalOptOut => Self::NationalOptOut,
            Reason::ProgrammeOptOut => Self::ProgrammeOptOut,
            Reason::CareObjection => Self::CareObjection,
            Reason::Type1Unknown => Self::Type1Unknown,
            Reason::NationalUnknown => Self::NationalUnknown,
            Reason::ProgrammeUnknown => Self::ProgrammeUnknown,
        }
    }
}

/// The outcome for each of the 256 patients under a ruling.
#[derive(Clone, Debug)]
pub(super) struct Outcomes([Outcome; 256]);

impl Outcomes {
    pub(super) fn under(ruling: &Ruling) -> Self {
        let mut outcomes = [Outcome::InvalidStatus; 256];
        for (byte, outcome) in (0..=u8::MAX).zip(&mut outcomes) {
            let decision = ruling.decide(Patient::from_byte(byte));
            // The verdict alone opens the way out; the reason only says why not.
            *outcome = match (decision.is_allowed(), Outcome::of(decision.reason())) {
                (true, _) => Outcome::Kept,
                (false, Outcome::Kept) => Outcome::InvalidStatus,
                (false, withheld) => withheld,
            };
        }
        Self(outcomes)
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
    pub(super) const fn of(&self, patient: Patient) -> Outcome {
        self.0[patient.byte() as usize]
    }
}

/// Rows by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    by_outcome: [u64; 15],
    without_identifier: u64,
    blank_lines: u64,
}

impl Counts {
    /// All rows, kept and withheld; neither headers nor blank lines.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.by_outcome.iter().sum()
    }

    /// Rows that may leave.
    #[must_use]
    pub fn kept(&self) -> u64 {
        self.of(Outcome::Kept)
    }

    /// Rows that may not.
    #[must_use]
    pub fn withheld(&self) -> u64 {
        self.rows() - self.kept()
    }

    /// Rows of one outcome.
    #[must_use]
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.by_outcome.get(usize::from(outcome.number())).copied().unwrap_or(0)
    }

    /// Rows in which a field that should name a person is empty, kept or not.
    #[must_use]
    pub const fn without_identifier(&self) -> u64 {
        self.without_identifier
    }

    /// Empty lines after the header, which are not rows and are never written.
    #[must_use]
    pub const fn blank_lines(&self) -> u64 {
        self.blank_lines
    }

    /// The outcomes that occurred, withheld ones in order of precedence.
    pub fn withheld_by(&self) -> impl Iterator<Item = (Outcome, u64)> {
        Outcome::ALL
            .iter()
            .filter(|outcome| **outcome != Outcome::Kept)
            .map(|outcome| (*outcome, self.of(*outcome)))
            .filter(|(_, rows)| *rows > 0)
    }

    pub(super) fn add(&mut self, outcome: Outcome, rows: u64) {
        if let Some(count) = self.by_outcome.get_mut(usize::from(outcome.number())) {
            *count += rows;
        }
    }

    pub(super) const fn add_without_identifier(&mut self, rows: u64) {
        self.without_identifier += rows;
    }

    pub(super) const fn add_blank_lines(&mut self, lines: u64) {
        self.blank_lines += lines;
    }

    /// Adds the rows of another count.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.by_outcome.iter_mut().zip(other.by_outcome) {
            *count += more;
        }
        self.without_identifier += other.without_identifier;
        self.blank_lines += other.blank_lines;
    }
}
