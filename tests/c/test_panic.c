/* A panic inside the library is caught, reported as a status, prints nothing, and harms no later call.
 * Built against a library with a function that panics, which no other build has. */
#include <unistd.h>

#include "test.h"

optout_status optout_test_panic(void);

static void a_panic_is_a_status_and_silent(void **state)
{
    FILE *captured = tmpfile();
    int saved = dup(STDERR_FILENO), i;
    (void)state;
    assert_non_null(captured);
    fflush(stderr);
    assert_true(dup2(fileno(captured), STDERR_FILENO) >= 0);
    for (i = 0; i < 1000; i++) {
        optout_disclosure disclosure = research();
        optout_ruling ruling = OPTOUT_RULING_INIT;
        assert_int_equal(optout_test_panic(), OPTOUT_E_INTERNAL);
        assert_int_equal(optout_assess(&disclosure, &ruling, NULL), OPTOUT_OK);
    }
    fflush(stderr);
    assert_true(dup2(saved, STDERR_FILENO) >= 0);
    assert_int_equal(lseek(fileno(captured), 0, SEEK_END), 0);
    fclose(captured);
    close(saved);
}

/* What was found before a panic is not kept: the fields of the first block have answers. */
static void a_panic_among_many_leaves_all_unknown(void **state)
{
    enum { MANY = 600 };
    static char fields[MANY][10];
    static uint8_t statuses[MANY];
    optout_register *handle = opened(14);
    size_t unread = 9, i;
    (void)state;
    for (i = 0; i < MANY; i++)
        memcpy(fields[i], "9434700027", 10);
    assert_int_equal(optout_register_status_many(handle, 20260601, fields[0], 10, 10, MANY, statuses,
                         &unread, NULL), OPTOUT_OK);
    assert_int_equal(statuses[0], OPTOUT_NATIONAL_NONE);
    memcpy(fields[MANY - 1], "panic here", 10);
    assert_int_equal(optout_register_status_many(handle, 20260601, fields[0], 10, 10, MANY, statuses,
                         &unread, NULL), OPTOUT_E_INTERNAL);
    assert_int_equal(unread, 0);
    for (i = 0; i < MANY; i++)
        assert_int_equal(statuses[i], OPTOUT_NATIONAL_UNKNOWN);
    optout_register_free(handle);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_panic_is_a_status_and_silent),
        cmocka_unit_test(a_panic_among_many_leaves_all_unknown) };
    return cmocka_run_group_tests_name("panic", tests, NULL, NULL);
}
