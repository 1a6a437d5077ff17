//! What stands inside an `optout_ruling`: the question, and the answer for each of the 256 patients.

use optout::{Decision, Patient, Ruling};

use crate::disclosure::optout_disclosure;
use crate::ruling::optout_ruling;
use crate::status::{OPTOUT_E_NULL, OPTOUT_E_RULING, optout_status};
use crate::{OPTOUT_DENY, OPTOUT_REASON_NOT_DECIDED, OPTOUT_ROUTE_NONE};

/// What an `optout_decision` holds behind its size, in the same order, so that deciding is to copy it.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub(crate) struct Answer {
    pub(crate) verdict: i32,
    pub(crate) reason: u32,
    pub(crate) route: u32,
    pub(crate) blocked_by: u32,
    pub(crate) unverified_bases: u32,
    pub(crate) unverified_conditions: u32,
    pub(crate) reserved: u32,
}

impl Answer {
    /// A denial that nobody decided.
    pub(crate) const NOT_DECIDED: Self = Self {
        verdict: OPTOUT_DENY,
        reason: OPTOUT_REASON_NOT_DECIDED,
        route: OPTOUT_ROUTE_NONE,
        blocked_by: 0,
        unverified_bases: 0,
        unverified_conditions: 0,
        reserved: 0,
    };

    fn of(ruling: &Ruling, patient: Patient) -> Self {
        let decision = ruling.decide(patient);
        let (bases, conditions) = ruling.evidence(patient);
        Self {
            verdict: decision.verdict().number().into(),
            reason: decision.reason().number().into(),
            route: decision.route().map_or(OPTOUT_ROUTE_NONE, |route| route.number().into()),
            blocked_by: decision.blocked_by().bits(),
            unverified_bases: bases.bits().into(),
            unverified_conditions: conditions.bits().into(),
            reserved: 0,
        }
    }
}

/// How many different answers a ruling has room for. None has half as many: the test over the whole
/// space of disclosures would fail.
const ANSWERS: usize = 64;

/// The bytes of a ruling. Packed, because a host may hand over memory of any alignment.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub(crate) struct Judged {
    struct_size: u32,
    mark: u64,
    question: optout_disclosure,
    verdicts: [u8; 256],
    /// For each patient, the place of the answer.
    places: [u8; 256],
    /// The different answers.
    answers: [Answer; ANSWERS],
    _rest: [u32; 429],
}

const _: () = assert!(size_of::<Judged>() == size_of::<optout_ruling>());

// Zeroes are a ruling that denies everybody.
const _: () = assert!(OPTOUT_DENY == 0 && OPTOUT_REASON_NOT_DECIDED == 0 && OPTOUT_ROUTE_NONE == 0);

/// Stands in a ruling that was judged, and in no other: not in zeroed memory, not in one whose
/// judgement failed, not in one of another layout, version or edition of the policy.
const MARK: u64 = {
    let layout = fnv(0xCBF2_9CE4_8422_2325, "optout_ruling 1");
    fnv(fnv(layout, env!("CARGO_PKG_VERSION")), optout::POLICY_EDITION)
};

#[expect(clippy::indexing_slicing, reason = "a constant: leaving the array stops the build")]
const fn fnv(mut hash: u64, text: &str) -> u64 {
    let mut i = 0;
    while i < text.len() {
        hash = (hash ^ text.as_bytes()[i] as u64).wrapping_mul(0x0100_0000_01B3);
        i += 1;
    }
    hash
}

impl Judged {
    /// Writes down a ruling, where it is to stand: on a small stack there is no room for another. Its
    /// mark comes last, so that until then it denies everybody. `None` when its answers do not fit.
    #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
    pub(crate) fn write(&mut self, ruling: &Ruling) -> Option<()> {
        self.question = optout_disclosure::of(ruling.disclosure());
        let mut different = [Decision::NOT_DECIDED; ANSWERS];
        let mut count = 0_usize;
        for byte in 0..=u8::MAX {
            let patient = Patient::from_byte(byte);
            let decision = ruling.decide(patient);
            // Consent and objection, the two highest bits, seldom change the answer.
            let alike = usize::from(self.places[usize::from(byte & 0b11_1111)]);
            let place = if byte > 0b11_1111 && different.get(alike) == Some(&decision) {
                alike
            } else {
                let known = different.iter().take(count).position(|known| *known == decision);
                known.unwrap_or(count)
            };
            if place == count {
                *different.get_mut(place)? = decision;
                self.answers[place % ANSWERS] = Answer::of(ruling, patient);
                count += 1;
            }
            self.places[usize::from(byte)] = u8::try_from(place).ok()?;
            self.verdicts[usize::from(byte)] = decision.verdict().number();
        }
        self.mark = MARK;
        Some(())
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
        if judged.mark != MARK {
            return Err(OPTOUT_E_RULING);
        }
        Ok(judged)
    }

    /// The answer for one patient.
    #[inline]
    #[expect(
        clippy::indexing_slicing,
        reason = "neither a byte nor a remainder can leave its array"
    )]
    const fn answer(&self, patient: u8) -> Answer {
        self.answers[self.places[patient as usize] as usize % ANSWERS]
    }

    /// The answer for one patient, if both tables say the same of the verdict: so no single byte that
    /// somebody changed turns a denial into an allow.
    #[inline]
    pub(crate) const fn compared(&self, patient: u8) -> Result<Answer, optout_status> {
        let answer = self.answer(patient);
        if answer.verdict == self.verdict(patient) as i32 {
            Ok(answer)
        } else {
            Err(OPTOUT_E_RULING)
        }
    }

    /// The verdict for one patient.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "a byte cannot leave an array of 256")]
    pub(crate) const fn verdict(&self, patient: u8) -> u8 {
        self.verdicts[patient as usize]
    }

    /// Judges the question again, for what a table of answers does not hold. Answers that are not
    /// those of the question mean that somebody wrote into the ruling.
    #[cfg(feature = "std")]
    pub(crate) fn again(&self) -> Result<Ruling, optout_status> {
        let question = self.question;
        let question = question.question().map_err(|_| OPTOUT_E_RULING)?;
        let ruling = optout::assess(&question).map_err(|_| OPTOUT_E_RULING)?;
        let same = (0..=u8::MAX).all(|byte| {
            let answer = Answer::of(&ruling, Patient::from_byte(byte));
            self.answer(byte) == answer && i32::from(self.verdict(byte)) == answer.verdict
        });
        if same { Ok(ruling) } else { Err(OPTOUT_E_RULING) }
    }
}
