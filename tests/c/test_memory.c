/* A register that there is no memory for is a status, and what is no register is told before memory is
 * asked for. Only outside sanitizers and valgrind, which want address space of their own. */
#include <sys/resource.h>
#include <unistd.h>

#include "test.h"

/* Opens a file of this length that begins like this, when 64 MB more of address space may be had. */
static optout_status open_in_little_memory(const char *begin, size_t length, off_t whole)
{
    char path[] = SCRATCH "/memory-XXXXXX";
    optout_register *handle = (optout_register *)(void *)path;
    optout_error error = OPTOUT_ERROR_INIT;
    optout_status status;
    struct rlimit before, little;
    unsigned long pages = 0;
    FILE *statm = fopen("/proc/self/statm", "r");
    const int file = mkstemp(path);
    assert_non_null(statm);
    assert_int_equal(fscanf(statm, "%lu", &pages), 1);
    assert_int_equal(fclose(statm), 0);
    assert_true(file >= 0);
    assert_int_equal(write(file, begin, length), length);
    assert_int_equal(ftruncate(file, whole), 0);
    assert_int_equal(close(file), 0);
    assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
    little = before;
    little.rlim_cur = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + ((rlim_t)64 << 20);
    assert_int_equal(setrlimit(RLIMIT_AS, &little), 0);
    status = optout_register_open(path, strlen(path), 14, &handle, &error);
    assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
    assert_int_equal(unlink(path), 0);
    assert_null(handle);
    assert_int_equal(error.status, status);
    assert_true(strlen(error.message) > 10);
    return status;
}

static void a_register_without_memory_for_it_is_a_status(void **state)
{
    (void)state;
    assert_int_equal(open_in_little_memory("OPTOUTR\n", 8, (off_t)240 << 20), OPTOUT_E_MEMORY);
}

static void what_is_no_register_takes_no_memory(void **state)
{
    (void)state;
    assert_int_equal(open_in_little_memory("OPTOUTS\n", 8, (off_t)240 << 20), OPTOUT_E_REGISTER);
    assert_int_equal(open_in_little_memory("", 0, (off_t)1 << 40), OPTOUT_E_REGISTER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_register_without_memory_for_it_is_a_status),
        cmocka_unit_test(what_is_no_register_takes_no_memory),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
