package optout;

/** The numbers of the vocabulary. Written by `cargo xtask generate` from the tables of the Rust library and from optout.h. */
abstract class Codes {
    public static final int ABI_VERSION = 1;
    public static final int DENY = 0;
    public static final int ALLOW = 1;
    public static final byte PATIENT_UNKNOWN = (byte) 0;
    public static final byte PATIENT_INVALID = (byte) 255;
    public static final int CLAUSES_MAX = 64;

    // Statuses of a call.
    public static final int OK = 0;
    public static final int E_NULL = 1;
    public static final int E_STRUCT_SIZE = 2;
    public static final int E_RESERVED = 3;
    public static final int E_ARGUMENT = 4;
    public static final int E_BUFFER = 5;
    public static final int E_RULING = 6;
    public static final int E_UTF8 = 7;
    public static final int E_VALUE = 20;
    public static final int E_CONTRADICTION = 21;
    public static final int E_DATE_NOT_COVERED = 22;
    public static final int E_UNKNOWN_CODE = 23;
    public static final int E_AMBIGUOUS_CODE = 24;
    public static final int E_UNKNOWN_FLOW = 25;
    public static final int E_FLOW_NOT_ON_THIS_DAY = 26;
    public static final int E_QUESTION = 27;
    public static final int E_NHS_NUMBER = 28;
    public static final int E_NHS_NUMBER_EMPTY = 29;
    public static final int E_REGISTER_FILE = 30;
    public static final int E_REGISTER = 31;
    public static final int E_REGISTER_VERSION = 32;
    public static final int E_REGISTER_AGE = 33;
    public static final int E_MEMORY = 34;
    public static final int E_INTERNAL = 99;

    // Fields of question and answer.
    public static final int FIELD_NONE = 0;
    public static final int FIELD_ORIGIN = 1;
    public static final int FIELD_BOUNDARY = 2;
    public static final int FIELD_IDENTIFIABILITY = 3;
    public static final int FIELD_PURPOSE = 4;
    public static final int FIELD_BASES = 5;
    public static final int FIELD_CONDITIONS = 6;
    public static final int FIELD_ON = 7;
    public static final int FIELD_FLOW = 8;
    public static final int FIELD_TYPE1 = 9;
    public static final int FIELD_NATIONAL = 10;
    public static final int FIELD_PROGRAMME = 11;
    public static final int FIELD_VERDICT = 12;
    public static final int FIELD_REASON = 13;
    public static final int FIELD_ROUTE = 14;
    public static final int FIELD_BLOCKED_BY = 15;
    public static final int FIELD_CLAUSE = 16;
    public static final int FIELD_NHS_NUMBER = 17;
    public static final int FIELD_RANGE = 18;

    // Where the data were recorded.
    public static final int ORIGIN_GP_RECORD = 1;
    public static final int ORIGIN_ENGLAND_CARE = 2;
    public static final int ORIGIN_PRIVATE_CARE = 3;
    public static final int ORIGIN_CHILDRENS_SOCIAL_CARE = 4;
    public static final int ORIGIN_OUTSIDE_ENGLAND = 5;

    // Whose purpose is served.
    public static final int BOUNDARY_WITHIN_CONTROLLER = 1;
    public static final int BOUNDARY_BEYOND_CONTROLLER = 2;

    // What the purpose is run on, as the recipient could see it.
    public static final int IDENTIFIABILITY_IDENTIFIABLE = 1;
    public static final int IDENTIFIABILITY_DE_IDENTIFIED = 2;
    public static final int IDENTIFIABILITY_ANONYMOUS = 3;

