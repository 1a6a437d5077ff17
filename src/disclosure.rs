//! The question: what a controller says about a disclosure.

use crate::Date;
use crate::purpose::Purpose;
use crate::vocabulary::{UnknownCode, coded, coded_set, read_code};

coded! {
    /// Where the data were recorded (specification, section 2).
    pub enum Origin("origin") {
        GpRecord = 1, "gp-record",
            "a GP practice's patient record. Data that another controller has lawfully collected from it are england-care from then on (our reading), unless the terms keep honouring Type 1: then they stay gp-record";
        EnglandCare = 2, "england-care",
            "other publicly funded, commissioned or coordinated health or adult social care in England, and private care in NHS settings";
        PrivateCare = 3, "private-care", "privately funded care outside NHS settings";
        ChildrensSocialCare = 4, "childrens-social-care", "children's social care";
        OutsideEngland = 5, "outside-england", "care outside England";
    }
}
read_code!(Origin, from_code, UnknownCode);

coded! {
    /// Whose purpose is served (specification, section 2).
    pub enum Boundary("boundary") {
        WithinController = 1, "within-controller",
            "stays with the organisation that holds it, for its own purpose";
        BeyondController = 2, "beyond-controller",
            "leaves the organisation that holds it, or is processed in place for another controller";
    }
}
read_code!(Boundary, from_code, UnknownCode);

coded! {
    /// What the purpose is run on, as the recipient could see it (specification, section 2).
    ///
    /// Where the holder hands over only an output, judge the output. Where another controller's
    /// purpose is run in place, judge the records it is run on.
    pub enum Identifiability("identifiability") {
        Identifiable = 1, "identifiable",
            "confidential patient information: identifiable or likely identifiable to this recipient, given in confidence, about health or care";
        DeIdentified = 2, "de-identified",
            "record-level, under controls that meet the Information Commissioner's anonymisation code, so that this recipient cannot tell who it is";
        Anonymous = 3, "anonymous", "aggregate or otherwise anonymous, after disclosure control";
    }
}
read_code!(Identifiability, from_code, UnknownCode);

coded_set! {
    /// What the controller relies on to lift confidentiality (specification, section 2).
    pub struct Bases("bases"): u16 {
        IMPLIED_CONSENT = 0, "implied-consent",
            "for individual care, by staff with a legitimate relationship";
        EXPLICIT_CONSENT = 1, "explicit-consent",
            "this patient's explicit consent to this use, or a consultee's advice (our reading); whether it was given is a fact about each patient";
        OVERALL_BENEFIT = 2, "overall-benefit", "for care of a patient who lacks capacity";
        COURT_ORDER = 3, "court-order", "an order of a court";
        STATUTORY_DUTY = 4, "statutory-duty",
            "an Act or regulations require this disclosure, or permit it and expressly lift confidentiality (our reading)";
        S259_COLLECTION = 5, "s259-collection",
            "a collection by NHS England under the Health and Social Care Act 2012, sections 254 to 259";
        COPI_REG_2 = 6, "copi-reg-2",
            "section 251 support (approval to use confidential information without consent) under regulation 2, for cancer, of the Control of Patient Information Regulations 2002";
        COPI_REG_3 = 7, "copi-reg-3",
            "regulation 3 of the Control of Patient Information Regulations 2002, for communicable disease and other risks to public health";
        COPI_REG_5 = 8, "copi-reg-5",
            "section 251 support (approval to use confidential information without consent) under regulation 5, for medical purposes, of the Control of Patient Information Regulations 2002, on the advice of the Confidentiality Advisory Group";
        PUBLIC_INTEREST = 9, "public-interest",
            "overriding public interest, after a positive, recorded, case-specific test";
        STATUTORY_POWER = 10, "statutory-power",
            "a permission to disclose, which does not lift confidentiality";
    }
}

impl Bases {
    /// The bases whose reference and dates must be on record (specification, section 2).
    pub const NEED_EVIDENCE: Self = Self::COURT_ORDER
        .union(Self::STATUTORY_DUTY)
        .union(Self::S259_COLLECTION)
        .union(Self::COPI_REG_2)
        .union(Self::COPI_REG_3)
        .union(Self::COPI_REG_5)
        .union(Self::PUBLIC_INTEREST);
}

coded_set! {
    /// What the controller asserts about this flow (specification, section 2).
    pub struct Conditions("conditions"): u8 {
        LEGITIMATE_RELATIONSHIP = 0, "legitimate-relationship",
            "the recipients are the patient's own care team or otherwise have a legitimate relationship";
        NATIONAL_DISAPPLIED = 1, "national-disapplied",
            "the decision-maker has recorded that the national opt-out does not apply to this flow";
        TYPE1_NOT_UPHELD = 2, "type1-not-upheld",
            "the Direction or the platform's terms say expressly that Type 1 objections are not upheld";
        TYPE1_UPHELD = 3, "type1-upheld",
            "the programme honours Type 1 where the rule would not require it";
        PROGRAMME_OPT_OUT = 4, "programme-opt-out",
            "the programme runs an opt-out of its own, which must be honoured";
        NATIONAL_VOLUNTARY = 5, "national-voluntary",
            "the organisation applies the national opt-out where policy does not require it";
    }
}

impl Conditions {
    /// The assertions whose reference and dates must be on record (specification, section 2).
    pub const NEED_EVIDENCE: Self = Self::NATIONAL_DISAPPLIED.union(Self::TYPE1_NOT_UPHELD);
}

