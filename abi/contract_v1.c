/* The binary interface, version 1. FROZEN: never edit, its digest is checked.
 *
 * It stands for every program that was built against version 1. It must compile against any later
 * header of version 1, and, compiled against the header of its day (optout_v1.h beside it), run with any
 * later library of version 1.
 *
 *     cc -std=c11 -Wall -Wextra -Werror abi/contract_v1.c -loptout
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <optout.h>

#define HOLDS(what) _Static_assert(what, #what)

/* Every constant. */
HOLDS(OPTOUT_ABI_VERSION == 1);
HOLDS(OPTOUT_OK == 0);
HOLDS(OPTOUT_E_NULL == 1);
HOLDS(OPTOUT_E_STRUCT_SIZE == 2);
HOLDS(OPTOUT_E_RESERVED == 3);
HOLDS(OPTOUT_E_ARGUMENT == 4);
HOLDS(OPTOUT_E_BUFFER == 5);
HOLDS(OPTOUT_E_RULING == 6);
HOLDS(OPTOUT_E_UTF8 == 7);
HOLDS(OPTOUT_E_VALUE == 20);
HOLDS(OPTOUT_E_CONTRADICTION == 21);
HOLDS(OPTOUT_E_DATE_NOT_COVERED == 22);
HOLDS(OPTOUT_E_UNKNOWN_CODE == 23);
HOLDS(OPTOUT_E_AMBIGUOUS_CODE == 24);
HOLDS(OPTOUT_E_UNKNOWN_FLOW == 25);
HOLDS(OPTOUT_E_FLOW_NOT_ON_THIS_DAY == 26);
HOLDS(OPTOUT_E_QUESTION == 27);
HOLDS(OPTOUT_E_NHS_NUMBER == 28);
HOLDS(OPTOUT_E_NHS_NUMBER_EMPTY == 29);
HOLDS(OPTOUT_E_REGISTER_FILE == 30);
HOLDS(OPTOUT_E_REGISTER == 31);
HOLDS(OPTOUT_E_REGISTER_VERSION == 32);
HOLDS(OPTOUT_E_REGISTER_AGE == 33);
HOLDS(OPTOUT_E_MEMORY == 34);
HOLDS(OPTOUT_E_INTERNAL == 99);
HOLDS(OPTOUT_ORIGIN_GP_RECORD == 1);
HOLDS(OPTOUT_ORIGIN_ENGLAND_CARE == 2);
HOLDS(OPTOUT_ORIGIN_PRIVATE_CARE == 3);
HOLDS(OPTOUT_ORIGIN_CHILDRENS_SOCIAL_CARE == 4);
HOLDS(OPTOUT_ORIGIN_OUTSIDE_ENGLAND == 5);
HOLDS(OPTOUT_BOUNDARY_WITHIN_CONTROLLER == 1);
HOLDS(OPTOUT_BOUNDARY_BEYOND_CONTROLLER == 2);
HOLDS(OPTOUT_IDENTIFIABILITY_IDENTIFIABLE == 1);
HOLDS(OPTOUT_IDENTIFIABILITY_DE_IDENTIFIED == 2);
HOLDS(OPTOUT_IDENTIFIABILITY_ANONYMOUS == 3);
HOLDS(OPTOUT_PURPOSE_INDIVIDUAL_CARE == 1);
HOLDS(OPTOUT_PURPOSE_CASE_FINDING == 2);
HOLDS(OPTOUT_PURPOSE_LOCAL_CLINICAL_AUDIT == 3);
HOLDS(OPTOUT_PURPOSE_SCREENING_INVITATION == 4);
HOLDS(OPTOUT_PURPOSE_PATIENT_ACCESS == 5);
HOLDS(OPTOUT_PURPOSE_INCIDENT_MANAGEMENT == 6);
HOLDS(OPTOUT_PURPOSE_PATIENT_SATISFACTION == 7);
HOLDS(OPTOUT_PURPOSE_RESEARCH == 20);
HOLDS(OPTOUT_PURPOSE_PLANNING == 21);
HOLDS(OPTOUT_PURPOSE_RISK_STRATIFICATION == 22);
HOLDS(OPTOUT_PURPOSE_NATIONAL_CLINICAL_AUDIT == 23);
HOLDS(OPTOUT_PURPOSE_SERVICE_EVALUATION == 24);
HOLDS(OPTOUT_PURPOSE_DISEASE_REGISTRATION == 25);
HOLDS(OPTOUT_PURPOSE_COMMUNICABLE_DISEASE_CONTROL == 26);
HOLDS(OPTOUT_PURPOSE_PUBLIC_HEALTH == 27);
HOLDS(OPTOUT_PURPOSE_PATIENT_SURVEY == 28);
HOLDS(OPTOUT_PURPOSE_OFFICIAL_STATISTICS == 29);
HOLDS(OPTOUT_PURPOSE_CENSUS == 30);
HOLDS(OPTOUT_PURPOSE_REGULATION == 31);
HOLDS(OPTOUT_PURPOSE_LEGAL_PROCEEDINGS == 32);
HOLDS(OPTOUT_PURPOSE_MORTALITY_REVIEW == 33);
HOLDS(OPTOUT_PURPOSE_CHILD_DEATH_REVIEW == 34);
HOLDS(OPTOUT_PURPOSE_MEDICAL_EXAMINER == 35);
HOLDS(OPTOUT_PURPOSE_FRAUD_PREVENTION == 36);
HOLDS(OPTOUT_PURPOSE_SAFEGUARDING == 37);
HOLDS(OPTOUT_PURPOSE_SYSTEM_ASSURANCE == 38);
HOLDS(OPTOUT_PURPOSE_INVOICE_VALIDATION == 60);
HOLDS(OPTOUT_PURPOSE_INVOICE_VALIDATION_NON_CONTRACTED == 61);
HOLDS(OPTOUT_PURPOSE_PRESCRIPTION_PAYMENT == 62);
HOLDS(OPTOUT_PURPOSE_PROVIDER_PAYMENT == 63);
HOLDS(OPTOUT_PURPOSE_MARKETING == 80);
HOLDS(OPTOUT_PURPOSE_INSURANCE == 81);
HOLDS(OPTOUT_PURPOSE_OTHER_COMMERCIAL == 82);
HOLDS(OPTOUT_BASIS_IMPLIED_CONSENT == 1);
HOLDS(OPTOUT_BASIS_EXPLICIT_CONSENT == 2);
HOLDS(OPTOUT_BASIS_OVERALL_BENEFIT == 4);
HOLDS(OPTOUT_BASIS_COURT_ORDER == 8);
HOLDS(OPTOUT_BASIS_STATUTORY_DUTY == 16);
HOLDS(OPTOUT_BASIS_S259_COLLECTION == 32);
HOLDS(OPTOUT_BASIS_COPI_REG_2 == 64);
HOLDS(OPTOUT_BASIS_COPI_REG_3 == 128);
HOLDS(OPTOUT_BASIS_COPI_REG_5 == 256);
HOLDS(OPTOUT_BASIS_PUBLIC_INTEREST == 512);
HOLDS(OPTOUT_BASIS_STATUTORY_POWER == 1024);
HOLDS(OPTOUT_CONDITION_LEGITIMATE_RELATIONSHIP == 1);
HOLDS(OPTOUT_CONDITION_NATIONAL_DISAPPLIED == 2);
HOLDS(OPTOUT_CONDITION_TYPE1_NOT_UPHELD == 4);
HOLDS(OPTOUT_CONDITION_TYPE1_UPHELD == 8);
HOLDS(OPTOUT_CONDITION_PROGRAMME_OPT_OUT == 16);
HOLDS(OPTOUT_CONDITION_NATIONAL_VOLUNTARY == 32);
HOLDS(OPTOUT_TYPE1_UNKNOWN == 0);
HOLDS(OPTOUT_TYPE1_NONE == 1);
HOLDS(OPTOUT_TYPE1_DISSENT == 2);
HOLDS(OPTOUT_NATIONAL_UNKNOWN == 0);
HOLDS(OPTOUT_NATIONAL_NONE == 1);
HOLDS(OPTOUT_NATIONAL_OPTED_OUT == 2);
HOLDS(OPTOUT_NATIONAL_NO_NHS_NUMBER == 3);
HOLDS(OPTOUT_PROGRAMME_UNKNOWN == 0);
HOLDS(OPTOUT_PROGRAMME_NONE == 1);
HOLDS(OPTOUT_PROGRAMME_OPTED_OUT == 2);
HOLDS(OPTOUT_NHS_NUMBER_SIZE == 11);
HOLDS(OPTOUT_RANGE_NOT_IN_USE == 1);
HOLDS(OPTOUT_RANGE_SCOTLAND == 2);
HOLDS(OPTOUT_RANGE_NORTHERN_IRELAND == 3);
HOLDS(OPTOUT_RANGE_ENGLAND_WALES_MAN == 4);
HOLDS(OPTOUT_RANGE_IRELAND == 5);
HOLDS(OPTOUT_RANGE_TEST == 6);
HOLDS(OPTOUT_DENY == 0);
HOLDS(OPTOUT_ALLOW == 1);
HOLDS(OPTOUT_REASON_NOT_DECIDED == 0);
HOLDS(OPTOUT_REASON_PERMITTED == 1);
HOLDS(OPTOUT_REASON_INVALID_STATUS == 2);
HOLDS(OPTOUT_REASON_NO_LAWFUL_BASIS == 3);
HOLDS(OPTOUT_REASON_CONSENT_NOT_RECORDED == 4);
HOLDS(OPTOUT_REASON_TYPE1_DISSENT == 5);
HOLDS(OPTOUT_REASON_NATIONAL_OPT_OUT == 6);
HOLDS(OPTOUT_REASON_PROGRAMME_OPT_OUT == 7);
HOLDS(OPTOUT_REASON_CARE_OBJECTION == 8);
HOLDS(OPTOUT_REASON_TYPE1_UNKNOWN == 9);
HOLDS(OPTOUT_REASON_NATIONAL_UNKNOWN == 10);
HOLDS(OPTOUT_REASON_PROGRAMME_UNKNOWN == 11);
HOLDS(OPTOUT_ROUTE_NONE == 0);
HOLDS(OPTOUT_ROUTE_ANONYMOUS == 1);
HOLDS(OPTOUT_ROUTE_DE_IDENTIFIED == 2);
HOLDS(OPTOUT_ROUTE_EXPLICIT_CONSENT == 3);
HOLDS(OPTOUT_ROUTE_IMPLIED_CONSENT == 4);
HOLDS(OPTOUT_ROUTE_OVERALL_BENEFIT == 5);
HOLDS(OPTOUT_ROUTE_COURT_ORDER == 6);
HOLDS(OPTOUT_ROUTE_STATUTORY_DUTY == 7);
HOLDS(OPTOUT_ROUTE_PUBLIC_INTEREST == 8);
HOLDS(OPTOUT_ROUTE_S259_COLLECTION == 9);
HOLDS(OPTOUT_ROUTE_COPI_REG_3 == 10);
HOLDS(OPTOUT_ROUTE_SECTION_251 == 11);
HOLDS(OPTOUT_BLOCKED_BY_TYPE1_DISSENT == 32);
HOLDS(OPTOUT_BLOCKED_BY_NATIONAL_OPT_OUT == 64);
HOLDS(OPTOUT_BLOCKED_BY_PROGRAMME_OPT_OUT == 128);
HOLDS(OPTOUT_BLOCKED_BY_CARE_OBJECTION == 256);
HOLDS(OPTOUT_BLOCKED_BY_TYPE1_UNKNOWN == 512);
HOLDS(OPTOUT_BLOCKED_BY_NATIONAL_UNKNOWN == 1024);
HOLDS(OPTOUT_BLOCKED_BY_PROGRAMME_UNKNOWN == 2048);
HOLDS(OPTOUT_CLAUSE_OP3 == 1);
HOLDS(OPTOUT_CLAUSE_OP5_1 == 2);
HOLDS(OPTOUT_CLAUSE_OP6_2 == 3);
HOLDS(OPTOUT_CLAUSE_OP6_3 == 4);
HOLDS(OPTOUT_CLAUSE_OP7_1 == 5);
HOLDS(OPTOUT_CLAUSE_OP8 == 6);
HOLDS(OPTOUT_CLAUSE_OPA2 == 7);
HOLDS(OPTOUT_CLAUSE_OPA6 == 8);
HOLDS(OPTOUT_CLAUSE_NHSUK == 9);
HOLDS(OPTOUT_CLAUSE_UNDER == 10);
HOLDS(OPTOUT_CLAUSE_RES3 == 11);
HOLDS(OPTOUT_CLAUSE_RES4 == 12);
HOLDS(OPTOUT_CLAUSE_RES6 == 13);
HOLDS(OPTOUT_CLAUSE_HRA == 14);
HOLDS(OPTOUT_CLAUSE_RCGP == 15);
HOLDS(OPTOUT_CLAUSE_POD15 == 16);
HOLDS(OPTOUT_CLAUSE_PHSMI == 17);
HOLDS(OPTOUT_CLAUSE_GDPPR == 18);
HOLDS(OPTOUT_CLAUSE_GPDPR == 19);
HOLDS(OPTOUT_CLAUSE_OS_T1 == 20);
HOLDS(OPTOUT_CLAUSE_OS_NDO == 21);
HOLDS(OPTOUT_CLAUSE_CPRD == 22);
HOLDS(OPTOUT_CLAUSE_NHSE2014 == 23);
HOLDS(OPTOUT_CLAUSE_GMC == 24);
HOLDS(OPTOUT_CLAUSE_S251 == 25);
HOLDS(OPTOUT_CLAUSE_COPI == 26);
HOLDS(OPTOUT_CLAUSE_GPG2023 == 27);
HOLDS(OPTOUT_CLAUSE_DH2014 == 28);
HOLDS(OPTOUT_CLAUSE_DH2013 == 29);
HOLDS(OPTOUT_CLAUSE_LEDER2020 == 30);
HOLDS(OPTOUT_CLAUSE_LHCRE2018 == 31);
HOLDS(OPTOUT_CLAUSE_READING == 32);
HOLDS(OPTOUT_EXPLAIN_TEXT == 1);
HOLDS(OPTOUT_EXPLAIN_JSON == 2);
HOLDS(OPTOUT_EXPLAIN_NO_PATIENT == 256);
HOLDS(OPTOUT_CLAUSES_MAX == 64);
HOLDS(OPTOUT_ERROR_MESSAGE_SIZE == 1008);
HOLDS(OPTOUT_PATIENT_INVALID == 255);
HOLDS(OPTOUT_PATIENT_UNKNOWN == 0);
HOLDS(OPTOUT_FIELD_NONE == 0);
HOLDS(OPTOUT_FIELD_ORIGIN == 1);
HOLDS(OPTOUT_FIELD_BOUNDARY == 2);
HOLDS(OPTOUT_FIELD_IDENTIFIABILITY == 3);
HOLDS(OPTOUT_FIELD_PURPOSE == 4);
HOLDS(OPTOUT_FIELD_BASES == 5);
HOLDS(OPTOUT_FIELD_CONDITIONS == 6);
HOLDS(OPTOUT_FIELD_ON == 7);
HOLDS(OPTOUT_FIELD_FLOW == 8);
HOLDS(OPTOUT_FIELD_TYPE1 == 9);
HOLDS(OPTOUT_FIELD_NATIONAL == 10);
HOLDS(OPTOUT_FIELD_PROGRAMME == 11);
HOLDS(OPTOUT_FIELD_VERDICT == 12);
HOLDS(OPTOUT_FIELD_REASON == 13);
HOLDS(OPTOUT_FIELD_ROUTE == 14);
HOLDS(OPTOUT_FIELD_BLOCKED_BY == 15);
HOLDS(OPTOUT_FIELD_CLAUSE == 16);
HOLDS(OPTOUT_FIELD_NHS_NUMBER == 17);
HOLDS(OPTOUT_FIELD_RANGE == 18);

