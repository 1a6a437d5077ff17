/* A line of JSON in, a line of JSON out. */
#include "test.h"

#define QUESTION                                                                                   \
    "{\"id\":\"a1\",\"disclosure\":{\"origin\":\"gp-record\",\"boundary\":\"beyond-controller\","  \
    "\"identifiability\":\"identifiable\",\"purpose\":\"research\",\"bases\":[\"copi-reg-5\"],"    \
    "\"conditions\":[],\"on\":\"2026-06-01\"},"                                                    \
    "\"patient\":{\"type1\":\"dissent\",\"national\":\"none\"}}"

static void answers_a_question(void **state)
{
    char answer[1000];
    size_t needed = 0;
    (void)state;
    assert_int_equal(
        optout_decide_json(QUESTION, strlen(QUESTION), answer, sizeof answer, &needed), OPTOUT_OK);
    assert_string_equal(answer,
        "{\"id\":\"a1\",\"verdict\":\"deny\",\"reason\":\"type1-dissent\","
        "\"blocked_by\":[\"type1-dissent\"],\"route\":null,\"clauses\":[\"POD15\",\"S251\"]}");
    assert_int_equal(needed, strlen(answer) + 1);
    /* With its line end, as a file has it. */
    assert_int_equal(optout_decide_json(QUESTION "\n", strlen(QUESTION) + 1, answer, sizeof answer,
                         NULL), OPTOUT_OK);
    assert_null(strchr(answer, '\n'));
}

static void answers_what_is_no_question(void **state)
{
    static const char *const lines[] = { "", "{", "[]", "null", "{\"id\":\"x\"}", "\xFF",
        "{\"id\":1,\"disclosure\":{\"flow\":\"none such\",\"on\":\"2026-06-01\"}}" };
    char answer[1000];
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(lines); i++) {
        assert_int_equal(
            optout_decide_json(lines[i], strlen(lines[i]), answer, sizeof answer, NULL),
            OPTOUT_E_QUESTION);
        assert_non_null(strstr(answer, "\"error\":\""));
        assert_null(strstr(answer, "verdict"));
    }
    assert_int_equal(
        optout_decide_json("a\0b", 3, answer, sizeof answer, NULL), OPTOUT_E_QUESTION);
}

static void every_size_of_a_buffer(void **state)
{
    char answer[1000];
    size_t needed = 0, size = 0, capacity;
    (void)state;
    assert_int_equal(
        optout_decide_json(QUESTION, strlen(QUESTION), NULL, 0, &size), OPTOUT_E_BUFFER);
    for (capacity = 0; capacity < size + 2; capacity++) {
        memset(answer, 'x', sizeof answer);
        assert_int_equal(
            optout_decide_json(QUESTION, strlen(QUESTION), answer, capacity, &needed),
            capacity < size ? OPTOUT_E_BUFFER : OPTOUT_OK);
        assert_int_equal(needed, size);
        if (capacity > 0)
            assert_int_equal(strlen(answer), capacity < size ? 0 : size - 1);
        assert_int_equal(answer[capacity], 'x');
    }
}

static void null_is_a_status(void **state)
{
    char answer[4] = "xxx";
    size_t needed = 9;
    (void)state;
    assert_int_equal(optout_decide_json(NULL, 5, answer, sizeof answer, &needed), OPTOUT_E_NULL);
    assert_string_equal(answer, "");
    assert_int_equal(needed, 0);
    assert_int_equal(optout_decide_json("x", 1, NULL, 5, &needed), OPTOUT_E_NULL);
    assert_int_equal(optout_decide_json(NULL, 0, NULL, 0, NULL), OPTOUT_E_BUFFER);
    assert_int_equal(
        optout_decide_json("x", SIZE_MAX, answer, sizeof answer, NULL), OPTOUT_E_ARGUMENT);
}

static void a_line_may_not_be_endless(void **state)
{
    enum { LONG = (1 << 20) + 1 };
    char *line = malloc(LONG), answer[1000];
    (void)state;
    assert_non_null(line);
    memset(line, ' ', LONG);
    memcpy(line, QUESTION, strlen(QUESTION));
    assert_int_equal(optout_decide_json(line, LONG - 1, answer, sizeof answer, NULL), OPTOUT_OK);
    assert_int_equal(
        optout_decide_json(line, LONG, answer, sizeof answer, NULL), OPTOUT_E_QUESTION);
    /* Nor endlessly deep. */
    memset(line, '[', LONG);
    assert_int_equal(
        optout_decide_json(line, LONG - 1, answer, sizeof answer, NULL), OPTOUT_E_QUESTION);
    free(line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_a_question),
        cmocka_unit_test(answers_what_is_no_question),
        cmocka_unit_test(every_size_of_a_buffer),
        cmocka_unit_test(null_is_a_status),
        cmocka_unit_test(a_line_may_not_be_endless),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
