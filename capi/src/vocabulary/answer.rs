//! The words of the answer, with the numbers of the specification.
//!
//! Written by `cargo xtask generate` from the tables of the library.

/// Allow or deny. Anything but `OPTOUT_ALLOW` is a denial, and so is zeroed memory.
///
/// `deny`: the data of this patient may not be disclosed.
pub const OPTOUT_DENY: i32 = 0;

/// `allow`: the data of this patient may be disclosed.
pub const OPTOUT_ALLOW: i32 = 1;

/// Why: one of `OPTOUT_REASON_*`. Of several that apply, the lowest number is given. New reasons
/// may come: act on the verdict, and show the reason.
///
/// `not-decided`: nothing was decided: memory that was never written.
pub const OPTOUT_REASON_NOT_DECIDED: u32 = 0;

/// `permitted`: an open route permits it and no opt-out that binds there blocks.
pub const OPTOUT_REASON_PERMITTED: u32 = 1;

/// `invalid-status`: the patient's status byte has a field that means nothing.
pub const OPTOUT_REASON_INVALID_STATUS: u32 = 2;

/// `no-lawful-basis`: nothing lifts the duty of confidence, whatever the patient chose.
pub const OPTOUT_REASON_NO_LAWFUL_BASIS: u32 = 3;

/// `consent-not-recorded`: only explicit consent would permit it, and this patient has recorded
/// none.
pub const OPTOUT_REASON_CONSENT_NOT_RECORDED: u32 = 4;

/// `type1-dissent`: the patient has a Type 1 opt-out.
pub const OPTOUT_REASON_TYPE1_DISSENT: u32 = 5;

/// `national-opt-out`: the patient has a national data opt-out.
pub const OPTOUT_REASON_NATIONAL_OPT_OUT: u32 = 6;

/// `programme-opt-out`: the patient has opted out of this programme.
pub const OPTOUT_REASON_PROGRAMME_OPT_OUT: u32 = 7;

/// `care-objection`: the patient objects to sharing for their own care.
pub const OPTOUT_REASON_CARE_OBJECTION: u32 = 8;

/// `type1-unknown`: it is not known whether the patient has a Type 1 opt-out.
pub const OPTOUT_REASON_TYPE1_UNKNOWN: u32 = 9;

/// `national-unknown`: it is not known whether the patient has a national data opt-out.
pub const OPTOUT_REASON_NATIONAL_UNKNOWN: u32 = 10;

/// `programme-unknown`: it is not known whether the patient has opted out of this programme.
pub const OPTOUT_REASON_PROGRAMME_UNKNOWN: u32 = 11;

/// By which lawful way the data may go: one of `OPTOUT_ROUTE_*`.
///
/// No route: the decision is a denial.
pub const OPTOUT_ROUTE_NONE: u32 = 0;

/// `anonymous`: anonymous data.
pub const OPTOUT_ROUTE_ANONYMOUS: u32 = 1;

/// `de-identified`: de-identified data.
pub const OPTOUT_ROUTE_DE_IDENTIFIED: u32 = 2;

/// `explicit-consent`: the patient's explicit consent.
pub const OPTOUT_ROUTE_EXPLICIT_CONSENT: u32 = 3;

/// `implied-consent`: implied consent for individual care.
pub const OPTOUT_ROUTE_IMPLIED_CONSENT: u32 = 4;

/// `overall-benefit`: overall benefit of a patient who lacks capacity.
pub const OPTOUT_ROUTE_OVERALL_BENEFIT: u32 = 5;

/// `court-order`: an order of a court.
pub const OPTOUT_ROUTE_COURT_ORDER: u32 = 6;

/// `statutory-duty`: a duty in statute.
pub const OPTOUT_ROUTE_STATUTORY_DUTY: u32 = 7;

/// `public-interest`: overriding public interest.
pub const OPTOUT_ROUTE_PUBLIC_INTEREST: u32 = 8;

/// `s259-collection`: a collection by NHS England under section 259.
pub const OPTOUT_ROUTE_S259_COLLECTION: u32 = 9;

/// `copi-reg-3`: regulation 3: communicable disease and risks to public health.
pub const OPTOUT_ROUTE_COPI_REG_3: u32 = 10;

/// `section-251`: section 251 support.
pub const OPTOUT_ROUTE_SECTION_251: u32 = 11;

/// What blocks, in `optout_decision.blocked_by`: any of `OPTOUT_BLOCKED_BY_*`. Bit *n* is reason
/// *n*.
///
/// `type1-dissent`: the patient has a Type 1 opt-out.
pub const OPTOUT_BLOCKED_BY_TYPE1_DISSENT: u32 = 32;

/// `national-opt-out`: the patient has a national data opt-out.
pub const OPTOUT_BLOCKED_BY_NATIONAL_OPT_OUT: u32 = 64;

/// `programme-opt-out`: the patient has opted out of this programme.
pub const OPTOUT_BLOCKED_BY_PROGRAMME_OPT_OUT: u32 = 128;

/// `care-objection`: the patient objects to sharing for their own care.
pub const OPTOUT_BLOCKED_BY_CARE_OBJECTION: u32 = 256;

/// `type1-unknown`: it is not known whether the patient has a Type 1 opt-out.
pub const OPTOUT_BLOCKED_BY_TYPE1_UNKNOWN: u32 = 512;

/// `national-unknown`: it is not known whether the patient has a national data opt-out.
pub const OPTOUT_BLOCKED_BY_NATIONAL_UNKNOWN: u32 = 1024;

/// `programme-unknown`: it is not known whether the patient has opted out of this programme.
pub const OPTOUT_BLOCKED_BY_PROGRAMME_UNKNOWN: u32 = 2048;
