/* The answer in words, and its clauses: every size of a buffer, every pointer. */
#include "test.h"

enum { ENOUGH = 1 << 16 };

static void explains_a_ruling_and_a_patient(void **state)
{
    static char text[ENOUGH];
    optout_ruling ruling = research_ruling();
    uint8_t patient = optout_patient_with_national(0, OPTOUT_NATIONAL_OPTED_OUT);
    size_t needed = 0;
    unsigned byte;
    (void)state;
    assert_int_equal(optout_explain(&ruling, OPTOUT_EXPLAIN_NO_PATIENT, OPTOUT_EXPLAIN_TEXT, text,
                         ENOUGH, &needed), OPTOUT_OK);
    assert_int_equal(needed, strlen(text) + 1);
    assert_non_null(strstr(text, "section-251"));
    assert_int_equal(
        optout_explain(&ruling, patient, OPTOUT_EXPLAIN_TEXT, text, ENOUGH, NULL), OPTOUT_OK);
    assert_non_null(strstr(text, "national data opt-out"));
    assert_int_equal(
        optout_explain(&ruling, patient, OPTOUT_EXPLAIN_JSON, text, ENOUGH, &needed), OPTOUT_OK);
    assert_int_equal(text[0], '{');
    assert_int_equal(text[needed - 2], '}');
    assert_null(strchr(text, '\n'));
    assert_non_null(strstr(text, "\"verdict\":\"deny\""));
    for (byte = 0; byte < 256; byte++)
        assert_int_equal(
            optout_explain(&ruling, byte, OPTOUT_EXPLAIN_JSON, text, ENOUGH, NULL), OPTOUT_OK);
}

static void every_size_of_a_buffer(void **state)
{
    static char text[ENOUGH];
    optout_ruling ruling = research_ruling();
    size_t needed = 7, size, capacity;
    (void)state;
    assert_int_equal(
        optout_explain(&ruling, 0, OPTOUT_EXPLAIN_TEXT, NULL, 0, &size), OPTOUT_E_BUFFER);
    for (capacity = 0; capacity < size + 2; capacity += capacity < 3 || capacity > size - 4 ? 1 : 97) {
        memset(text, 'x', sizeof text);
        if (capacity < size) {
            assert_int_equal(
                optout_explain(&ruling, 0, OPTOUT_EXPLAIN_TEXT, text, capacity, &needed),
                OPTOUT_E_BUFFER);
            if (capacity > 0)
                assert_int_equal(text[0], '\0');
        } else {
            assert_int_equal(
                optout_explain(&ruling, 0, OPTOUT_EXPLAIN_TEXT, text, capacity, &needed), OPTOUT_OK);
            assert_int_equal(strlen(text), size - 1);
        }
        assert_int_equal(needed, size);
        assert_int_equal(text[capacity], 'x');
    }
}

static void what_cannot_be_explained_leaves_an_empty_text(void **state)
{
    optout_ruling ruling = research_ruling(), none = OPTOUT_RULING_INIT;
    char text[8] = "xxxxxxx";
    size_t needed = 7;
    (void)state;
    assert_int_equal(
        optout_explain(&none, 0, OPTOUT_EXPLAIN_TEXT, text, sizeof text, &needed), OPTOUT_E_RULING);
    assert_string_equal(text, "");
    assert_int_equal(needed, 0);
    text[0] = 'x';
    assert_int_equal(
        optout_explain(NULL, 0, OPTOUT_EXPLAIN_TEXT, text, sizeof text, &needed), OPTOUT_E_NULL);
    assert_string_equal(text, "");
    assert_int_equal(optout_explain(&ruling, 0, 0, text, sizeof text, &needed), OPTOUT_E_ARGUMENT);
    assert_int_equal(optout_explain(&ruling, 0, 3, text, sizeof text, &needed), OPTOUT_E_ARGUMENT);
    assert_int_equal(optout_explain(&ruling, 257, OPTOUT_EXPLAIN_TEXT, text, sizeof text, &needed),
        OPTOUT_E_ARGUMENT);
    assert_int_equal(
        optout_explain(&ruling, UINT32_MAX, OPTOUT_EXPLAIN_TEXT, text, sizeof text, &needed),
        OPTOUT_E_ARGUMENT);
    assert_int_equal(
        optout_explain(&ruling, 0, OPTOUT_EXPLAIN_TEXT, NULL, 1, &needed), OPTOUT_E_NULL);
}

static void names_the_clauses(void **state)
{
    optout_ruling ruling = research_ruling();
    uint8_t patient = optout_patient_with_national(0, OPTOUT_NATIONAL_OPTED_OUT);
    uint32_t clauses[OPTOUT_CLAUSES_MAX];
    size_t count = 99, i, capacity;
    (void)state;
    memset(clauses, 0xFF, sizeof clauses);
    assert_int_equal(optout_clauses(&ruling, patient, clauses, COUNT(clauses), &count), OPTOUT_OK);
    assert_in_range(count, 1, 32);
    assert_int_equal(clauses[0], OPTOUT_CLAUSE_OP5_1);
    for (i = 0; i < COUNT(clauses); i++) {
        if (i < count)
            assert_string_not_equal(optout_clause_text(clauses[i]), "");
        else
            assert_int_equal(clauses[i], 0);
    }
    for (capacity = 0; capacity < count; capacity++) {
        size_t needed = 99;
        assert_int_equal(
            optout_clauses(&ruling, patient, clauses, capacity, &needed), OPTOUT_E_BUFFER);
        assert_int_equal(needed, count);
    }
    assert_int_equal(
        optout_clauses(&ruling, OPTOUT_PATIENT_INVALID, clauses, COUNT(clauses), &count), OPTOUT_OK);
    assert_int_equal(count, 0);
}

static void clauses_of_nothing(void **state)
{
    optout_ruling ruling = research_ruling(), none = OPTOUT_RULING_INIT;
    uint32_t clauses[2] = { 7, 7 };
    size_t count = 99;
    (void)state;
    assert_int_equal(optout_clauses(&none, 0, clauses, 2, &count), OPTOUT_E_RULING);
    assert_int_equal(count, 0);
    assert_int_equal(clauses[0] | clauses[1], 0);
    assert_int_equal(optout_clauses(NULL, 0, clauses, 2, &count), OPTOUT_E_NULL);
    assert_int_equal(optout_clauses(&ruling, 0, NULL, 2, &count), OPTOUT_E_NULL);
    assert_int_equal(optout_clauses(&ruling, 0, clauses, 2, NULL), OPTOUT_E_NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(explains_a_ruling_and_a_patient),
        cmocka_unit_test(every_size_of_a_buffer),
        cmocka_unit_test(what_cannot_be_explained_leaves_an_empty_text),
        cmocka_unit_test(names_the_clauses),
        cmocka_unit_test(clauses_of_nothing),
    };
    return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