    // What the disclosure is for.
    public static final int PURPOSE_INDIVIDUAL_CARE = 1;
    public static final int PURPOSE_CASE_FINDING = 2;
    public static final int PURPOSE_LOCAL_CLINICAL_AUDIT = 3;
    public static final int PURPOSE_SCREENING_INVITATION = 4;
    public static final int PURPOSE_PATIENT_ACCESS = 5;
    public static final int PURPOSE_INCIDENT_MANAGEMENT = 6;
    public static final int PURPOSE_PATIENT_SATISFACTION = 7;
    public static final int PURPOSE_RESEARCH = 20;
    public static final int PURPOSE_PLANNING = 21;
    public static final int PURPOSE_RISK_STRATIFICATION = 22;
    public static final int PURPOSE_NATIONAL_CLINICAL_AUDIT = 23;
    public static final int PURPOSE_SERVICE_EVALUATION = 24;
    public static final int PURPOSE_DISEASE_REGISTRATION = 25;
    public static final int PURPOSE_COMMUNICABLE_DISEASE_CONTROL = 26;
    public static final int PURPOSE_PUBLIC_HEALTH = 27;
    public static final int PURPOSE_PATIENT_SURVEY = 28;
    public static final int PURPOSE_OFFICIAL_STATISTICS = 29;
    public static final int PURPOSE_CENSUS = 30;
    public static final int PURPOSE_REGULATION = 31;
    public static final int PURPOSE_LEGAL_PROCEEDINGS = 32;
    public static final int PURPOSE_MORTALITY_REVIEW = 33;
    public static final int PURPOSE_CHILD_DEATH_REVIEW = 34;
    public static final int PURPOSE_MEDICAL_EXAMINER = 35;
    public static final int PURPOSE_FRAUD_PREVENTION = 36;
    public static final int PURPOSE_SAFEGUARDING = 37;
    public static final int PURPOSE_SYSTEM_ASSURANCE = 38;
    public static final int PURPOSE_INVOICE_VALIDATION = 60;
    public static final int PURPOSE_INVOICE_VALIDATION_NON_CONTRACTED = 61;
    public static final int PURPOSE_PRESCRIPTION_PAYMENT = 62;
    public static final int PURPOSE_PROVIDER_PAYMENT = 63;
    public static final int PURPOSE_MARKETING = 80;
    public static final int PURPOSE_INSURANCE = 81;
    public static final int PURPOSE_OTHER_COMMERCIAL = 82;

    // What the controller relies on, one bit each.
    public static final int BASIS_IMPLIED_CONSENT = 1;
    public static final int BASIS_EXPLICIT_CONSENT = 2;
    public static final int BASIS_OVERALL_BENEFIT = 4;
    public static final int BASIS_COURT_ORDER = 8;
    public static final int BASIS_STATUTORY_DUTY = 16;
    public static final int BASIS_S259_COLLECTION = 32;
    public static final int BASIS_COPI_REG_2 = 64;
    public static final int BASIS_COPI_REG_3 = 128;
    public static final int BASIS_COPI_REG_5 = 256;
    public static final int BASIS_PUBLIC_INTEREST = 512;
    public static final int BASIS_STATUTORY_POWER = 1024;

    // What the controller asserts, one bit each.
    public static final int CONDITION_LEGITIMATE_RELATIONSHIP = 1;
    public static final int CONDITION_NATIONAL_DISAPPLIED = 2;
    public static final int CONDITION_TYPE1_NOT_UPHELD = 4;
    public static final int CONDITION_TYPE1_UPHELD = 8;
    public static final int CONDITION_PROGRAMME_OPT_OUT = 16;
    public static final int CONDITION_NATIONAL_VOLUNTARY = 32;

    // The Type 1 opt-out of a patient.
    public static final int TYPE1_UNKNOWN = 0;
    public static final int TYPE1_NONE = 1;
    public static final int TYPE1_DISSENT = 2;

    // The National Data Opt-out of a patient.
    public static final int NATIONAL_UNKNOWN = 0;
    public static final int NATIONAL_NONE = 1;
    public static final int NATIONAL_OPTED_OUT = 2;
    public static final int NATIONAL_NO_NHS_NUMBER = 3;

    // The programme's own opt-out of a patient.
    public static final int PROGRAMME_UNKNOWN = 0;
    public static final int PROGRAMME_NONE = 1;
    public static final int PROGRAMME_OPTED_OUT = 2;

