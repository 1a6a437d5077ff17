/* A call or more of every function, with inputs that cost most: for the tests of memory and stack. They
 * use memory that is there from the start, and ask for none. */
#ifndef CALLS_H
#define CALLS_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "optout.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MIB ((size_t)1 << 20)

enum { PATIENTS = 5000 };

/* What the calls read and write. */
static struct {
    optout_disclosure question;
    optout_ruling ruling;
    optout_error error;
    optout_decision decisions[PATIENTS];
    optout_register_info info;
    optout_register *opened;
    uint8_t bytes[PATIENTS], verdicts[PATIENTS];
    uint32_t clauses[OPTOUT_CLAUSES_MAX];
    char numbers[PATIENTS * 10];
    char text[1 << 16];
    char line[MIB + 1];
    char path[2000];
} at;

static inline void prepare(const char *large_register)
{
    size_t i, name = strlen(large_register);
    memset(&at, 0, sizeof at);
    at.question.struct_size = sizeof at.question;
    at.question.on = 20260601;
    at.question.origin = OPTOUT_ORIGIN_GP_RECORD;
    at.question.boundary = OPTOUT_BOUNDARY_BEYOND_CONTROLLER;
    at.question.identifiability = OPTOUT_IDENTIFIABILITY_IDENTIFIABLE;
    at.question.purpose = OPTOUT_PURPOSE_RESEARCH;
    at.question.bases = OPTOUT_BASIS_COPI_REG_5 | OPTOUT_BASIS_PUBLIC_INTEREST;
    at.ruling.struct_size = sizeof at.ruling;
    at.error.struct_size = sizeof at.error;
    at.info.struct_size = sizeof at.info;
    for (i = 0; i < PATIENTS; i++) {
        char number[11];
        at.bytes[i] = (uint8_t)i;
        snprintf(number, sizeof number, "%010u", 943470000u + (unsigned)i);
        memcpy(at.numbers + 10 * i, i % 3 == 0 ? "9434700027" : number, 10);
    }
    /* The same file by a path so long that it must be copied. */
    memset(at.path, '/', sizeof at.path);
    memcpy(at.path + sizeof at.path - name, large_register, name);
}

/* A line of JSON in this form, as long as a line may be, its middle filled with the same text. */
static inline size_t filled(const char *begin, const char *middle, const char *end)
{
    const size_t first = strlen(begin), each = strlen(middle), last = strlen(end);
    size_t length = first;
    memcpy(at.line, begin, first);
    while (length + each + last <= MIB) {
        memcpy(at.line + length, middle, each);
        length += each;
    }
    memcpy(at.line + length, end, last);
    return length + last;
}

static inline optout_status decide_json(size_t length)
{
    return optout_decide_json(at.line, length, at.text, sizeof at.text, NULL);
}

#define DISCLOSURE                                                                                 \
    "\"disclosure\":{\"origin\":\"gp-record\",\"boundary\":\"beyond-controller\","                 \
    "\"identifiability\":\"identifiable\",\"purpose\":\"research\",\"bases\":[\"copi-reg-5\"],"    \
    "\"conditions\":[],\"on\":\"2026-06-01\"}"

static inline optout_status call_optout_decide_json(void)
{
    return decide_json(filled("{" DISCLOSURE, " ", ",\"id\":1}"));
}
static inline optout_status json_escapes(void)
{
    return decide_json(filled("{\"disclosure\":{\"flow\":\"", "\\u00e9", "\",\"on\":\"2026-06-01\"}}"));
}
static inline optout_status json_key(void) { return decide_json(filled("{\"", "\\n", "\":1}")); }
static inline optout_status json_code(void)
{
    return decide_json(filled("{\"disclosure\":{\"purpose\":\"", "\\ud83d\\ude00", "\"}}"));
}
static inline optout_status json_deep(void) { return decide_json(filled("{\"id\":", "[", "")); }
static inline optout_status json_deeper(void) { return decide_json(filled("{\"x\":", "{\"y\":", "")); }
static inline optout_status json_flow(void)
{
    return decide_json(
        filled("{\"disclosure\":{\"flow\":\"national-diabetes-audits\",\"on\":\"2026-06-01\"}", " ", "}"));
}
static inline optout_status json_cut(void) { return decide_json(filled("{\"id\":\"", "x", "")); }

