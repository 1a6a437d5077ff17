//! The words of the question, with the numbers of the specification.
//!
//! Written by `cargo xtask generate` from the tables of the library.

/// Where the data were recorded: one of `OPTOUT_ORIGIN_*`.
///
/// `gp-record`: a GP practice's patient record. Data that another controller has lawfully collected
/// from it are england-care from then on (our reading), unless the terms keep honouring Type 1:
/// then they stay gp-record.
pub const OPTOUT_ORIGIN_GP_RECORD: u32 = 1;

/// `england-care`: other publicly funded, commissioned or coordinated health or adult social care
/// in England, and private care in NHS settings.
pub const OPTOUT_ORIGIN_ENGLAND_CARE: u32 = 2;

/// `private-care`: privately funded care outside NHS settings.
pub const OPTOUT_ORIGIN_PRIVATE_CARE: u32 = 3;

/// `childrens-social-care`: children's social care.
pub const OPTOUT_ORIGIN_CHILDRENS_SOCIAL_CARE: u32 = 4;

/// `outside-england`: care outside England.
pub const OPTOUT_ORIGIN_OUTSIDE_ENGLAND: u32 = 5;

/// Whose purpose is served: one of `OPTOUT_BOUNDARY_*`.
///
/// `within-controller`: stays with the organisation that holds it, for its own purpose.
pub const OPTOUT_BOUNDARY_WITHIN_CONTROLLER: u32 = 1;

/// `beyond-controller`: leaves the organisation that holds it, or is processed in place for another
/// controller.
pub const OPTOUT_BOUNDARY_BEYOND_CONTROLLER: u32 = 2;

/// What the purpose is run on, as the recipient could see it: one of `OPTOUT_IDENTIFIABILITY_*`.
/// Where the holder hands over only an output, judge the output; where another controller's purpose
/// is run in place, judge the records it is run on.
///
/// `identifiable`: confidential patient information: identifiable or likely identifiable to this
/// recipient, given in confidence, about health or care.
pub const OPTOUT_IDENTIFIABILITY_IDENTIFIABLE: u32 = 1;

/// `de-identified`: record-level, under controls that meet the Information Commissioner's
/// anonymisation code, so that this recipient cannot tell who it is.
pub const OPTOUT_IDENTIFIABILITY_DE_IDENTIFIED: u32 = 2;

/// `anonymous`: aggregate or otherwise anonymous, after disclosure control.
pub const OPTOUT_IDENTIFIABILITY_ANONYMOUS: u32 = 3;

/// What the disclosure is for: one of `OPTOUT_PURPOSE_*`. Its class, which stands before the first
/// purpose of each, is what the rules use.
///
/// Class care.
///
/// `individual-care`: the care of the patient.
pub const OPTOUT_PURPOSE_INDIVIDUAL_CARE: u32 = 1;

/// `case-finding`: risk stratification to find patients for care.
pub const OPTOUT_PURPOSE_CASE_FINDING: u32 = 2;

/// `local-clinical-audit`: audit by the care team of its own care.
pub const OPTOUT_PURPOSE_LOCAL_CLINICAL_AUDIT: u32 = 3;

/// `screening-invitation`: inviting people to screening.
pub const OPTOUT_PURPOSE_SCREENING_INVITATION: u32 = 4;

/// `patient-access`: the patient's own access to the record.
pub const OPTOUT_PURPOSE_PATIENT_ACCESS: u32 = 5;

/// `incident-management`: looking into an incident, by the patient's own team.
pub const OPTOUT_PURPOSE_INCIDENT_MANAGEMENT: u32 = 6;

/// `patient-satisfaction`: asking how care was, by the patient's own team.
pub const OPTOUT_PURPOSE_PATIENT_SATISFACTION: u32 = 7;

/// Class beyond-care.
///
/// `research`: research.
pub const OPTOUT_PURPOSE_RESEARCH: u32 = 20;

/// `planning`: commissioning and service planning.
pub const OPTOUT_PURPOSE_PLANNING: u32 = 21;

/// `risk-stratification`: risk stratification for planning.
pub const OPTOUT_PURPOSE_RISK_STRATIFICATION: u32 = 22;

/// `national-clinical-audit`: a national clinical audit.
pub const OPTOUT_PURPOSE_NATIONAL_CLINICAL_AUDIT: u32 = 23;

/// `service-evaluation`: service evaluation.
pub const OPTOUT_PURPOSE_SERVICE_EVALUATION: u32 = 24;

/// `disease-registration`: a disease register.
pub const OPTOUT_PURPOSE_DISEASE_REGISTRATION: u32 = 25;

/// `communicable-disease-control`: control of communicable disease.
pub const OPTOUT_PURPOSE_COMMUNICABLE_DISEASE_CONTROL: u32 = 26;

/// `public-health`: public health beyond communicable disease.
pub const OPTOUT_PURPOSE_PUBLIC_HEALTH: u32 = 27;

/// `patient-survey`: choosing whom to send a survey.
pub const OPTOUT_PURPOSE_PATIENT_SURVEY: u32 = 28;

/// `official-statistics`: official statistics.
pub const OPTOUT_PURPOSE_OFFICIAL_STATISTICS: u32 = 29;

/// `census`: the census.
pub const OPTOUT_PURPOSE_CENSUS: u32 = 30;

/// `regulation`: regulation and inspection.
pub const OPTOUT_PURPOSE_REGULATION: u32 = 31;

/// `legal-proceedings`: legal proceedings.
pub const OPTOUT_PURPOSE_LEGAL_PROCEEDINGS: u32 = 32;

