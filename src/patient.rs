//! What one patient has recorded, and whether we know it: one byte.

use core::fmt;

use crate::vocabulary::{UnknownCode, coded, read_code};

coded! {
    /// The Type 1 opt-out: a code in the GP record (specification, section 3).
    pub enum Type1("type1") {
        Unknown = 0, "unknown", "not known";
        None = 1, "none", "known to have none";
        Dissent = 2, "dissent", "has recorded a Type 1 opt-out";
    }
}
read_code!(Type1, from_code, UnknownCode);

coded! {
    /// The National Data Opt-out, held against the NHS number (specification, section 3).
    pub enum National("national") {
        Unknown = 0, "unknown", "not known";
        None = 1, "none", "known to have none";
        OptedOut = 2, "opted-out", "has a national data opt-out";
        NoNhsNumber = 3, "no-nhs-number",
            "the record has no NHS number and obtaining one is disproportionate; an invalid number is `unknown`";
    }
}
read_code!(National, from_code, UnknownCode);

coded! {
    /// The opt-out that the programme runs itself, such as that of the Summary Care Record
    /// (specification, section 3).
    pub enum Programme("programme") {
        Unknown = 0, "unknown", "not known";
        None = 1, "none", "known to have none";
        OptedOut = 2, "opted-out", "has opted out of this programme";
    }
}
read_code!(Programme, from_code, UnknownCode);

/// One patient's recorded choices, in one byte. Zero means that nothing is known, so zeroed memory
/// denies wherever an opt-out binds.
///
/// | bits | field | values |
/// |---|---|---|
/// | 0–1 | [`Type1`] | 0 to 2; 3 is invalid |
/// | 2–3 | [`National`] | 0 to 3 |
/// | 4–5 | [`Programme`] | 0 to 2; 3 is invalid |
/// | 6 | explicit consent | recorded, for this use, not withdrawn |
/// | 7 | care objection | objects to sharing for their own care |
///
/// Age and death never enter: a national opt-out outlives the patient (OP3).
///
/// ```
/// use optout::{National, Patient, Type1};
///
/// let patient = Patient::UNKNOWN.with_type1(Type1::None).with_national(National::OptedOut);
/// assert_eq!(patient.byte(), 0b00_10_01);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Patient(u8);

impl Patient {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self(0);

    const CONSENT: u8 = 1 << 6;
    const OBJECTION: u8 = 1 << 7;

    /// Any byte; one with an invalid field is always denied, as `invalid-status`.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Self {
        Self(byte)
    }

    /// The byte.
    #[must_use]
    pub const fn byte(self) -> u8 {
        self.0
    }

    /// The same patient with this Type 1 status.
    #[must_use]
    pub const fn with_type1(self, status: Type1) -> Self {
        Self(self.0 & !0b11 | status.number())
    }

    /// The same patient with this national status.
    #[must_use]
    pub const fn with_national(self, status: National) -> Self {
        Self(self.0 & !0b11_00 | status.number() << 2)
    }

    /// The same patient with this status in the programme's own opt-out.
    #[must_use]
    pub const fn with_programme(self, status: Programme) -> Self {
        Self(self.0 & !0b11_00_00 | status.number() << 4)
    }

    /// The same patient, with explicit consent to this use on record and not withdrawn.
    #[must_use]
    pub const fn with_explicit_consent(self) -> Self {
        Self(self.0 | Self::CONSENT)
    }

    /// The same patient, with no explicit consent to this use on record.
    #[must_use]
    pub const fn without_explicit_consent(self) -> Self {
        Self(self.0 & !Self::CONSENT)
    }

    /// The same patient, with an objection to sharing for their own care on record.
    #[must_use]
    pub const fn with_care_objection(self) -> Self {
        Self(self.0 | Self::OBJECTION)
    }

    /// The same patient, with no objection to sharing for their own care on record.
    #[must_use]
    pub const fn without_care_objection(self) -> Self {
        Self(self.0 & !Self::OBJECTION)
    }

    /// The Type 1 status; `None` when the field is invalid.
    #[must_use]
    pub const fn type1(self) -> Option<Type1> {
        match self.0 & 0b11 {
            0 => Some(Type1::Unknown),
            1 => Some(Type1::None),
            2 => Some(Type1::Dissent),
            _ => None,
        }
    }

    /// The national status.
    #[must_use]
    pub const fn national(self) -> National {
        match self.0 >> 2 & 0b11 {
            0 => National::Unknown,
            1 => National::None,
            2 => National::OptedOut,
            _ => National::NoNhsNumber,
        }
    }

    /// The status in the programme's own opt-out; `None` when the field is invalid.
    #[must_use]
    pub const fn programme(self) -> Option<Programme> {
        match self.0 >> 4 & 0b11 {
            0 => Some(Programme::Unknown),
            1 => Some(Programme::None),
            2 => Some(Programme::OptedOut),
            _ => None,
        }
    }

    /// Whether explicit consent to this use is on record and not withdrawn.
    #[must_use]
    pub const fn has_explicit_consent(self) -> bool {
        self.0 & Self::CONSENT != 0
    }

    /// Whether an objection to sharing for their own care is on record.
    #[must_use]
    pub const fn has_care_objection(self) -> bool {
        self.0 & Self::OBJECTION != 0
    }

    /// Whether every field holds a value: 144 of the 256 bytes.
    #[must_use]
    pub const fn is_valid(self) -> bool {
        self.type1().is_some() && self.programme().is_some()
    }
}