/* Every structure: it may grow at its end, and no field moves or changes its type. */
#define FIELD(structure, field, place, type)                                                       \
    HOLDS(offsetof(structure, field) == place);                                                    \
    HOLDS(_Generic(&((structure *)0)->field, type: 1, default: 0))
HOLDS(sizeof(optout_disclosure) >= 64);
FIELD(optout_disclosure, struct_size, 0, uint32_t *);
FIELD(optout_disclosure, on, 4, uint32_t *);
FIELD(optout_disclosure, origin, 8, uint32_t *);
FIELD(optout_disclosure, boundary, 12, uint32_t *);
FIELD(optout_disclosure, identifiability, 16, uint32_t *);
FIELD(optout_disclosure, purpose, 20, uint32_t *);
FIELD(optout_disclosure, bases, 24, uint32_t *);
FIELD(optout_disclosure, conditions, 28, uint32_t *);
FIELD(optout_disclosure, reserved, 32, uint32_t (*)[8]);
HOLDS(sizeof(optout_ruling) >= 4096);
FIELD(optout_ruling, struct_size, 0, uint32_t *);
HOLDS(sizeof(optout_error) >= 1024);
FIELD(optout_error, struct_size, 0, uint32_t *);
FIELD(optout_error, status, 4, int32_t *);
FIELD(optout_error, field, 8, uint32_t *);
FIELD(optout_error, reserved, 12, uint32_t *);
FIELD(optout_error, message, 16, char (*)[1008]);
HOLDS(sizeof(optout_decision) >= 32);
FIELD(optout_decision, struct_size, 0, uint32_t *);
FIELD(optout_decision, verdict, 4, int32_t *);
FIELD(optout_decision, reason, 8, uint32_t *);
FIELD(optout_decision, route, 12, uint32_t *);
FIELD(optout_decision, blocked_by, 16, uint32_t *);
FIELD(optout_decision, unverified_bases, 20, uint32_t *);
FIELD(optout_decision, unverified_conditions, 24, uint32_t *);
FIELD(optout_decision, reserved, 28, uint32_t *);
HOLDS(sizeof(optout_register_info) >= 128);
FIELD(optout_register_info, struct_size, 0, uint32_t *);
FIELD(optout_register_info, checked, 4, uint32_t *);
FIELD(optout_register_info, asked, 8, uint64_t *);
FIELD(optout_register_info, opted_out, 16, uint64_t *);
FIELD(optout_register_info, max_age_days, 24, uint32_t *);
FIELD(optout_register_info, is_over_21_days, 28, uint32_t *);
FIELD(optout_register_info, digest, 32, uint8_t (*)[32]);
FIELD(optout_register_info, request_digest, 64, uint8_t (*)[32]);
FIELD(optout_register_info, response_digest, 96, uint8_t (*)[32]);