/// `mortality-review`: review of deaths.
pub const OPTOUT_PURPOSE_MORTALITY_REVIEW: u32 = 33;

/// `child-death-review`: review of a child's death.
pub const OPTOUT_PURPOSE_CHILD_DEATH_REVIEW: u32 = 34;

/// `medical-examiner`: a medical examiner's scrutiny of a death.
pub const OPTOUT_PURPOSE_MEDICAL_EXAMINER: u32 = 35;

/// `fraud-prevention`: preventing and detecting fraud.
pub const OPTOUT_PURPOSE_FRAUD_PREVENTION: u32 = 36;

/// `safeguarding`: safeguarding of children and adults.
pub const OPTOUT_PURPOSE_SAFEGUARDING: u32 = 37;

/// `system-assurance`: testing and assuring systems.
pub const OPTOUT_PURPOSE_SYSTEM_ASSURANCE: u32 = 38;

/// Class payment.
///
/// `invoice-validation`: validating an invoice for contracted care.
pub const OPTOUT_PURPOSE_INVOICE_VALIDATION: u32 = 60;

/// `invoice-validation-non-contracted`: validating an invoice for care outside a contract.
pub const OPTOUT_PURPOSE_INVOICE_VALIDATION_NON_CONTRACTED: u32 = 61;

/// `prescription-payment`: paying for prescriptions.
pub const OPTOUT_PURPOSE_PRESCRIPTION_PAYMENT: u32 = 62;

/// `provider-payment`: paying practices: quality outcomes, enhanced services, immunisations.
pub const OPTOUT_PURPOSE_PROVIDER_PAYMENT: u32 = 63;

/// Class commercial.
///
/// `marketing`: marketing.
pub const OPTOUT_PURPOSE_MARKETING: u32 = 80;

/// `insurance`: insurance.
pub const OPTOUT_PURPOSE_INSURANCE: u32 = 81;

/// `other-commercial`: any other commercial use.
pub const OPTOUT_PURPOSE_OTHER_COMMERCIAL: u32 = 82;

/// What the controller relies on to lift confidentiality: any of `OPTOUT_BASIS_*`, added together
/// with `|`; 0 for none.
///
/// `implied-consent`: for individual care, by staff with a legitimate relationship.
pub const OPTOUT_BASIS_IMPLIED_CONSENT: u32 = 1;

/// `explicit-consent`: this patient's explicit consent to this use, or a consultee's advice (our
/// reading); whether it was given is a fact about each patient.
pub const OPTOUT_BASIS_EXPLICIT_CONSENT: u32 = 2;

/// `overall-benefit`: for care of a patient who lacks capacity.
pub const OPTOUT_BASIS_OVERALL_BENEFIT: u32 = 4;

/// `court-order`: an order of a court.
pub const OPTOUT_BASIS_COURT_ORDER: u32 = 8;

/// `statutory-duty`: an Act or regulations require this disclosure, or permit it and expressly lift
/// confidentiality (our reading).
pub const OPTOUT_BASIS_STATUTORY_DUTY: u32 = 16;

/// `s259-collection`: a collection by NHS England under the Health and Social Care Act 2012,
/// sections 254 to 259.
pub const OPTOUT_BASIS_S259_COLLECTION: u32 = 32;

/// `copi-reg-2`: section 251 support (approval to use confidential information without consent)
/// under regulation 2, for cancer, of the Control of Patient Information Regulations 2002.
pub const OPTOUT_BASIS_COPI_REG_2: u32 = 64;

/// `copi-reg-3`: regulation 3 of the Control of Patient Information Regulations 2002, for
/// communicable disease and other risks to public health.
pub const OPTOUT_BASIS_COPI_REG_3: u32 = 128;

/// `copi-reg-5`: section 251 support (approval to use confidential information without consent)
/// under regulation 5, for medical purposes, of the Control of Patient Information Regulations
/// 2002, on the advice of the Confidentiality Advisory Group.
pub const OPTOUT_BASIS_COPI_REG_5: u32 = 256;

/// `public-interest`: overriding public interest, after a positive, recorded, case-specific test.
pub const OPTOUT_BASIS_PUBLIC_INTEREST: u32 = 512;

/// `statutory-power`: a permission to disclose, which does not lift confidentiality.
pub const OPTOUT_BASIS_STATUTORY_POWER: u32 = 1024;

/// What the controller asserts about this flow: any of `OPTOUT_CONDITION_*`, added together with
/// `|`; 0 for none.
///
/// `legitimate-relationship`: the recipients are the patient's own care team or otherwise have a
/// legitimate relationship.
pub const OPTOUT_CONDITION_LEGITIMATE_RELATIONSHIP: u32 = 1;

/// `national-disapplied`: the decision-maker has recorded that the national opt-out does not apply
/// to this flow.
pub const OPTOUT_CONDITION_NATIONAL_DISAPPLIED: u32 = 2;

/// `type1-not-upheld`: the Direction or the platform's terms say expressly that Type 1 objections
/// are not upheld.
pub const OPTOUT_CONDITION_TYPE1_NOT_UPHELD: u32 = 4;

/// `type1-upheld`: the programme honours Type 1 where the rule would not require it.
pub const OPTOUT_CONDITION_TYPE1_UPHELD: u32 = 8;

/// `programme-opt-out`: the programme runs an opt-out of its own, which must be honoured.
pub const OPTOUT_CONDITION_PROGRAMME_OPT_OUT: u32 = 16;

/// `national-voluntary`: the organisation applies the national opt-out where policy does not
/// require it.
pub const OPTOUT_CONDITION_NATIONAL_VOLUNTARY: u32 = 32;