static inline optout_status call_optout_assess(void)
{
    optout_status status = optout_assess(&at.question, &at.ruling, &at.error);
    optout_disclosure wrong = at.question;
    wrong.purpose = 99;
    if (status == OPTOUT_OK && optout_assess(&wrong, &at.ruling, &at.error) != OPTOUT_E_VALUE)
        status = OPTOUT_E_INTERNAL;
    return status == OPTOUT_OK ? optout_assess(&at.question, &at.ruling, &at.error) : status;
}
static inline optout_status call_optout_assess_flow(void)
{
    static const char id[] = "national-diabetes-audit", wrong[] = "nationale-diabete-audit";
    optout_status status = optout_assess_flow(wrong, sizeof wrong - 1, 20260601, &at.ruling, &at.error);
    if (status != OPTOUT_E_UNKNOWN_FLOW)
        return OPTOUT_E_INTERNAL;
    return optout_assess_flow(id, sizeof id - 1, 20260601, &at.ruling, &at.error);
}
static inline optout_status call_optout_decide(void)
{
    at.decisions[0].struct_size = sizeof at.decisions[0];
    return optout_decide(&at.ruling, 5, &at.decisions[0]);
}
static inline optout_status call_optout_decide_many(void)
{
    return optout_decide_many(&at.ruling, at.bytes, PATIENTS, at.verdicts);
}
static inline optout_status call_optout_decide_each(void)
{
    return optout_decide_each(
        &at.ruling, at.bytes, PATIENTS, at.decisions, sizeof at.decisions[0]);
}
static inline optout_status call_optout_clauses(void)
{
    size_t count = 0;
    return optout_clauses(&at.ruling, 5, at.clauses, OPTOUT_CLAUSES_MAX, &count);
}
static inline optout_status call_optout_explain(void)
{
    static const uint32_t patients[] = { OPTOUT_EXPLAIN_NO_PATIENT, 0, 5, 0xFF };
    size_t i;
    for (i = 0; i < COUNT(patients); i++) {
        optout_status status = optout_explain(
            &at.ruling, patients[i], OPTOUT_EXPLAIN_TEXT, at.text, sizeof at.text, NULL);
        if (status == OPTOUT_OK)
            status = optout_explain(
                &at.ruling, patients[i], OPTOUT_EXPLAIN_JSON, at.text, sizeof at.text, NULL);
        if (status != OPTOUT_OK)
            return status;
    }
    return OPTOUT_OK;
}
static inline optout_status call_optout_number(void)
{
    static const char *const codes[] = { "reserch\xFF", "research", "HOPERAT", "rezearhc", "ovvid-19" };
    uint32_t number, field;
    size_t i;
    for (i = 0; i < COUNT(codes); i++)
        for (field = 0; field < 20; field++)
            if (optout_number(field, codes[i], strlen(codes[i]), &number, &at.error) == OPTOUT_E_INTERNAL)
                return OPTOUT_E_INTERNAL;
    return OPTOUT_OK;
}
static inline optout_status number_long(void)
{
    uint32_t number;
    const size_t length = filled("", "\xFF", "");
    const optout_status status =
        optout_number(OPTOUT_FIELD_PURPOSE, at.line, length, &number, &at.error);
    return status == OPTOUT_E_UNKNOWN_CODE ? OPTOUT_OK : status;
}
static inline optout_status open_register(const char *path, size_t length)
{
    optout_register *handle = NULL;
    const optout_status status = optout_register_open(path, length, 14, &handle, &at.error);
    optout_register_free(at.opened);
    at.opened = handle;
    return status;
}
static inline optout_status call_optout_register_open(void)
{
    const optout_status status = open_register(at.path, sizeof at.path);
    if (status != OPTOUT_OK)
        return status;
    if (open_register("/not/there", 10) != OPTOUT_E_REGISTER_FILE)
        return OPTOUT_E_INTERNAL;
    return open_register(at.path, sizeof at.path);
}
static inline optout_status register_not_there(void)
{
    return open_register(at.path, sizeof at.path - 1) == OPTOUT_OK ? OPTOUT_E_INTERNAL : OPTOUT_OK;
}
static inline optout_status call_optout_register_describe(void)
{
    return optout_register_describe(at.opened, &at.info);
}
static inline optout_status call_optout_register_status(void)
{
    uint32_t status;
    if (optout_register_status(at.opened, 20260901, at.numbers, 10, &status, &at.error)
            != OPTOUT_E_REGISTER_AGE)
        return OPTOUT_E_INTERNAL;
    return optout_register_status(at.opened, 20260608, at.numbers, 10, &status, &at.error);
}
static inline optout_status call_optout_register_status_many(void)
{
    size_t unread;
    return optout_register_status_many(at.opened, 20260608, at.numbers, 10, 10, PATIENTS,
        at.verdicts, &unread, &at.error);
}
static inline optout_status call_optout_register_free(void)
{
    optout_register_free(at.opened);
    at.opened = NULL;
    return OPTOUT_OK;
}
static inline optout_status call_optout_nhs_number_parse(void)
{
    char digits[OPTOUT_NHS_NUMBER_SIZE];
    uint32_t range;
    if (optout_nhs_number_parse("9434700028", 10, digits, &range, &at.error) != OPTOUT_E_NHS_NUMBER)
        return OPTOUT_E_INTERNAL;
    return optout_nhs_number_parse("9434700027", 10, digits, &range, &at.error);
}

