//! The words of what a patient has recorded, with the numbers of the specification.
//!
//! Written by `cargo xtask generate` from the tables of the library.

/// The Type 1 opt-out of a patient, a code in the GP record: one of `OPTOUT_TYPE1_*`.
///
/// `unknown`: not known.
pub const OPTOUT_TYPE1_UNKNOWN: u32 = 0;

/// `none`: known to have none.
pub const OPTOUT_TYPE1_NONE: u32 = 1;

/// `dissent`: has recorded a Type 1 opt-out.
pub const OPTOUT_TYPE1_DISSENT: u32 = 2;

/// The National Data Opt-out of a patient: one of `OPTOUT_NATIONAL_*`.
///
/// `unknown`: not known.
pub const OPTOUT_NATIONAL_UNKNOWN: u32 = 0;

/// `none`: known to have none.
pub const OPTOUT_NATIONAL_NONE: u32 = 1;

/// `opted-out`: has a national data opt-out.
pub const OPTOUT_NATIONAL_OPTED_OUT: u32 = 2;

/// `no-nhs-number`: the record has no NHS number and obtaining one is disproportionate; an invalid
/// number is `unknown`.
pub const OPTOUT_NATIONAL_NO_NHS_NUMBER: u32 = 3;

/// The opt-out that the programme runs itself, such as that of the Summary Care Record: one of
/// `OPTOUT_PROGRAMME_*`.
///
/// `unknown`: not known.
pub const OPTOUT_PROGRAMME_UNKNOWN: u32 = 0;

/// `none`: known to have none.
pub const OPTOUT_PROGRAMME_NONE: u32 = 1;

/// `opted-out`: has opted out of this programme.
pub const OPTOUT_PROGRAMME_OPTED_OUT: u32 = 2;
