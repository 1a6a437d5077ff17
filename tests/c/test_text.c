/* Codes, numbers, phrases, versions and sizes. */
#include "test.h"

/* Clauses, ranges and errors in words are not in the decisions alone. */
#ifdef OPTOUT_DECISIONS_ONLY
enum { WHOLE = 0 };
#else
enum { WHOLE = 1 };
#endif

static const uint32_t coded[] = { OPTOUT_FIELD_ORIGIN, OPTOUT_FIELD_BOUNDARY,
    OPTOUT_FIELD_IDENTIFIABILITY, OPTOUT_FIELD_PURPOSE, OPTOUT_FIELD_BASES,
    OPTOUT_FIELD_CONDITIONS, OPTOUT_FIELD_TYPE1, OPTOUT_FIELD_NATIONAL, OPTOUT_FIELD_PROGRAMME,
    OPTOUT_FIELD_VERDICT, OPTOUT_FIELD_REASON, OPTOUT_FIELD_ROUTE, OPTOUT_FIELD_BLOCKED_BY,
    OPTOUT_FIELD_CLAUSE, OPTOUT_FIELD_RANGE };

static void every_code_goes_to_its_number_and_back(void **state)
{
    unsigned words = 0;
    size_t i;
    uint32_t number;
    (void)state;
    for (i = 0; i < COUNT(coded); i++) {
        for (number = 0; number < 4096; number++) {
            const char *code = optout_code(coded[i], number);
            optout_error error = OPTOUT_ERROR_INIT;
            uint32_t found = 999;
            if (code[0] == '\0') {
                assert_string_equal(optout_meaning(coded[i], number), "");
                continue;
            }
            words++;
            assert_true(strlen(optout_meaning(coded[i], number)) > 3);
            assert_int_equal(
                optout_number(coded[i], code, strlen(code), &found, &error), OPTOUT_OK);
            assert_int_equal(found, number);
            assert_int_equal(error.status, OPTOUT_OK);
            /* One letter less is another word, or none. */
            if (optout_number(coded[i], code, strlen(code) - 1, &found, NULL) == OPTOUT_OK)
                assert_int_not_equal(found, number);
            else
                assert_int_equal(found, 0);
        }
    }
    assert_int_equal(words, 5 + 2 + 3 + 33 + 11 + 6 + 3 + 4 + 3 + 2 + 12 + 11 + 7 + WHOLE * (32 + 6));
}

static void what_has_no_words_is_empty_and_never_null(void **state)
{
    static const uint32_t numbers[] = { 0, 1, 255, 256, 65536, 65537, UINT32_MAX };
    static const uint32_t fields[] = { OPTOUT_FIELD_NONE, OPTOUT_FIELD_ON, OPTOUT_FIELD_FLOW, OPTOUT_FIELD_NHS_NUMBER, 19,
        255, UINT32_MAX };
    size_t i, j;
    uint32_t number = 5;
    (void)state;
    for (i = 0; i < COUNT(fields); i++) {
        for (j = 0; j < COUNT(numbers); j++) {
            assert_string_equal(optout_code(fields[i], numbers[j]), "");
            assert_string_equal(optout_meaning(fields[i], numbers[j]), "");
        }
        assert_int_equal(optout_number(fields[i], "none", 4, &number, NULL), OPTOUT_E_ARGUMENT);
        assert_int_equal(number, 0);
    }
    assert_string_equal(optout_code(OPTOUT_FIELD_BASES, 3), "");
    assert_string_equal(optout_code(OPTOUT_FIELD_ORIGIN, 65537), "");
    assert_string_equal(optout_reason_text(12345), "");
    assert_string_equal(optout_route_text(0), "");
#ifndef OPTOUT_DECISIONS_ONLY
    assert_string_equal(optout_clause_text(0), "");
    assert_string_equal(optout_clause_text(UINT32_MAX), "");
#endif
}

static void phrases(void **state)
{
    (void)state;
    assert_string_equal(optout_code(OPTOUT_FIELD_REASON, OPTOUT_REASON_TYPE1_DISSENT), "type1-dissent");
    assert_string_equal(
        optout_reason_text(OPTOUT_REASON_TYPE1_DISSENT), "the patient has a Type 1 opt-out");
    assert_string_equal(optout_route_text(OPTOUT_ROUTE_SECTION_251), "section 251 support");
#ifndef OPTOUT_DECISIONS_ONLY
    assert_string_equal(optout_code(OPTOUT_FIELD_CLAUSE, OPTOUT_CLAUSE_OP5_1), "OP5.1");
    assert_non_null(strstr(optout_clause_text(OPTOUT_CLAUSE_OP5_1), "chapter 5, section 1: "));
#endif
    assert_string_equal(optout_code(OPTOUT_FIELD_VERDICT, OPTOUT_ALLOW), "allow");
}