/// One disclosure: a release that mixes origins or purposes is several, and only what all allow may
/// leave. Every field must be stated; there is no default.
///
/// ```
/// use optout::{Bases, Boundary, Conditions, Date, Disclosure, Identifiability, Origin, Purpose};
///
/// let disclosure = Disclosure {
///     origin: Origin::EnglandCare,
///     boundary: Boundary::BeyondController,
///     identifiability: Identifiability::Identifiable,
///     purpose: Purpose::Research,
///     bases: Bases::COPI_REG_5,
///     conditions: Conditions::empty(),
///     on: Date::ymd(2026, 6, 1),
/// };
/// assert!(disclosure.check().is_ok());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Disclosure {
    /// Where the data were recorded.
    pub origin: Origin,
    /// Whose purpose is served.
    pub boundary: Boundary,
    /// What the purpose is run on.
    pub identifiability: Identifiability,
    /// What it is for; its class is what the rules use.
    pub purpose: Purpose,
    /// What the controller relies on.
    pub bases: Bases,
    /// What the controller asserts.
    pub conditions: Conditions,
    /// The day of the disclosure.
    pub on: Date,
}

/// A question that cannot be judged (specification, section 2). It is never a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssessError {
    /// A set holds a bit that has no meaning.
    #[error(
        "{field}: bits {unknown:#06x} have no meaning; accepted are the bits of {accepted:#06x}"
    )]
    UnknownBits {
        /// The field, as JSON spells it.
        field: &'static str,
        /// The bits without a meaning.
        unknown: u16,
        /// All bits with a meaning.
        accepted: u16,
    },
    /// Two codes that cannot both be true of one disclosure.
    #[error("{field}: `{first}` and `{second}` contradict each other; {advice}")]
    Contradiction {
        /// The field, as JSON spells it.
        field: &'static str,
        /// The code with the lower bit.
        first: &'static str,
        /// The code with the higher bit.
        second: &'static str,
        /// What to do about it.
        advice: &'static str,
    },
    /// The policy does not reach back to this day.
    #[error(
        "on: {on} is before {first}, when the national data opt-out began; earlier disclosures are not covered"
    )]
    DateNotCovered {
        /// The day of the disclosure.
        on: Date,
        /// The first day that is covered.
        first: Date,
    },
}

impl Disclosure {
    /// The day on which the national data opt-out began: earlier disclosures are not covered.
    pub const FIRST_DAY: Date = Date::ymd(2018, 5, 25);

    /// Whether the question can be judged.
    ///
    /// # Errors
    /// Bits without a meaning, contradictory bases or conditions, a date not covered.
    pub const fn check(&self) -> Result<(), AssessError> {
        let unknown = self.bases.bits() & !Bases::all().bits();
        if unknown != 0 {
            let accepted = Bases::all().bits();
            return Err(AssessError::UnknownBits { field: "bases", unknown, accepted });
        }
        let unknown = (self.conditions.bits() & !Conditions::all().bits()) as u16;
        if unknown != 0 {
            let accepted = Conditions::all().bits() as u16;
            return Err(AssessError::UnknownBits { field: "conditions", unknown, accepted });
        }
        if self.bases.contains(Bases::STATUTORY_DUTY.union(Bases::S259_COLLECTION)) {
            return Err(AssessError::Contradiction {
                field: "bases",
                first: "statutory-duty",
                second: "s259-collection",
                advice: "a collection notice is itself a duty, and another statute is another disclosure: judge each by itself",
            });
        }
        if self.conditions.contains(Conditions::TYPE1_NOT_UPHELD.union(Conditions::TYPE1_UPHELD)) {
            return Err(AssessError::Contradiction {
                field: "conditions",
                first: "type1-not-upheld",
                second: "type1-upheld",
                advice: "keep the one that the Direction or the platform's terms state",
            });
        }
        if self.on.yyyymmdd() < Self::FIRST_DAY.yyyymmdd() {
            return Err(AssessError::DateNotCovered { on: self.on, first: Self::FIRST_DAY });
        }
        Ok(())
    }
}

/// All keys are required; an unknown one is an error.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Disclosure {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> serde::de::Visitor<'de> for Fields {
            type Value = Disclosure;
            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("a disclosure: an object of its fields")
            }
            crate::object::refuse!(numbers and text);
            fn visit_map<A>(self, mut map: A) -> Result<Disclosure, A::Error>
            where
                A: serde::de::MapAccess<'de>,
            {
                use crate::object::{coded, named};
                use serde::de::Error;
                crate::object::read_object!(map of A, "disclosure" {
                    origin: "origin" coded,
                    boundary: "boundary" coded,
                    identifiability: "identifiability" coded,
                    purpose: "purpose" coded,
                    bases: "bases" coded,
                    conditions: "conditions" coded,
                    on: "on" named,
                });
                Ok(Disclosure {
                    origin: origin.ok_or_else(|| A::Error::missing_field("origin"))?,
                    boundary: boundary.ok_or_else(|| A::Error::missing_field("boundary"))?,
                    identifiability: identifiability
                        .ok_or_else(|| A::Error::missing_field("identifiability"))?,
                    purpose: purpose.ok_or_else(|| A::Error::missing_field("purpose"))?,
                    bases: bases.ok_or_else(|| A::Error::missing_field("bases"))?,
                    conditions: conditions.ok_or_else(|| A::Error::missing_field("conditions"))?,
                    on: on.ok_or_else(|| A::Error::missing_field("on"))?,
                })
            }
        }
        deserializer.deserialize_any(Fields)
    }
}
