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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_panic_is_a_status_and_silent) };
    return cmocka_run_group_tests_name("panic", tests, NULL, NULL);
}
