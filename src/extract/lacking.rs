//! What a ruling depends on and nothing tells, and what is told and the ruling does not ask for.

use crate::Ruling;
use crate::disclosure::{Bases, Conditions};
use crate::patient::{National, Patient, Programme, Type1};
use crate::record::list::{About, OptOut};

/// What nothing tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// Who has a Type 1 opt-out.
    Type1,
    /// Who has a national data opt-out.
    National,
    /// Who has opted out of the programme.
    Programme,
    /// Who has consented.
    Consent,
}

impl Lacking {
    pub(super) const ALL: [Self; 4] = [Self::Type1, Self::National, Self::Programme, Self::Consent];

    pub(super) const fn about(self) -> About {
        match self {
            Self::Type1 => About::OptOut(OptOut::Type1),
            Self::National => About::OptOut(OptOut::National),
            Self::Programme => About::OptOut(OptOut::Programme),
            Self::Consent => About::Consent,
        }
    }

    /// Whether knowing it would allow what is denied without it, for a patient without opt-outs; of a
    /// programme's opt-out, whether the disclosure says that there is one.
    pub(super) fn matters(self, ruling: &Ruling) -> bool {
        let clear = Patient::UNKNOWN
            .with_type1(Type1::None)
            .with_national(National::None)
            .with_programme(Programme::None);
        let (with, without) = match self {
            Self::Type1 => (clear, clear.with_type1(Type1::Unknown)),
            Self::National => (clear, clear.with_national(National::Unknown)),
            Self::Programme => return has_programme(ruling),
            Self::Consent => (clear.with_explicit_consent(), clear),
        };
        ruling.decide(with).is_allowed() && !ruling.decide(without).is_allowed()
    }
}

impl core::fmt::Display for Lacking {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Type1 => "the Type 1 opt-out binds on this disclosure, and nothing says who has one; give the coded entries of the practices, or a list of `type1-dissenters` or `type1-non-dissenters`",
            Self::National => "the national data opt-out binds on this disclosure, and no register says who has one; give the register of a national check",
            Self::Programme => "the disclosure states `programme-opt-out`, and no list says who has opted out of the programme; give a list of `programme-opted-out` or `programme-clear`, or take out the condition if the programme has no opt-out",
            Self::Consent => "this disclosure rests on explicit consent, and no list says who gave it; give a list of `consenters`",
        })
    }
}

/// What is told, and withholds nobody, because the disclosure does not ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// Who has a Type 1 opt-out.
    Type1,
    /// Who has a national data opt-out.
    National,
    /// Who has opted out of the programme.
    Programme,
    /// Who has consented.
    Consent,
    /// Who objects to sharing for their own care.
    CareObjection,
}

impl Idle {
    pub(super) const ALL: [Self; 5] =
        [Self::Type1, Self::National, Self::Programme, Self::Consent, Self::CareObjection];

    pub(super) const fn about(self) -> About {
        match self {
            Self::Type1 => About::OptOut(OptOut::Type1),
            Self::National => About::OptOut(OptOut::National),
            Self::Programme => About::OptOut(OptOut::Programme),
            Self::Consent => About::Consent,
            Self::CareObjection => About::CareObjection,
        }
    }

    /// Whether no patient is judged otherwise for it.
    pub(super) fn is_so(self, ruling: &Ruling) -> bool {
        (0..=u8::MAX).map(Patient::from_byte).all(|patient| {
            let others = match self {
                Self::Type1 => [
                    patient.with_type1(Type1::None),
                    patient.with_type1(Type1::Dissent),
                    patient.with_type1(Type1::Unknown),
                ],
                Self::National => [
                    patient.with_national(National::None),
                    patient.with_national(National::OptedOut),
                    patient.with_national(National::Unknown),
                ],
                Self::Programme => [
                    patient.with_programme(Programme::None),
                    patient.with_programme(Programme::OptedOut),
                    patient.with_programme(Programme::Unknown),
                ],
                Self::Consent => [
                    patient.with_explicit_consent(),
                    patient.without_explicit_consent(),
                    patient.without_explicit_consent(),
                ],
                Self::CareObjection => [
                    patient.with_care_objection(),
                    patient.without_care_objection(),
                    patient.without_care_objection(),
                ],
            };
            let [first, others @ ..] = others.map(|patient| ruling.decide(patient).is_allowed());
            others.iter().all(|other| *other == first)
        })
    }

    /// Whether the disclosure and what is known contradict each other, so that people would go against
    /// their word: an opt-out of a programme that has none by the disclosure, and consent that the
    /// disclosure does not rest on. Whether Type 1, the national opt-out and an objection bind is for
    /// the policy to say: that they do not is told, and is no mistake by itself.
    #[must_use]
    pub fn is_mistake(self, ruling: &Ruling) -> bool {
        match self {
            Self::Programme => !has_programme(ruling),
            Self::Consent => !ruling.disclosure().bases.contains(Bases::EXPLICIT_CONSENT),
            Self::Type1 | Self::National | Self::CareObjection => false,
        }
    }
}

impl core::fmt::Display for Idle {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Type1 => "it is given who has a Type 1 opt-out, and it does not bind on this disclosure: nobody is withheld for it; look at the origin and the conditions",
            Self::National => "it is given who has a national data opt-out, and it does not bind on this disclosure: nobody is withheld for it; look at the origin, the identifiability and the conditions",
            Self::Programme => "it is given who has opted out of the programme, and the disclosure does not uphold such an opt-out: nobody would be withheld for it; state `programme-opt-out` among its conditions, or leave out the list",
            Self::Consent => "it is given who has consented, and the disclosure does not rest on consent: whoever is not on the list would be released all the same; state `explicit-consent` as its basis, or leave out the list",
            Self::CareObjection => "it is given who objects to sharing for their own care, and it does not bind on this disclosure: nobody is withheld for it; look at the purpose and the bases",
        })
    }
}

const fn has_programme(ruling: &Ruling) -> bool {
    ruling.disclosure().conditions.contains(Conditions::PROGRAMME_OPT_OUT)
}
