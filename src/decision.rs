//! The answer for one patient: allow or deny, the reason, and what blocked. Four bytes.

use core::fmt;

use crate::route::Route;
use crate::vocabulary::{UnknownCode, coded, coded_set, read_code};

coded! {
    /// Allow or deny. Zeroed memory is a denial.
    pub enum Verdict("verdict") {
        Deny = 0, "deny", "the data of this patient may not be disclosed";
        Allow = 1, "allow", "the data of this patient may be disclosed";
    }
}
read_code!(Verdict, from_code, UnknownCode);

coded! {
    /// Why (specification, section 6). Of several reasons that apply, the one of highest
    /// [precedence](Reason::PRECEDENCE) is given.
    #[non_exhaustive]
    pub enum Reason("reason") {
        NotDecided = 0, "not-decided", "nothing was decided: memory that was never written";
        Permitted = 1, "permitted", "an open route permits it and no opt-out that binds there blocks";
        InvalidStatus = 2, "invalid-status", "the patient's status byte has a field that means nothing";
        NoLawfulBasis = 3, "no-lawful-basis", "nothing lifts the duty of confidence, whatever the patient chose";
        ConsentNotRecorded = 4, "consent-not-recorded", "only explicit consent would permit it, and this patient has recorded none";
        Type1Dissent = 5, "type1-dissent", "the patient has a Type 1 opt-out";
        NationalOptOut = 6, "national-opt-out", "the patient has a national data opt-out";
        ProgrammeOptOut = 7, "programme-opt-out", "the patient has opted out of this programme";
        CareObjection = 8, "care-objection", "the patient objects to sharing for their own care";
        Type1Unknown = 9, "type1-unknown", "it is not known whether the patient has a Type 1 opt-out";
        NationalUnknown = 10, "national-unknown", "it is not known whether the patient has a national data opt-out";
        ProgrammeUnknown = 11, "programme-unknown", "it is not known whether the patient has opted out of this programme";
    }
}
read_code!(Reason, from_code, UnknownCode);

impl Reason {
    /// The reasons that a decision can have, highest precedence first.
    pub const PRECEDENCE: &'static [Self] = &[
        Self::Permitted,
        Self::InvalidStatus,
        Self::NoLawfulBasis,
        Self::ConsentNotRecorded,
        Self::Type1Dissent,
        Self::NationalOptOut,
        Self::ProgrammeOptOut,
        Self::CareObjection,
        Self::Type1Unknown,
        Self::NationalUnknown,
        Self::ProgrammeUnknown,
    ];

    /// Those of an opt-out or an objection, which come last.
    const BLOCKING: &'static [Self] = Self::PRECEDENCE.split_at(4).1;
}

// Every reason that a decision can have stands in the order of precedence once, and fits into a
// decision.
#[expect(clippy::indexing_slicing, reason = "a constant: leaving the array stops the build")]
const _: () = {
    let mut ranked = 0_u64;
    let mut i = 0;
    while i < Reason::PRECEDENCE.len() {
        let number = Reason::PRECEDENCE[i].number();
        assert!(0 < number && number <= NUMBERS);
        assert!(ranked >> number & 1 == 0);
        ranked |= 1 << number;
        // What blocks is a reason by its number, and comes last.
        let blocks = BlockedBy::all().bits() >> number & 1 == 1;
        assert!(blocks == (i >= Reason::PRECEDENCE.len() - Reason::BLOCKING.len()));
        i += 1;
    }
    assert!(ranked.count_ones() as usize + 1 == Reason::ALL.len());
    // No bit of what blocks is cut off.
    assert!(BlockedBy::all().bits() as u64 & !ranked == 0);
    assert!(BlockedBy::all().bits() >> FIRST << FIRST == BlockedBy::all().bits());
    assert!(BlockedBy::all().bits().leading_zeros() + FIRST >= BLOCKED);
    let mut i = 0;
    while i < Route::ALL.len() {
        assert!(Route::ALL[i].number() <= NUMBERS);
        i += 1;
    }
};

