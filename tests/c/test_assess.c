/* The question: every pointer, every size, every reserved byte, every number, every bit. */
#include "test.h"

#ifndef OPTOUT_DECISIONS_ONLY
#define FLOW "individual-care"
#endif

static void judges_and_says_success(void **state)
{
    optout_disclosure disclosure = research();
    optout_ruling ruling = OPTOUT_RULING_INIT;
    optout_error error;
    (void)state;
    memset(&error, 0x7F, sizeof error);
    error.struct_size = sizeof error;
    assert_int_equal(optout_assess(&disclosure, &ruling, &error), OPTOUT_OK);
    assert_int_equal(error.status, OPTOUT_OK);
    assert_int_equal(error.field, OPTOUT_FIELD_NONE);
    assert_int_equal(error.reserved, 0);
    assert_string_equal(error.message, "");
}

static void a_ruling_is_plain_data(void **state)
{
    optout_ruling ruling = research_ruling(), copy = ruling;
    unsigned char moved[sizeof ruling + 1];
    optout_decision one = OPTOUT_DECISION_INIT, other = OPTOUT_DECISION_INIT;
    unsigned byte;
    (void)state;
    memcpy(moved + 1, &ruling, sizeof ruling);
    memset(&ruling, 0xFF, sizeof ruling);
    for (byte = 0; byte < 256; byte++) {
        assert_int_equal(optout_decide(&copy, (uint8_t)byte, &one), OPTOUT_OK);
        assert_int_equal(
            optout_decide((const optout_ruling *)(void *)(moved + 1), (uint8_t)byte, &other), OPTOUT_OK);
        assert_memory_equal(&one, &other, sizeof one);
    }
}

static void null_is_a_status(void **state)
{
    optout_disclosure disclosure = research();
    optout_ruling ruling = research_ruling();
    optout_error error = OPTOUT_ERROR_INIT;
    (void)state;
    assert_int_equal(optout_assess(NULL, &ruling, &error), OPTOUT_E_NULL);
    assert_int_equal(error.status, OPTOUT_E_NULL);
    assert_denies_everybody(&ruling, OPTOUT_E_RULING);
    assert_int_equal(optout_assess(&disclosure, NULL, &error), OPTOUT_E_NULL);
    assert_int_equal(error.status, OPTOUT_E_NULL);
    assert_int_equal(optout_assess(NULL, NULL, NULL), OPTOUT_E_NULL);
}

static void a_ruling_that_failed_denies(void **state)
{
    optout_disclosure disclosure = research();
    optout_ruling ruling = research_ruling();
    (void)state;
    disclosure.purpose = 0;
    assert_int_equal(optout_assess(&disclosure, &ruling, NULL), OPTOUT_E_VALUE);
    assert_denies_everybody(&ruling, OPTOUT_E_RULING);
}

static void a_wrong_size_of_the_ruling_denies(void **state)
{
    optout_disclosure disclosure = research();
    optout_ruling ruling;
    uint32_t size;
    (void)state;
    for (size = 0; size < sizeof ruling; size++) {
        ruling = research_ruling();
        ruling.struct_size = size;
        assert_int_equal(optout_assess(&disclosure, &ruling, NULL), OPTOUT_E_STRUCT_SIZE);
        if (size % 97 == 0)
            assert_denies_everybody(&ruling, OPTOUT_E_RULING);
    }
    /* A caller of a later version: what this library knows is written. */
    ruling.struct_size = sizeof ruling + 512;
    assert_int_equal(optout_assess(&disclosure, &ruling, NULL), OPTOUT_OK);
    assert_int_equal(ruling.struct_size, sizeof ruling + 512);
}

static void a_wrong_size_of_the_error_denies(void **state)
{
    optout_disclosure disclosure = research();
    optout_ruling ruling = research_ruling();
    optout_error error = OPTOUT_ERROR_INIT;
    (void)state;
    error.struct_size = sizeof error - 1;
    assert_int_equal(optout_assess(&disclosure, &ruling, &error), OPTOUT_E_STRUCT_SIZE);
    assert_int_equal(error.status, OPTOUT_E_STRUCT_SIZE);
    assert_denies_everybody(&ruling, OPTOUT_E_RULING);
}