    // Why. New reasons may come: have a default.
    public static final int REASON_NOT_DECIDED = 0;
    public static final int REASON_PERMITTED = 1;
    public static final int REASON_INVALID_STATUS = 2;
    public static final int REASON_NO_LAWFUL_BASIS = 3;
    public static final int REASON_CONSENT_NOT_RECORDED = 4;
    public static final int REASON_TYPE1_DISSENT = 5;
    public static final int REASON_NATIONAL_OPT_OUT = 6;
    public static final int REASON_PROGRAMME_OPT_OUT = 7;
    public static final int REASON_CARE_OBJECTION = 8;
    public static final int REASON_TYPE1_UNKNOWN = 9;
    public static final int REASON_NATIONAL_UNKNOWN = 10;
    public static final int REASON_PROGRAMME_UNKNOWN = 11;

    // By which lawful way the data may go.
    public static final int ROUTE_NONE = 0;
    public static final int ROUTE_ANONYMOUS = 1;
    public static final int ROUTE_DE_IDENTIFIED = 2;
    public static final int ROUTE_EXPLICIT_CONSENT = 3;
    public static final int ROUTE_IMPLIED_CONSENT = 4;
    public static final int ROUTE_OVERALL_BENEFIT = 5;
    public static final int ROUTE_COURT_ORDER = 6;
    public static final int ROUTE_STATUTORY_DUTY = 7;
    public static final int ROUTE_PUBLIC_INTEREST = 8;
    public static final int ROUTE_S259_COLLECTION = 9;
    public static final int ROUTE_COPI_REG_3 = 10;
    public static final int ROUTE_SECTION_251 = 11;

    // What blocks, one bit each.
    public static final int BLOCKED_BY_TYPE1_DISSENT = 32;
    public static final int BLOCKED_BY_NATIONAL_OPT_OUT = 64;
    public static final int BLOCKED_BY_PROGRAMME_OPT_OUT = 128;
    public static final int BLOCKED_BY_CARE_OBJECTION = 256;
    public static final int BLOCKED_BY_TYPE1_UNKNOWN = 512;
    public static final int BLOCKED_BY_NATIONAL_UNKNOWN = 1024;
    public static final int BLOCKED_BY_PROGRAMME_UNKNOWN = 2048;

    // What a decision stands on. New clauses may come.
    public static final int CLAUSE_OP3 = 1;
    public static final int CLAUSE_OP5_1 = 2;
    public static final int CLAUSE_OP6_2 = 3;
    public static final int CLAUSE_OP6_3 = 4;
    public static final int CLAUSE_OP7_1 = 5;
    public static final int CLAUSE_OP8 = 6;
    public static final int CLAUSE_OPA2 = 7;
    public static final int CLAUSE_OPA6 = 8;
    public static final int CLAUSE_NHSUK = 9;
    public static final int CLAUSE_UNDER = 10;
    public static final int CLAUSE_RES3 = 11;
    public static final int CLAUSE_RES4 = 12;
    public static final int CLAUSE_RES6 = 13;
    public static final int CLAUSE_HRA = 14;
    public static final int CLAUSE_RCGP = 15;
    public static final int CLAUSE_POD15 = 16;
    public static final int CLAUSE_PHSMI = 17;
    public static final int CLAUSE_GDPPR = 18;
    public static final int CLAUSE_GPDPR = 19;
    public static final int CLAUSE_OS_T1 = 20;
    public static final int CLAUSE_OS_NDO = 21;
    public static final int CLAUSE_CPRD = 22;
    public static final int CLAUSE_NHSE2014 = 23;
    public static final int CLAUSE_GMC = 24;
    public static final int CLAUSE_S251 = 25;
    public static final int CLAUSE_COPI = 26;
    public static final int CLAUSE_GPG2023 = 27;
    public static final int CLAUSE_DH2014 = 28;
    public static final int CLAUSE_DH2013 = 29;
    public static final int CLAUSE_LEDER2020 = 30;
    public static final int CLAUSE_LHCRE2018 = 31;
    public static final int CLAUSE_READING = 32;

    // Who issues the NHS numbers of a range.
    public static final int RANGE_NOT_IN_USE = 1;
    public static final int RANGE_SCOTLAND = 2;
    public static final int RANGE_NORTHERN_IRELAND = 3;
    public static final int RANGE_ENGLAND_WALES_MAN = 4;
    public static final int RANGE_IRELAND = 5;
    public static final int RANGE_TEST = 6;

    Codes() {}
}
