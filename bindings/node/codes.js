// The numbers of the vocabulary.
// Written by `cargo xtask generate` from the tables of the Rust library and from optout.h.

export const ABI_VERSION = 1;
export const DENY = 0;
export const ALLOW = 1;
export const PATIENT_UNKNOWN = 0;
export const PATIENT_INVALID = 255;
export const CLAUSES_MAX = 64;

/** Statuses of a call. */
export const Status = Object.freeze({
  OK: 0,
  NULL: 1,
  STRUCT_SIZE: 2,
  RESERVED: 3,
  ARGUMENT: 4,
  BUFFER: 5,
  RULING: 6,
  UTF8: 7,
  VALUE: 20,
  CONTRADICTION: 21,
  DATE_NOT_COVERED: 22,
  UNKNOWN_CODE: 23,
  AMBIGUOUS_CODE: 24,
  UNKNOWN_FLOW: 25,
  FLOW_NOT_ON_THIS_DAY: 26,
  QUESTION: 27,
  NHS_NUMBER: 28,
  NHS_NUMBER_EMPTY: 29,
  REGISTER_FILE: 30,
  REGISTER: 31,
  REGISTER_VERSION: 32,
  REGISTER_AGE: 33,
  MEMORY: 34,
  INTERNAL: 99,
});

/** Fields of question and answer. */
export const Field = Object.freeze({
  NONE: 0,
  ORIGIN: 1,
  BOUNDARY: 2,
  IDENTIFIABILITY: 3,
  PURPOSE: 4,
  BASES: 5,
  CONDITIONS: 6,
  ON: 7,
  FLOW: 8,
  TYPE1: 9,
  NATIONAL: 10,
  PROGRAMME: 11,
  VERDICT: 12,
  REASON: 13,
  ROUTE: 14,
  BLOCKED_BY: 15,
  CLAUSE: 16,
  NHS_NUMBER: 17,
  RANGE: 18,
});

/** Where the data were recorded. */
export const Origin = Object.freeze({
  GP_RECORD: 1,
  ENGLAND_CARE: 2,
  PRIVATE_CARE: 3,
  CHILDRENS_SOCIAL_CARE: 4,
  OUTSIDE_ENGLAND: 5,
});

/** Whose purpose is served. */
export const Boundary = Object.freeze({
  WITHIN_CONTROLLER: 1,
  BEYOND_CONTROLLER: 2,
});

/** What the purpose is run on, as the recipient could see it. */
export const Identifiability = Object.freeze({
  IDENTIFIABLE: 1,
  DE_IDENTIFIED: 2,
  ANONYMOUS: 3,
});

/** What the disclosure is for. */
export const Purpose = Object.freeze({
  INDIVIDUAL_CARE: 1,
  CASE_FINDING: 2,
  LOCAL_CLINICAL_AUDIT: 3,
  SCREENING_INVITATION: 4,
  PATIENT_ACCESS: 5,
  INCIDENT_MANAGEMENT: 6,
  PATIENT_SATISFACTION: 7,
  RESEARCH: 20,
  PLANNING: 21,
  RISK_STRATIFICATION: 22,
  NATIONAL_CLINICAL_AUDIT: 23,
  SERVICE_EVALUATION: 24,
  DISEASE_REGISTRATION: 25,
  COMMUNICABLE_DISEASE_CONTROL: 26,
  PUBLIC_HEALTH: 27,
  PATIENT_SURVEY: 28,
  OFFICIAL_STATISTICS: 29,
  CENSUS: 30,
  REGULATION: 31,
  LEGAL_PROCEEDINGS: 32,
  MORTALITY_REVIEW: 33,
  CHILD_DEATH_REVIEW: 34,
  MEDICAL_EXAMINER: 35,
  FRAUD_PREVENTION: 36,
  SAFEGUARDING: 37,
  SYSTEM_ASSURANCE: 38,
  INVOICE_VALIDATION: 60,
  INVOICE_VALIDATION_NON_CONTRACTED: 61,
  PRESCRIPTION_PAYMENT: 62,
  PROVIDER_PAYMENT: 63,
  MARKETING: 80,
  INSURANCE: 81,
  OTHER_COMMERCIAL: 82,
});