#define WORDS(function, argument)                                                                  \
    static inline optout_status call_##function(void)                                                     \
    {                                                                                              \
        uint32_t i;                                                                                \
        for (i = 0; i < 100; i++)                                                                  \
            if (function argument == NULL)                                                         \
                return OPTOUT_E_INTERNAL;                                                          \
        return OPTOUT_OK;                                                                          \
    }
WORDS(optout_code, (i % 20, i))
WORDS(optout_meaning, (i % 20, i))
WORDS(optout_reason_text, (i))
WORDS(optout_route_text, (i))
WORDS(optout_clause_text, (i))
WORDS(optout_status_text, ((int32_t)i))
WORDS(optout_version, ())
WORDS(optout_policy_edition, ())

#define NUMBERS(function, argument)                                                                \
    static inline optout_status call_##function(void)                                                     \
    {                                                                                              \
        uint32_t i, sum = 0;                                                                       \
        for (i = 0; i < 256; i++)                                                                  \
            sum += function argument;                                                              \
        return sum > 0 ? OPTOUT_OK : OPTOUT_E_INTERNAL;                                            \
    }
NUMBERS(optout_abi_version, ())
NUMBERS(optout_sizeof_disclosure, ())
NUMBERS(optout_sizeof_ruling, ())
NUMBERS(optout_sizeof_decision, ())
NUMBERS(optout_sizeof_error, ())
NUMBERS(optout_sizeof_register_info, ())
NUMBERS(optout_patient_with_type1, ((uint8_t)i, 1))
NUMBERS(optout_patient_with_national, ((uint8_t)i, 1))
NUMBERS(optout_patient_with_programme, ((uint8_t)i, 1))
NUMBERS(optout_patient_with_explicit_consent, ((uint8_t)i, 1))
NUMBERS(optout_patient_with_care_objection, ((uint8_t)i, 1))
NUMBERS(optout_patient_type1, ((uint8_t)i))
NUMBERS(optout_patient_national, ((uint8_t)i))
NUMBERS(optout_patient_programme, ((uint8_t)i))
NUMBERS(optout_patient_explicit_consent, ((uint8_t)i))
NUMBERS(optout_patient_care_objection, ((uint8_t)i))
NUMBERS(optout_patient_is_valid, ((uint8_t)i))

#endif