/* Every function, with its type. */
typedef struct {
    uint32_t (*abi_version)(void);
    const char *(*version)(void);
    const char *(*policy_edition)(void);
    uint32_t (*sizeof_disclosure)(void);
    uint32_t (*sizeof_ruling)(void);
    uint32_t (*sizeof_decision)(void);
    uint32_t (*sizeof_error)(void);
    uint32_t (*sizeof_register_info)(void);
    const char *(*status_text)(optout_status);
    optout_status (*assess)(const optout_disclosure *, optout_ruling *, optout_error *);
    optout_status (*assess_flow)(const char *, size_t, uint32_t, optout_ruling *, optout_error *);
    optout_status (*nhs_number_parse)(const char *, size_t, char *, uint32_t *, optout_error *);
    uint8_t (*patient_with_type1)(uint8_t, uint32_t);
    uint8_t (*patient_with_national)(uint8_t, uint32_t);
    uint8_t (*patient_with_programme)(uint8_t, uint32_t);
    uint8_t (*patient_with_explicit_consent)(uint8_t, uint32_t);
    uint8_t (*patient_with_care_objection)(uint8_t, uint32_t);
    uint32_t (*patient_type1)(uint8_t);
    uint32_t (*patient_national)(uint8_t);
    uint32_t (*patient_programme)(uint8_t);
    uint32_t (*patient_explicit_consent)(uint8_t);
    uint32_t (*patient_care_objection)(uint8_t);
    uint32_t (*patient_is_valid)(uint8_t);
    optout_status (*register_open)(const char *, size_t, uint32_t, optout_register **, optout_error *);
    optout_status (*register_describe)(const optout_register *, optout_register_info *);
    void (*register_free)(optout_register *);
    optout_status (*register_status)(
        const optout_register *, uint32_t, const char *, size_t, uint32_t *, optout_error *);
    optout_status (*register_status_many)(const optout_register *, uint32_t, const char *, size_t,
        size_t, size_t, uint8_t *, size_t *, optout_error *);
    optout_status (*decide)(const optout_ruling *, uint8_t, optout_decision *);
    optout_status (*decide_many)(const optout_ruling *, const uint8_t *, size_t, uint8_t *);
    optout_status (*decide_each)(const optout_ruling *, const uint8_t *, size_t, optout_decision *, size_t);
    optout_status (*explain)(const optout_ruling *, uint32_t, uint32_t, char *, size_t, size_t *);
    optout_status (*clauses)(const optout_ruling *, uint8_t, uint32_t *, size_t, size_t *);
    optout_status (*decide_json)(const char *, size_t, char *, size_t, size_t *);
    const char *(*code)(uint32_t, uint32_t);
    const char *(*meaning)(uint32_t, uint32_t);
    const char *(*reason_text)(uint32_t);
    const char *(*route_text)(uint32_t);
    const char *(*clause_text)(uint32_t);
    optout_status (*number)(uint32_t, const char *, size_t, uint32_t *, optout_error *);
} interface;

