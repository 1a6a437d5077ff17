//! What stands inside an `optout_ruling`: the question, and the answer for each of the 256 patients.

use optout::{Decision, Patient, Ruling};

use crate::disclosure::optout_disclosure;
use crate::ruling::optout_ruling;
use crate::status::{OPTOUT_E_NULL, OPTOUT_E_RULING, optout_status};

/// An answer in 16 bits: the reason in bits 0–3, the route in bits 4–7, and in bits 8–14 whether
/// reasons 5–11 block. The verdict is not stored apart, so that it cannot contradict the reason.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub(crate) struct Packed(u16);

impl Packed {
    const NOT_DECIDED: Self = Self(0);

    fn of(decision: Decision) -> Self {
        let route = decision.route().map_or(0, |route| u16::from(route.number()));
        let reason = u16::from(decision.reason().number());
        Self(reason | route << 4 | decision.blocked_by().bits() >> 5 << 8)
    }

    #[inline]
    pub(crate) const fn is_allowed(self) -> bool {
        self.reason() == crate::OPTOUT_REASON_PERMITTED
    }

    #[inline]
    pub(crate) const fn reason(self) -> u32 {
        (self.0 & 0b1111) as u32
    }

    #[inline]
    pub(crate) const fn route(self) -> u32 {
        (self.0 >> 4 & 0b1111) as u32
    }

    #[inline]
    pub(crate) const fn blocked_by(self) -> u32 {
        ((self.0 >> 8 & 0b111_1111) as u32) << 5
    }
}

/// The bytes of a ruling. Packed, because a host may hand over memory of any alignment.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub(crate) struct Judged {
    struct_size: u32,
    mark: u32,
    library: u32,
    question: optout_disclosure,
    /// For each route, the bases and the conditions that the library cannot verify.
    unverified: [[u16; 2]; 16],
    answers: [Packed; 256],
    verdicts: [u8; 256],
    rest: [u32; 29],
}

const _: () = assert!(size_of::<Judged>() == size_of::<optout_ruling>());

/// Written last into a ruling that was judged: a zeroed, failed or foreign one does not bear it.
const MARK: u32 = 0x6F70_7452;

/// Which library wrote the ruling: the layout above, the version and the policy's edition.
const LIBRARY: u32 = {
    let layout = fnv(0x811C_9DC5, "1");
    fnv(fnv(layout, env!("CARGO_PKG_VERSION")), optout::POLICY_EDITION)
};

#[expect(clippy::indexing_slicing, reason = "a constant: leaving the array stops the build")]
const fn fnv(mut hash: u32, text: &str) -> u32 {
    let mut i = 0;
    while i < text.len() {
        hash = (hash ^ text.as_bytes()[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash
}

impl Judged {
    /// A ruling that denies everybody.
    pub(crate) const fn nothing(struct_size: u32) -> Self {
        Self {
            struct_size,
            mark: 0,
            library: 0,
            question: optout_disclosure {
                struct_size: 0,
                on: 0,
                origin: 0,
                boundary: 0,
                identifiability: 0,
                purpose: 0,
                bases: 0,
                conditions: 0,
                reserved: [0; 8],
            },
            unverified: [[0; 2]; 16],
            answers: [Packed::NOT_DECIDED; 256],
            verdicts: [0; 256],
            rest: [0; 29],
        }
    }

    /// Writes down a ruling.
    #[expect(clippy::indexing_slicing, reason = "a byte, and four bits, cannot leave these arrays")]
    pub(crate) fn of(ruling: &Ruling, struct_size: u32) -> Self {
        let mut judged = Self {
            mark: MARK,
            library: LIBRARY,
            question: optout_disclosure::of(ruling.disclosure()),
            ..Self::nothing(struct_size)
        };
        for byte in 0..=u8::MAX {
            let decision = ruling.decide(Patient::from_byte(byte));
            let answer = Packed::of(decision);
            let place = usize::from(byte);
            judged.answers[place] = answer;
            judged.verdicts[place] = u8::from(answer.is_allowed());
            if answer.is_allowed() {
                let (bases, conditions) = ruling.evidence(decision);
                let route = (answer.route() & 0b1111) as usize;
                judged.unverified[route] = [bases.bits(), conditions.bits().into()];
            }
        }
        judged
    }

    /// What a C pointer points to, if it is a ruling of this library.
    ///
    /// # Safety
    /// `ruling` is NULL or readable for an `optout_ruling` that nobody writes for as long as `'a`.
    #[inline]
    pub(crate) unsafe fn at<'a>(ruling: *const optout_ruling) -> Result<&'a Self, optout_status> {
        if ruling.is_null() {
            return Err(OPTOUT_E_NULL);
        }
        // SAFETY: not NULL, of the same size, any bytes are valid, any alignment will do, and the
        // caller's promise.
        let judged = unsafe { &*ruling.cast::<Self>() };
        if judged.mark != MARK || judged.library != LIBRARY {
            return Err(OPTOUT_E_RULING);
        }
        Ok(judged)
    }

    /// The answer for one patient.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
    pub(crate) const fn answer(&self, patient: u8) -> Packed {
        self.answers[patient as usize]
    }

    /// The verdict for one patient.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
    pub(crate) const fn verdict(&self, patient: u8) -> u8 {
        self.verdicts[patient as usize]
    }

    /// The bases and the conditions that stay unverified when a route permits.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "four bits cannot leave an array of 16")]
    pub(crate) const fn unverified(&self, route: u32) -> [u16; 2] {
        self.unverified[(route & 0b1111) as usize]
    }

    /// Judges the question again, for what a table of answers does not hold. Answers that are not
    /// those of the question mean that somebody wrote into the ruling.
    #[cfg(feature = "std")]
    pub(crate) fn again(&self) -> Result<Ruling, optout_status> {
        let question = self.question;
        let question = question.question().map_err(|_| OPTOUT_E_RULING)?;
        let ruling = optout::assess(&question).map_err(|_| OPTOUT_E_RULING)?;
        let same = (0..=u8::MAX)
            .all(|byte| self.answer(byte) == Packed::of(ruling.decide(Patient::from_byte(byte))));
        if same { Ok(ruling) } else { Err(OPTOUT_E_RULING) }
    }
}