/** What the controller relies on, one bit each. */
export const Basis = Object.freeze({
  IMPLIED_CONSENT: 1,
  EXPLICIT_CONSENT: 2,
  OVERALL_BENEFIT: 4,
  COURT_ORDER: 8,
  STATUTORY_DUTY: 16,
  S259_COLLECTION: 32,
  COPI_REG_2: 64,
  COPI_REG_3: 128,
  COPI_REG_5: 256,
  PUBLIC_INTEREST: 512,
  STATUTORY_POWER: 1024,
});

/** What the controller asserts, one bit each. */
export const Condition = Object.freeze({
  LEGITIMATE_RELATIONSHIP: 1,
  NATIONAL_DISAPPLIED: 2,
  TYPE1_NOT_UPHELD: 4,
  TYPE1_UPHELD: 8,
  PROGRAMME_OPT_OUT: 16,
  NATIONAL_VOLUNTARY: 32,
});

/** The Type 1 opt-out of a patient. */
export const Type1 = Object.freeze({
  UNKNOWN: 0,
  NONE: 1,
  DISSENT: 2,
});

/** The National Data Opt-out of a patient. */
export const National = Object.freeze({
  UNKNOWN: 0,
  NONE: 1,
  OPTED_OUT: 2,
  NO_NHS_NUMBER: 3,
});

/** The programme's own opt-out of a patient. */
export const Programme = Object.freeze({
  UNKNOWN: 0,
  NONE: 1,
  OPTED_OUT: 2,
});

/** Why. New reasons may come: have a default. */
export const Reason = Object.freeze({
  NOT_DECIDED: 0,
  PERMITTED: 1,
  INVALID_STATUS: 2,
  NO_LAWFUL_BASIS: 3,
  CONSENT_NOT_RECORDED: 4,
  TYPE1_DISSENT: 5,
  NATIONAL_OPT_OUT: 6,
  PROGRAMME_OPT_OUT: 7,
  CARE_OBJECTION: 8,
  TYPE1_UNKNOWN: 9,
  NATIONAL_UNKNOWN: 10,
  PROGRAMME_UNKNOWN: 11,
});

/** By which lawful way the data may go. */
export const Route = Object.freeze({
  NONE: 0,
  ANONYMOUS: 1,
  DE_IDENTIFIED: 2,
  EXPLICIT_CONSENT: 3,
  IMPLIED_CONSENT: 4,
  OVERALL_BENEFIT: 5,
  COURT_ORDER: 6,
  STATUTORY_DUTY: 7,
  PUBLIC_INTEREST: 8,
  S259_COLLECTION: 9,
  COPI_REG_3: 10,
  SECTION_251: 11,
});

/** What blocks, one bit each. */
export const Blocker = Object.freeze({
  TYPE1_DISSENT: 32,
  NATIONAL_OPT_OUT: 64,
  PROGRAMME_OPT_OUT: 128,
  CARE_OBJECTION: 256,
  TYPE1_UNKNOWN: 512,
  NATIONAL_UNKNOWN: 1024,
  PROGRAMME_UNKNOWN: 2048,
});

/** What a decision stands on. New clauses may come. */
export const Clause = Object.freeze({
  OP3: 1,
  OP5_1: 2,
  OP6_2: 3,
  OP6_3: 4,
  OP7_1: 5,
  OP8: 6,
  OPA2: 7,
  OPA6: 8,
  NHSUK: 9,
  UNDER: 10,
  RES3: 11,
  RES4: 12,
  RES6: 13,
  HRA: 14,
  RCGP: 15,
  POD15: 16,
  PHSMI: 17,
  GDPPR: 18,
  GPDPR: 19,
  OS_T1: 20,
  OS_NDO: 21,
  CPRD: 22,
  NHSE2014: 23,
  GMC: 24,
  S251: 25,
  COPI: 26,
  GPG2023: 27,
  DH2014: 28,
  DH2013: 29,
  LEDER2020: 30,
  LHCRE2018: 31,
  READING: 32,
});

/** Who issues the NHS numbers of a range. */
export const Range = Object.freeze({
  NOT_IN_USE: 1,
  SCOTLAND: 2,
  NORTHERN_IRELAND: 3,
  ENGLAND_WALES_MAN: 4,
  IRELAND: 5,
  TEST: 6,
});