coded_set! {
    /// The opt-outs and the objection that block, as bits: bit *n* is reason *n*.
    pub struct BlockedBy("blocked_by"): u32 {
        TYPE1_DISSENT = 5, "type1-dissent", "a Type 1 opt-out";
        NATIONAL_OPT_OUT = 6, "national-opt-out", "a national data opt-out";
        PROGRAMME_OPT_OUT = 7, "programme-opt-out", "the programme's own opt-out";
        CARE_OBJECTION = 8, "care-objection", "an objection to sharing for care";
        TYPE1_UNKNOWN = 9, "type1-unknown", "a Type 1 status that is not known";
        NATIONAL_UNKNOWN = 10, "national-unknown", "a national status that is not known";
        PROGRAMME_UNKNOWN = 11, "programme-unknown", "a programme status that is not known";
    }
}

impl BlockedBy {
    /// The reasons, in ascending order of their numbers.
    pub fn reasons(self) -> impl Iterator<Item = Reason> + Clone {
        Reason::ALL.iter().copied().filter(move |reason| self.bits() >> reason.number() & 1 == 1)
    }
}

/// What was decided for one patient.
///
/// Zeroed memory is a denial with the reason `not-decided`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Decision(u32);

// Bit 0 is the verdict, bits 1–6 the reason, 7–12 the route, 13–31 reasons 5–23 that block.
/// The greatest number of a reason or a route that fits.
const NUMBERS: u8 = 0b11_1111;
/// Where the reason, the route and what blocks begin.
const REASON: u32 = 1;
const ROUTE: u32 = 7;
const BLOCKED: u32 = 13;
/// The lowest number of a reason that blocks.
const FIRST: u32 = 5;

impl Decision {
    /// A denial that nobody decided: the state of memory before a decision is written.
    pub const NOT_DECIDED: Self = Self(0);

    pub(crate) const fn allow(route: Route) -> Self {
        Self(1 | (Reason::Permitted.number() as u32) << REASON | (route.number() as u32) << ROUTE)
    }

    pub(crate) const fn deny(reason: Reason) -> Self {
        Self((reason.number() as u32) << REASON)
    }

    /// `blocked` is not empty; the reason is that of highest precedence in it.
    pub(crate) fn blocked(blocked: BlockedBy) -> Self {
        let blocks = |reason: &&Reason| blocked.bits() >> reason.number() & 1 == 1;
        let reason = Reason::BLOCKING.iter().find(blocks).map_or(0, |reason| reason.number());
        Self(u32::from(reason) << REASON | blocked.bits() >> FIRST << BLOCKED)
    }

    /// Allow or deny.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        if self.0 & 1 == 1 { Verdict::Allow } else { Verdict::Deny }
    }

    /// Whether the data may be disclosed.
    #[must_use]
    pub const fn is_allowed(self) -> bool {
        self.0 & 1 == 1
    }

    /// The reason of highest precedence.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the six bits of a number")]
    pub const fn reason(self) -> Reason {
        match Reason::from_number((self.0 >> REASON) as u8 & NUMBERS) {
            Ok(reason) => reason,
            // Never: only numbers of reasons are written.
            Err(_) => Reason::NotDecided,
        }
    }

    /// The lowest-numbered route that permits; none for a denial.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the six bits of a number")]
    pub fn route(self) -> Option<Route> {
        Route::from_number((self.0 >> ROUTE) as u8 & NUMBERS).ok()
    }

    /// What blocks on the open routes, in a denial by an opt-out or an objection; empty otherwise.
    #[must_use]
    pub const fn blocked_by(self) -> BlockedBy {
        BlockedBy::from_bits_truncate(self.0 >> BLOCKED << FIRST)
    }
}

impl fmt::Debug for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decision")
            .field("verdict", &self.verdict())
            .field("reason", &self.reason())
            .field("route", &self.route())
            .field("blocked_by", &self.blocked_by())
            .finish()
    }
}
