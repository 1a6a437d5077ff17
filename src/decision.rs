//! The answer for one patient: allow or deny, the reason, and what blocked. Two bytes.

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
    /// Why (specification, section 6). The wire numbers descend in precedence: of several reasons
    /// that apply, the lowest number is given.
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
    pub const PRECEDENCE: [Self; 11] = [
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
}

// The order of precedence is the order of the wire numbers, without a gap: the lowest bit of
// `BlockedBy` is then the reason.
#[expect(clippy::indexing_slicing, reason = "a constant: leaving the array stops the build")]
const _: () = {
    let mut i = 0;
    while i < Reason::PRECEDENCE.len() {
        assert!(Reason::PRECEDENCE[i].number() as usize == i + 1);
        i += 1;
    }
    assert!(Reason::PRECEDENCE.len() + 1 == Reason::ALL.len());
};

coded_set! {
    /// The opt-outs and the objection that block, as bits: bit *n* is reason *n*.
    pub struct BlockedBy("blocked_by"): u16 {
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
    pub fn reasons(self) -> impl Iterator<Item = Reason> {
        Reason::ALL.iter().copied().filter(move |reason| self.bits() >> reason.number() & 1 == 1)
    }
}

/// What was decided for one patient.
///
/// Zeroed memory is a denial with the reason `not-decided`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Decision(u16);

// Bit 0 is the verdict, bits 1–4 the reason, 5–8 the route, 9–15 reasons 5–11 that block.
impl Decision {
    /// A denial that nobody decided: the state of memory before a decision is written.
    pub const NOT_DECIDED: Self = Self(0);

    pub(crate) const fn allow(route: Route) -> Self {
        Self(1 | (Reason::Permitted.number() as u16) << 1 | (route.number() as u16) << 5)
    }

    pub(crate) const fn deny(reason: Reason) -> Self {
        Self((reason.number() as u16) << 1)
    }

    /// `blocked` is not empty; the reason is its lowest bit.
    #[expect(clippy::cast_possible_truncation, reason = "a bit's position in a u16 is under 16")]
    pub(crate) const fn blocked(blocked: BlockedBy) -> Self {
        let reason = blocked.bits().trailing_zeros() as u16;
        Self(reason << 1 | blocked.bits() >> 5 << 9)
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
    pub const fn reason(self) -> Reason {
        match self.0 >> 1 & 0b1111 {
            1 => Reason::Permitted,
            2 => Reason::InvalidStatus,
            3 => Reason::NoLawfulBasis,
            4 => Reason::ConsentNotRecorded,
            5 => Reason::Type1Dissent,
            6 => Reason::NationalOptOut,
            7 => Reason::ProgrammeOptOut,
            8 => Reason::CareObjection,
            9 => Reason::Type1Unknown,
            10 => Reason::NationalUnknown,
            11 => Reason::ProgrammeUnknown,
            _ => Reason::NotDecided,
        }
    }

    /// The lowest-numbered route that permits; none for a denial.
    #[must_use]
    pub fn route(self) -> Option<Route> {
        let number = self.0 >> 5 & 0b1111;
        Route::ALL.iter().copied().find(|route| u16::from(route.number()) == number)
    }

    /// What blocks on the open routes, in a denial by an opt-out or an objection; empty otherwise.
    #[must_use]
    pub const fn blocked_by(self) -> BlockedBy {
        BlockedBy::from_bits_truncate(self.0 >> 9 << 5)
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