/* Smaller than version 1 is an error; larger is a later version, whose tail must be zero. */
static void every_size_of_the_question(void **state)
{
    union {
        optout_disclosure disclosure;
        unsigned char bytes[5000];
    } question;
    optout_ruling ruling = OPTOUT_RULING_INIT;
    uint32_t size;
    (void)state;
    memset(&question, 0, sizeof question);
    question.disclosure = research();
    for (size = 0; size < sizeof question; size++) {
        optout_status expected = size < sizeof(optout_disclosure) || size > 4096
            ? OPTOUT_E_STRUCT_SIZE : OPTOUT_OK;
        question.disclosure.struct_size = size;
        assert_int_equal(optout_assess(&question.disclosure, &ruling, NULL), expected);
        if (size > sizeof(optout_disclosure) && size <= 4096) {
            question.bytes[size - 1] = 1;
            assert_int_equal(
                optout_assess(&question.disclosure, &ruling, NULL), OPTOUT_E_RESERVED);
            question.bytes[size - 1] = 0;
        }
    }
    question.disclosure.struct_size = UINT32_MAX;
    assert_int_equal(optout_assess(&question.disclosure, &ruling, NULL), OPTOUT_E_STRUCT_SIZE);
}

static void every_reserved_bit(void **state)
{
    unsigned word, bit;
    (void)state;
    for (word = 0; word < 8; word++) {
        for (bit = 0; bit < 32; bit++) {
            optout_disclosure disclosure = research();
            optout_ruling ruling = OPTOUT_RULING_INIT;
            disclosure.reserved[word] = UINT32_C(1) << bit;
            assert_int_equal(optout_assess(&disclosure, &ruling, NULL), OPTOUT_E_RESERVED);
            assert_denies_everybody(&ruling, OPTOUT_E_RULING);
        }
    }
}

static void assert_wrong(
    const optout_disclosure *disclosure, optout_status status, uint32_t field, const char *says)
{
    optout_ruling ruling = research_ruling();
    optout_error error = OPTOUT_ERROR_INIT;
    uint8_t patient = 0, verdict = OPTOUT_ALLOW;
    assert_int_equal(optout_assess(disclosure, &ruling, &error), status);
    assert_int_equal(error.status, status);
    assert_int_equal(error.field, field);
#ifdef OPTOUT_DECISIONS_ONLY
    /* Without a standard library it says what its status means, and no more. */
    says = optout_status_text(status);
#endif
    if (strstr(error.message, says) == NULL)
        fail_msg("%s: %s", says, error.message);
    assert_int_equal(optout_decide_many(&ruling, &patient, 1, &verdict), OPTOUT_E_RULING);
    assert_int_equal(verdict, OPTOUT_DENY);
}

/* Every number that is not a code, of every coded field. */
static void every_number(void **state)
{
    static const struct {
        size_t offset;
        uint32_t field;
        const char *name;
    } fields[] = {
        { offsetof(optout_disclosure, origin), OPTOUT_FIELD_ORIGIN, "origin: " },
        { offsetof(optout_disclosure, boundary), OPTOUT_FIELD_BOUNDARY, "boundary: " },
        { offsetof(optout_disclosure, identifiability), OPTOUT_FIELD_IDENTIFIABILITY,
            "identifiability: " },
        { offsetof(optout_disclosure, purpose), OPTOUT_FIELD_PURPOSE, "purpose: " },
    };
    static const uint32_t large[] = { 256, 257, 65536, 65537, 0x01000001, UINT32_MAX };
    size_t i, j;
    (void)state;
    for (i = 0; i < COUNT(fields); i++) {
        for (j = 0; j < 256 + COUNT(large); j++) {
            uint32_t number = j < 256 ? (uint32_t)j : large[j - 256];
            optout_disclosure disclosure = research();
            memcpy((char *)&disclosure + fields[i].offset, &number, sizeof number);
            if (optout_code(fields[i].field, number)[0] != '\0')
                (void)judged(&disclosure);
            else
                assert_wrong(&disclosure, OPTOUT_E_VALUE, fields[i].field, fields[i].name);
        }
    }
}

static void every_bit(void **state)
{
    unsigned bit;
    (void)state;
    for (bit = 0; bit < 32; bit++) {
        optout_disclosure disclosure = research();
        disclosure.bases |= UINT32_C(1) << bit;
        if (bit < 11)
            (void)judged(&disclosure);
        else
            assert_wrong(&disclosure, OPTOUT_E_VALUE, OPTOUT_FIELD_BASES, "bases: bits 0x");
        disclosure = research();
        disclosure.conditions = UINT32_C(1) << bit;
        if (bit < 6)
            (void)judged(&disclosure);
        else
            assert_wrong(
                &disclosure, OPTOUT_E_VALUE, OPTOUT_FIELD_CONDITIONS, "conditions: bits 0x");
    }
}