impl fmt::Debug for Patient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Patient")
            .field("type1", &self.type1())
            .field("national", &self.national())
            .field("programme", &self.programme())
            .field("explicit_consent", &self.has_explicit_consent())
            .field("care_objection", &self.has_care_objection())
            .finish()
    }
}

/// The keys of a patient in JSON.
#[cfg(feature = "serde")]
#[derive(serde::Serialize)]
#[serde(rename_all = "kebab-case", rename = "patient")]
struct Fields {
    type1: Type1,
    national: National,
    programme: Programme,
    explicit_consent: bool,
    care_objection: bool,
}

/// `true` or `false`.
#[cfg(feature = "serde")]
struct Flag(bool);

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Flag {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TrueOrFalse;
        impl serde::de::Visitor<'_> for TrueOrFalse {
            type Value = Flag;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true or false")
            }
            fn visit_bool<E: serde::de::Error>(self, flag: bool) -> Result<Flag, E> {
                Ok(Flag(flag))
            }
            crate::object::refuse!(numbers and text);
        }
        deserializer.deserialize_any(TrueOrFalse)
    }
}

/// A valid patient as an object of its fields, an invalid one as its byte.
#[cfg(feature = "serde")]
impl serde::Serialize for Patient {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.type1(), self.programme()) {
            (Some(type1), Some(programme)) => Fields {
                type1,
                national: self.national(),
                programme,
                explicit_consent: self.has_explicit_consent(),
                care_objection: self.has_care_objection(),
            }
            .serialize(serializer),
            (None, _) | (_, None) => serializer.serialize_u8(self.0),
        }
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Patient {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ByteOrFields;
        impl<'de> serde::de::Visitor<'de> for ByteOrFields {
            type Value = Patient;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "patient: an object of statuses, or the byte as an integer from 0 to 255",
                )
            }
            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Patient, E> {
                // The number is not repeated: it could be an NHS number.
                u8::try_from(number).map(Patient).map_err(|_| {
                    E::custom("patient: the number is not a byte (accepted: 0 to 255)")
                })
            }
            fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<Patient, E> {
                Err(E::custom("patient: the number is not a byte (accepted: 0 to 255)"))
            }
            crate::object::refuse!("number": visit_f64 f64);
            crate::object::refuse!("string": visit_str &str);
            /// Fields left out are `unknown` or `false`.
            fn visit_map<A>(self, mut map: A) -> Result<Patient, A::Error>
            where
                A: serde::de::MapAccess<'de>,
            {
                use crate::object::{coded, named};
                crate::object::read_object!(map of A, "patient" {
                    type1: "type1" coded,
                    national: "national" coded,
                    programme: "programme" coded,
                    explicit_consent: "explicit-consent" named,
                    care_objection: "care-objection" named,
                });
                let mut patient = Patient::UNKNOWN
                    .with_type1(type1.unwrap_or(Type1::Unknown))
                    .with_national(national.unwrap_or(National::Unknown))
                    .with_programme(programme.unwrap_or(Programme::Unknown));
                if let Some(Flag(true)) = explicit_consent {
                    patient = patient.with_explicit_consent();
                }
                if let Some(Flag(true)) = care_objection {
                    patient = patient.with_care_objection();
                }
                Ok(patient)
            }
        }
        deserializer.deserialize_any(ByteOrFields)
    }
}
