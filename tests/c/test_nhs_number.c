/* Reading an NHS number: every form, every fault, every pointer. All numbers here are from the range
 * that is never issued. */
#include "test.h"

static optout_status parse(const char *text, char digits[OPTOUT_NHS_NUMBER_SIZE])
{
    optout_error error = OPTOUT_ERROR_INIT;
    uint32_t range = 99;
    optout_status status;
    memset(digits, 'x', OPTOUT_NHS_NUMBER_SIZE);
    status = optout_nhs_number_parse(text, strlen(text), digits, &range, &error);
    assert_int_equal(error.status, status);
    if (status == OPTOUT_OK) {
        assert_int_equal(strlen(digits), 10);
        assert_int_equal(range, OPTOUT_RANGE_TEST);
        assert_string_equal(error.message, "");
    } else {
        assert_string_equal(digits, "");
        assert_int_equal(range, 0);
        assert_int_equal(error.field, OPTOUT_FIELD_NHS_NUMBER);
        assert_null(strstr(error.message, "476"));
    }
    return status;
}

static void reads_every_form(void **state)
{
    static const char *const forms[] = { "9434765919", "943 476 5919", "943-476-5919",
        "  9434765919 " };
    char digits[OPTOUT_NHS_NUMBER_SIZE];
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(forms); i++) {
        assert_int_equal(parse(forms[i], digits), OPTOUT_OK);
        assert_string_equal(digits, "9434765919");
    }
    /* What stands behind the length is not read. */
    assert_int_equal(optout_nhs_number_parse("94347659190", 10, digits, NULL, NULL), OPTOUT_OK);
}

static void says_what_is_empty_and_what_is_wrong(void **state)
{
    static const char *const wrong[] = { "9434765918", "943476591", "94347659199", "943476591X",
        "943 4765919", "943-476 5919", "0000000000", "9999999999", "9434765919,", "\t9434765919",
        "\357\274\231434765919", "NULL", "-" };
    char digits[OPTOUT_NHS_NUMBER_SIZE];
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(wrong); i++)
        assert_int_equal(parse(wrong[i], digits), OPTOUT_E_NHS_NUMBER);
    assert_int_equal(parse("", digits), OPTOUT_E_NHS_NUMBER_EMPTY);
    assert_int_equal(parse("   ", digits), OPTOUT_E_NHS_NUMBER_EMPTY);
    /* A field that was not fetched is not one that is empty. */
    assert_int_equal(optout_nhs_number_parse(NULL, 0, digits, NULL, NULL), OPTOUT_E_NULL);
}

static void null_is_a_status(void **state)
{
    optout_error error = OPTOUT_ERROR_INIT;
    char digits[OPTOUT_NHS_NUMBER_SIZE] = "x";
    uint32_t range = 9;
    (void)state;
    assert_int_equal(optout_nhs_number_parse(NULL, 10, digits, &range, &error), OPTOUT_E_NULL);
    assert_string_equal(digits, "");
    assert_int_equal(range, 0);
    range = 9;
    assert_int_equal(optout_nhs_number_parse("9434765919", 10, NULL, &range, &error), OPTOUT_E_NULL);
    assert_int_equal(range, 0);
    assert_int_equal(
        optout_nhs_number_parse("9", SIZE_MAX, digits, &range, &error), OPTOUT_E_ARGUMENT);
    error.struct_size = 0;
    assert_int_equal(
        optout_nhs_number_parse("9434765919", 10, digits, &range, &error), OPTOUT_E_STRUCT_SIZE);
    assert_string_equal(digits, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_form),
        cmocka_unit_test(says_what_is_empty_and_what_is_wrong),
        cmocka_unit_test(null_is_a_status),
    };
    return cmocka_run_group_tests_name("nhs_number", tests, NULL, NULL);
}