static void contradictions_and_days(void **state)
{
    static const uint32_t no_days[] = { 0, 1, 20260000, 20260229, 20261301, 20260631, 99991232,
        100000101, UINT32_MAX };
    optout_disclosure disclosure = research();
    size_t i;
    (void)state;
    disclosure.bases = OPTOUT_BASIS_STATUTORY_DUTY | OPTOUT_BASIS_S259_COLLECTION;
    assert_wrong(&disclosure, OPTOUT_E_CONTRADICTION, OPTOUT_FIELD_BASES, "contradict");
    disclosure = research();
    disclosure.conditions = OPTOUT_CONDITION_TYPE1_UPHELD | OPTOUT_CONDITION_TYPE1_NOT_UPHELD;
    assert_wrong(&disclosure, OPTOUT_E_CONTRADICTION, OPTOUT_FIELD_CONDITIONS, "contradict");
    disclosure = research();
    for (i = 0; i < COUNT(no_days); i++) {
        disclosure.on = no_days[i];
        assert_wrong(&disclosure, OPTOUT_E_VALUE, OPTOUT_FIELD_ON, "on: not ");
    }
    disclosure.on = 20180524;
    assert_wrong(&disclosure, OPTOUT_E_DATE_NOT_COVERED, OPTOUT_FIELD_ON, "2018-05-25");
    disclosure.on = 20180525;
    (void)judged(&disclosure);
    disclosure.on = 20280229;
    (void)judged(&disclosure);
}

static void a_message_repeats_no_long_number(void **state)
{
    optout_disclosure disclosure = research();
    (void)state;
    disclosure.origin = 4005110;
    assert_wrong(&disclosure, OPTOUT_E_VALUE, OPTOUT_FIELD_ORIGIN, "six digits or more");
    disclosure = research();
    disclosure.on = 19481332;
    assert_wrong(&disclosure, OPTOUT_E_VALUE, OPTOUT_FIELD_ON, "on: not a day of the calendar;");
}

#ifndef OPTOUT_DECISIONS_ONLY
static void flows(void **state)
{
    optout_ruling ruling = research_ruling();
    optout_error error = OPTOUT_ERROR_INIT;
    optout_decision decision = OPTOUT_DECISION_INIT;
    (void)state;
    assert_int_equal(optout_assess_flow(FLOW, 3, 20260601, NULL, NULL), OPTOUT_E_NULL);
    assert_int_equal(optout_assess_flow(NULL, 3, 20260601, &ruling, &error), OPTOUT_E_NULL);
    assert_denies_everybody(&ruling, OPTOUT_E_RULING);
    ruling = research_ruling();
    assert_int_equal(optout_assess_flow("\xFF", 1, 20260601, &ruling, &error), OPTOUT_E_UTF8);
    assert_denies_everybody(&ruling, OPTOUT_E_RULING);
    assert_int_equal(
        optout_assess_flow("no such flow", 12, 20260601, &ruling, &error), OPTOUT_E_UNKNOWN_FLOW);
    assert_int_equal(error.field, OPTOUT_FIELD_FLOW);
    assert_int_equal(optout_assess_flow(NULL, 0, 20260601, &ruling, &error), OPTOUT_E_UNKNOWN_FLOW);
    assert_int_equal(
        optout_assess_flow("no such flow", 12, 20261399, &ruling, &error), OPTOUT_E_VALUE);
    assert_int_equal(optout_assess_flow(FLOW, strlen(FLOW), 20260601, &ruling, &error), OPTOUT_OK);
    assert_int_equal(optout_decide(&ruling, 0, &decision), OPTOUT_OK);
    assert_int_not_equal(decision.reason, OPTOUT_REASON_NOT_DECIDED);
    assert_int_equal(optout_assess_flow(FLOW, strlen(FLOW), 19990101, &ruling, &error),
        OPTOUT_E_FLOW_NOT_ON_THIS_DAY);
    assert_denies_everybody(&ruling, OPTOUT_E_RULING);
    /* The text need not end in a NUL: what stands behind it is not read. */
    assert_int_equal(
        optout_assess_flow(FLOW "zzz", strlen(FLOW), 20260601, &ruling, &error), OPTOUT_OK);
    error.struct_size = 8;
    assert_int_equal(
        optout_assess_flow(FLOW, strlen(FLOW), 20260601, &ruling, &error), OPTOUT_E_STRUCT_SIZE);
    assert_denies_everybody(&ruling, OPTOUT_E_RULING);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_and_says_success),
        cmocka_unit_test(a_ruling_is_plain_data),
        cmocka_unit_test(null_is_a_status),
        cmocka_unit_test(a_ruling_that_failed_denies),
        cmocka_unit_test(a_wrong_size_of_the_ruling_denies),
        cmocka_unit_test(a_wrong_size_of_the_error_denies),
        cmocka_unit_test(every_size_of_the_question),
        cmocka_unit_test(every_reserved_bit),
        cmocka_unit_test(every_number),
        cmocka_unit_test(every_bit),
        cmocka_unit_test(contradictions_and_days),
        cmocka_unit_test(a_message_repeats_no_long_number),
#ifndef OPTOUT_DECISIONS_ONLY
        cmocka_unit_test(flows),
#endif
    };
    return cmocka_run_group_tests_name("assess", tests, NULL, NULL);
}