static void unknown_codes_name_the_nearest(void **state)
{
    optout_error error = OPTOUT_ERROR_INIT;
    uint32_t number = 9;
    (void)state;
    assert_int_equal(optout_number(OPTOUT_FIELD_PURPOSE, "reserch", 7, &number, &error),
        OPTOUT_E_UNKNOWN_CODE);
    assert_int_equal(number, 0);
    assert_int_equal(error.field, OPTOUT_FIELD_PURPOSE);
    assert_true(!WHOLE || strstr(error.message, "did you mean `research`?") != NULL);
    assert_int_equal(optout_number(OPTOUT_FIELD_PURPOSE, "HRESCH", 6, &number, &error), OPTOUT_OK);
    assert_int_equal(number, OPTOUT_PURPOSE_RESEARCH);
    assert_string_equal(error.message, "");
    assert_int_equal(
        optout_number(OPTOUT_FIELD_PURPOSE, "HPAYMT", 6, &number, &error), OPTOUT_E_AMBIGUOUS_CODE);
    assert_true(!WHOLE || strstr(error.message, "provider-payment") != NULL);
    assert_int_equal(number, 0);
    assert_int_equal(
        optout_number(OPTOUT_FIELD_ORIGIN, "HRESCH", 6, &number, &error), OPTOUT_E_UNKNOWN_CODE);
    assert_int_equal(
        optout_number(OPTOUT_FIELD_ORIGIN, "\xFF\xFE", 2, &number, &error), OPTOUT_E_UNKNOWN_CODE);
    assert_int_equal(optout_number(OPTOUT_FIELD_ORIGIN, "4005110000", 10, &number, &error),
        OPTOUT_E_UNKNOWN_CODE);
    assert_null(strstr(error.message, "400"));
    assert_int_equal(optout_number(OPTOUT_FIELD_ORIGIN, "", 0, &number, NULL), OPTOUT_E_UNKNOWN_CODE);
    assert_int_equal(optout_number(OPTOUT_FIELD_ORIGIN, NULL, 0, &number, NULL), OPTOUT_E_UNKNOWN_CODE);
}

static void null_is_a_status(void **state)
{
    optout_error error = OPTOUT_ERROR_INIT;
    uint32_t number = 9;
    (void)state;
    assert_int_equal(optout_number(OPTOUT_FIELD_ORIGIN, NULL, 4, &number, &error), OPTOUT_E_NULL);
    assert_int_equal(number, 0);
    assert_int_equal(optout_number(OPTOUT_FIELD_ORIGIN, "none", 4, NULL, &error), OPTOUT_E_NULL);
    assert_int_equal(error.status, OPTOUT_E_NULL);
    number = 9;
    error.struct_size = 1023;
    assert_int_equal(
        optout_number(OPTOUT_FIELD_ORIGIN, "gp-record", 9, &number, &error), OPTOUT_E_STRUCT_SIZE);
    assert_int_equal(number, 0);
    assert_int_equal(
        optout_number(OPTOUT_FIELD_ORIGIN, "none", SIZE_MAX, &number, NULL), OPTOUT_E_ARGUMENT);
}

static void every_status_has_its_own_text(void **state)
{
    static const optout_status known[] = { OPTOUT_OK, OPTOUT_E_NULL, OPTOUT_E_STRUCT_SIZE,
        OPTOUT_E_RESERVED, OPTOUT_E_ARGUMENT, OPTOUT_E_BUFFER, OPTOUT_E_RULING, OPTOUT_E_UTF8,
        OPTOUT_E_VALUE, OPTOUT_E_CONTRADICTION, OPTOUT_E_DATE_NOT_COVERED, OPTOUT_E_UNKNOWN_CODE,
        OPTOUT_E_AMBIGUOUS_CODE, OPTOUT_E_UNKNOWN_FLOW, OPTOUT_E_FLOW_NOT_ON_THIS_DAY,
        OPTOUT_E_QUESTION, OPTOUT_E_INTERNAL,
#ifndef OPTOUT_DECISIONS_ONLY
        OPTOUT_E_NHS_NUMBER, OPTOUT_E_NHS_NUMBER_EMPTY, OPTOUT_E_REGISTER_FILE, OPTOUT_E_REGISTER,
        OPTOUT_E_REGISTER_VERSION, OPTOUT_E_REGISTER_AGE, OPTOUT_E_MEMORY,
#endif
    };
    const char *unknown = optout_status_text(12345);
    size_t i, j;
    (void)state;
    assert_string_equal(optout_status_text(INT32_MIN), unknown);
    for (i = 0; i < COUNT(known); i++) {
        assert_string_not_equal(optout_status_text(known[i]), unknown);
        for (j = 0; j < i; j++)
            assert_string_not_equal(optout_status_text(known[i]), optout_status_text(known[j]));
    }
}

static void versions_and_sizes(void **state)
{
    (void)state;
    assert_int_equal(optout_abi_version(), OPTOUT_ABI_VERSION);
    assert_string_equal(optout_version(), VERSION);
    assert_string_equal(optout_policy_edition(), "1");
    assert_int_equal(optout_sizeof_disclosure(), sizeof(optout_disclosure));
    assert_int_equal(optout_sizeof_ruling(), sizeof(optout_ruling));
    assert_int_equal(optout_sizeof_decision(), sizeof(optout_decision));
    assert_int_equal(optout_sizeof_error(), sizeof(optout_error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_goes_to_its_number_and_back),
        cmocka_unit_test(what_has_no_words_is_empty_and_never_null),
        cmocka_unit_test(phrases),
        cmocka_unit_test(unknown_codes_name_the_nearest),
        cmocka_unit_test(null_is_a_status),
        cmocka_unit_test(every_status_has_its_own_text),
        cmocka_unit_test(versions_and_sizes),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