static const interface table = {
    optout_abi_version,
    optout_version,
    optout_policy_edition,
    optout_sizeof_disclosure,
    optout_sizeof_ruling,
    optout_sizeof_decision,
    optout_sizeof_error,
    optout_sizeof_register_info,
    optout_status_text,
    optout_assess,
    optout_assess_flow,
    optout_nhs_number_parse,
    optout_patient_with_type1,
    optout_patient_with_national,
    optout_patient_with_programme,
    optout_patient_with_explicit_consent,
    optout_patient_with_care_objection,
    optout_patient_type1,
    optout_patient_national,
    optout_patient_programme,
    optout_patient_explicit_consent,
    optout_patient_care_objection,
    optout_patient_is_valid,
    optout_register_open,
    optout_register_describe,
    optout_register_free,
    optout_register_status,
    optout_register_status_many,
    optout_decide,
    optout_decide_many,
    optout_decide_each,
    optout_explain,
    optout_clauses,
    optout_decide_json,
    optout_code,
    optout_meaning,
    optout_reason_text,
    optout_route_text,
    optout_clause_text,
    optout_number,
};

static int failures;

static void expect(int holds, const char *what)
{
    if (!holds) {
        printf("broken: %s\n", what);
        failures++;
    }
}

int main(void)
{
    static const char question[] =
        "{\"id\":1,\"disclosure\":{\"origin\":\"gp-record\",\"boundary\":\"beyond-controller\","
        "\"identifiability\":\"identifiable\",\"purpose\":\"research\",\"bases\":[\"copi-reg-5\"],"
        "\"conditions\":[],\"on\":\"2026-06-01\"},\"patient\":10}";
    optout_disclosure disclosure = OPTOUT_DISCLOSURE_INIT;
    optout_ruling ruling = OPTOUT_RULING_INIT;
    optout_decision decision = OPTOUT_DECISION_INIT;
    optout_error error = OPTOUT_ERROR_INIT;
    optout_register_info info = OPTOUT_REGISTER_INFO_INIT;
    optout_register *national = NULL;
    char text[4096], digits[OPTOUT_NHS_NUMBER_SIZE];
    uint8_t patient = 0, verdict = 9;
    uint32_t number = 9, clauses[OPTOUT_CLAUSES_MAX];
    size_t size = 0;

    expect(table.abi_version() == 1, "optout_abi_version");
    expect(table.sizeof_disclosure() >= 64 && table.sizeof_ruling() >= 4096
            && table.sizeof_decision() >= 32 && table.sizeof_error() >= 1024
            && table.sizeof_register_info() >= 128,
        "optout_sizeof");
    expect(table.version()[0] != '\0' && table.policy_edition()[0] != '\0', "versions");

    disclosure.on = 20260601;
    disclosure.origin = OPTOUT_ORIGIN_GP_RECORD;
    disclosure.boundary = OPTOUT_BOUNDARY_BEYOND_CONTROLLER;
    disclosure.identifiability = OPTOUT_IDENTIFIABILITY_IDENTIFIABLE;
    disclosure.purpose = OPTOUT_PURPOSE_RESEARCH;
    disclosure.bases = OPTOUT_BASIS_COPI_REG_5;
    expect(table.decide(&ruling, 0, &decision) == OPTOUT_E_RULING && decision.verdict == OPTOUT_DENY,
        "a ruling that was not judged denies");
    expect(table.assess(&disclosure, &ruling, &error) == OPTOUT_OK, "optout_assess");
    patient = table.patient_with_type1(patient, OPTOUT_TYPE1_NONE);
    patient = table.patient_with_national(patient, OPTOUT_NATIONAL_NONE);
    expect(patient == 5 && table.patient_type1(patient) == 1 && table.patient_national(patient) == 1,
        "the patient's byte");
    expect(table.decide(&ruling, patient, &decision) == OPTOUT_OK && decision.verdict == OPTOUT_ALLOW
            && decision.reason == OPTOUT_REASON_PERMITTED
            && decision.route == OPTOUT_ROUTE_SECTION_251
            && decision.unverified_bases == OPTOUT_BASIS_COPI_REG_5,
        "an allow");
    patient = table.patient_with_type1(patient, OPTOUT_TYPE1_DISSENT);
    patient = table.patient_with_national(patient, OPTOUT_NATIONAL_OPTED_OUT);
    expect(table.decide(&ruling, patient, &decision) == OPTOUT_OK && decision.verdict == OPTOUT_DENY
            && decision.reason == OPTOUT_REASON_TYPE1_DISSENT
            && decision.blocked_by
                == (OPTOUT_BLOCKED_BY_TYPE1_DISSENT | OPTOUT_BLOCKED_BY_NATIONAL_OPT_OUT),
        "a denial");
    expect(table.decide_many(&ruling, &patient, 1, &verdict) == OPTOUT_OK && verdict == OPTOUT_DENY,
        "optout_decide_many");
    expect(table.decide_each(&ruling, &patient, 1, &decision, sizeof decision) == OPTOUT_OK
            && decision.reason == OPTOUT_REASON_TYPE1_DISSENT,
        "optout_decide_each");
    expect(table.clauses(&ruling, patient, clauses, OPTOUT_CLAUSES_MAX, &size) == OPTOUT_OK && size > 0
            && clauses[0] == OPTOUT_CLAUSE_POD15,
        "optout_clauses");
    expect(table.explain(&ruling, patient, OPTOUT_EXPLAIN_TEXT, NULL, 0, &size) == OPTOUT_E_BUFFER
            && size > 100,
        "optout_explain");
    expect(table.decide_json(question, sizeof question - 1, text, sizeof text, &size) == OPTOUT_OK
            && strstr(text, "\"verdict\":\"deny\"") != NULL && strlen(text) + 1 == size,
        "optout_decide_json");
    expect(table.number(OPTOUT_FIELD_PURPOSE, "research", 8, &number, &error) == OPTOUT_OK
            && number == OPTOUT_PURPOSE_RESEARCH,
        "optout_number");
    expect(strcmp(table.code(OPTOUT_FIELD_PURPOSE, number), "research") == 0, "optout_code");
    expect(table.assess_flow("individual-care", 15, 20260601, &ruling, NULL) == OPTOUT_OK,
        "optout_assess_flow");
    expect(table.nhs_number_parse("943 476 5919", 12, digits, &number, NULL) == OPTOUT_OK
            && strcmp(digits, "9434765919") == 0 && number == OPTOUT_RANGE_TEST,
        "optout_nhs_number_parse");
    expect(table.register_open("/", 1, 14, &national, &error) == OPTOUT_E_REGISTER_FILE
            && national == NULL,
        "optout_register_open");
    expect(table.register_status(NULL, 20260601, digits, 10, &number, NULL) == OPTOUT_E_NULL
            && number == OPTOUT_NATIONAL_UNKNOWN,
        "optout_register_status");
    expect(table.register_status_many(NULL, 20260601, digits, 10, 10, 1, &verdict, &size, NULL)
                == OPTOUT_E_NULL
            && verdict == OPTOUT_NATIONAL_UNKNOWN && size == 0,
        "optout_register_status_many");
    expect(table.register_describe(NULL, &info) == OPTOUT_E_NULL && info.checked == 0,
        "optout_register_describe");
    table.register_free(NULL);
    disclosure.struct_size = 63;
    expect(table.assess(&disclosure, &ruling, &error) == OPTOUT_E_STRUCT_SIZE, "a wrong size");
    disclosure.struct_size = sizeof disclosure;
    disclosure.reserved[7] = 1;
    expect(table.assess(&disclosure, &ruling, &error) == OPTOUT_E_RESERVED, "a reserved word");
    expect(table.decide(&ruling, patient, &decision) == OPTOUT_E_RULING
            && decision.verdict == OPTOUT_DENY,
        "a ruling that failed denies");
    if (failures == 0)
        puts("the contract of version 1 holds");
    return failures != 0;
}
