//! The question, as C states it.

use optout::{
    Bases, Boundary, Conditions, Date, Disclosure, Identifiability, Origin, Purpose, UnknownCode,
};

use crate::error::Failure;
use crate::field::{
    OPTOUT_FIELD_BASES, OPTOUT_FIELD_BOUNDARY, OPTOUT_FIELD_CONDITIONS,
    OPTOUT_FIELD_IDENTIFIABILITY, OPTOUT_FIELD_ON, OPTOUT_FIELD_ORIGIN, OPTOUT_FIELD_PURPOSE,
};
use crate::memory::{self, Versioned};
use crate::status::{OPTOUT_E_RESERVED, OPTOUT_E_VALUE, optout_status};

/// One disclosure: who discloses what, for what, relying on what. A release that mixes origins or
/// purposes is several disclosures; only what all allow may go.
///
/// Clear it, set `struct_size`, then state **every** field; 0 is never a valid code, so that a
/// forgotten one is an error. `bases` and `conditions` may be 0, for none. What the bases and
/// conditions assert is the controller's to prove: the library cannot check it, and says in the
/// decision what stays unverified.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct optout_disclosure {
    /// `sizeof(optout_disclosure)`.
    pub struct_size: u32,
    /// The day of the disclosure as the number yyyymmdd, such as 20260601: the library has no clock.
    pub on: u32,
    /// Where the data were recorded: one of `OPTOUT_ORIGIN_*`.
    pub origin: u32,
    /// Whose purpose is served: one of `OPTOUT_BOUNDARY_*`.
    pub boundary: u32,
    /// What the purpose is run on: one of `OPTOUT_IDENTIFIABILITY_*`.
    pub identifiability: u32,
    /// What it is for: one of `OPTOUT_PURPOSE_*`.
    pub purpose: u32,
    /// What the controller relies on: any of `OPTOUT_BASIS_*`, or 0.
    pub bases: u32,
    /// What the controller asserts: any of `OPTOUT_CONDITION_*`, or 0.
    pub conditions: u32,
    /// 0.
    pub reserved: [u32; 8],
}

const _: () = assert!(size_of::<optout_disclosure>() == 64);

// SAFETY: integers alone, the size first.
unsafe impl Versioned for optout_disclosure {
    const V1: u32 = 64;
}

impl optout_disclosure {
    /// Reads what a C pointer points to.
    ///
    /// # Safety
    /// As for [`memory::read`].
    pub(crate) unsafe fn read(from: *const Self) -> Result<Self, optout_status> {
        // SAFETY: the caller's promise.
        let disclosure = unsafe { memory::read(from) }?;
        if disclosure.reserved.iter().any(|word| *word != 0) {
            return Err(OPTOUT_E_RESERVED);
        }
        Ok(disclosure)
    }

    /// The question, where every number and bit has a meaning.
    pub(crate) fn question(&self) -> Result<Disclosure, Failure> {
        Ok(Disclosure {
            origin: coded(OPTOUT_FIELD_ORIGIN, self.origin, Origin::from_number)?,
            boundary: coded(OPTOUT_FIELD_BOUNDARY, self.boundary, Boundary::from_number)?,
            identifiability: coded(
                OPTOUT_FIELD_IDENTIFIABILITY,
                self.identifiability,
                Identifiability::from_number,
            )?,
            purpose: coded(OPTOUT_FIELD_PURPOSE, self.purpose, Purpose::from_number)?,
            bases: u16::try_from(self.bases)
                .ok()
                .and_then(Bases::from_bits)
                .ok_or_else(|| set(OPTOUT_FIELD_BASES, self.bases, Bases::all().bits().into()))?,
            conditions: u8::try_from(self.conditions)
                .ok()
                .and_then(Conditions::from_bits)
                .ok_or_else(|| {
                    let accepted = Conditions::all().bits().into();
                    set(OPTOUT_FIELD_CONDITIONS, self.conditions, accepted)
                })?,
            on: day(self.on)?,
        })
    }

    /// The structure of a question.
    pub(crate) fn of(question: &Disclosure) -> Self {
        Self {
            struct_size: Self::SIZE,
            on: question.on.yyyymmdd(),
            origin: question.origin.number().into(),
            boundary: question.boundary.number().into(),
            identifiability: question.identifiability.number().into(),
            purpose: question.purpose.number().into(),
            bases: question.bases.bits().into(),
            conditions: question.conditions.bits().into(),
            reserved: [0; 8],
        }
    }
}

fn coded<T>(
    field: u32,
    number: u32,
    read: impl Fn(u8) -> Result<T, UnknownCode>,
) -> Result<T, Failure> {
    u8::try_from(number)
        .ok()
        .and_then(|number| read(number).ok())
        .ok_or_else(|| wrong(field, Wrong::Code(field, number)))
}

fn set(field: u32, bits: u32, accepted: u32) -> Failure {
    wrong(field, Wrong::Bits { field, unknown: bits & !accepted, accepted })
}

/// The day of a number yyyymmdd.
pub(crate) fn day(number: u32) -> Result<Date, Failure> {
    Date::from_yyyymmdd(number)
        .ok_or_else(|| wrong(OPTOUT_FIELD_ON, if number == 0 { Wrong::NoDay } else { Wrong::Day }))
}

#[cfg(feature = "std")]
fn wrong(field: u32, what: Wrong) -> Failure {
    Failure::about(OPTOUT_E_VALUE, field).saying(what)
}

#[cfg(not(feature = "std"))]
fn wrong(field: u32, _: Wrong) -> Failure {
    Failure::about(OPTOUT_E_VALUE, field)
}

/// What is wrong with a number of the question.
#[cfg_attr(not(feature = "std"), expect(dead_code, reason = "only the field is told"))]
pub(crate) enum Wrong {
    Code(u32, u32),
    Bits { field: u32, unknown: u32, accepted: u32 },
    Day,
    NoDay,
}

#[cfg(feature = "std")]
impl core::fmt::Display for Wrong {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        use crate::field::{name, table};
        match self {
            Self::Code(field, 0) => write!(f, "{}: not stated", name(*field))?,
            // A longer number could be a person's.
            Self::Code(field, 100_000..) => {
                write!(f, "{}: a number of six digits or more has no meaning", name(*field))?;
            }
            Self::Code(field, number) => write!(f, "{}: {number} has no meaning", name(*field))?,
            Self::Bits { field, unknown, accepted } => {
                let field = name(*field);
                return write!(
                    f,
                    "{field}: bits {unknown:#x} have no meaning; accepted are the bits of {accepted:#x}"
                );
            }
            Self::Day => return f.write_str("on: not a day of the calendar; write it as the number yyyymmdd, such as 20260601"),
            Self::NoDay => return f.write_str("on: not stated; write the day of the disclosure as the number yyyymmdd, such as 20260601"),
        }
        if let Self::Code(field, _) = self {
            for (i, word) in table(*field).words().enumerate() {
                let before = if i == 0 { "; accepted are" } else { "," };
                let code = str::from_utf8(word.code()).unwrap_or_default();
                write!(f, "{before} {} {code}", word.number)?;
            }
        }
        Ok(())
    }
}
