/* Registers: opening, asking, sharing and freeing; every pointer, every file that is none. All numbers
 * here are from the range that is never issued. */
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"

enum { THREADS = 8, ROUNDS = 50, CHECKED = 20260601, FIRST = 943470000, MANY = 1500 };

static const char clear[] = "9434700027", opted_out[] = "9434700019", stranger[] = "9000898358";

static optout_status ask(
    const optout_register *handle, uint32_t on, const char *number, uint32_t *national)
{
    optout_error error = OPTOUT_ERROR_INIT;
    optout_status status;
    *national = 77;
    status = optout_register_status(handle, on, number, strlen(number), national, &error);
    assert_int_equal(error.status, status);
    assert_int_equal(error.message[0] == '\0', status == OPTOUT_OK);
    assert_null(strstr(error.message, "94347"));
    if (status != OPTOUT_OK)
        assert_int_equal(*national, OPTOUT_NATIONAL_UNKNOWN);
    return status;
}

/* The ten digits that begin with these nine; 0 where no number does. */
static int digits(uint32_t nine, char text[OPTOUT_NHS_NUMBER_SIZE])
{
    uint32_t sum = 0, check, i;
    char first[16];
    snprintf(first, sizeof first, "%09u", (unsigned)nine);
    for (i = 0; i < 9; i++)
        sum += (uint32_t)(first[i] - '0') * (10 - i);
    check = (11 - sum % 11) % 11;
    if (check > 9)
        return 0;
    snprintf(text, OPTOUT_NHS_NUMBER_SIZE, "%.9s%u", first, (unsigned)check);
    return 1;
}

/* What tests/c/national.register holds: capi/tests/register.rs makes it. */
static uint32_t expected(uint32_t nine)
{
    if (nine % 5 == 0)
        return OPTOUT_NATIONAL_UNKNOWN;
    return nine % 2 == 0 ? OPTOUT_NATIONAL_NONE : OPTOUT_NATIONAL_OPTED_OUT;
}

static void answers_by_omission(void **state)
{
    optout_register *handle = opened(14);
    uint32_t national = 0;
    (void)state;
    assert_int_equal(ask(handle, CHECKED, clear, &national), OPTOUT_OK);
    assert_int_equal(national, OPTOUT_NATIONAL_NONE);
    assert_int_equal(ask(handle, CHECKED, "943 470 0027", &national), OPTOUT_OK);
    assert_int_equal(national, OPTOUT_NATIONAL_NONE);
    assert_int_equal(ask(handle, CHECKED, opted_out, &national), OPTOUT_OK);
    assert_int_equal(national, OPTOUT_NATIONAL_OPTED_OUT);
    assert_int_equal(ask(handle, CHECKED, stranger, &national), OPTOUT_OK);
    assert_int_equal(national, OPTOUT_NATIONAL_UNKNOWN);
    assert_int_equal(ask(handle, CHECKED, "9434700023", &national), OPTOUT_E_NHS_NUMBER);
    assert_int_equal(ask(handle, CHECKED, "  ", &national), OPTOUT_E_NHS_NUMBER_EMPTY);
    optout_register_free(handle);
}

static void a_check_is_used_from_its_day_until_it_is_too_old(void **state)
{
    static const struct { uint32_t days, on; optout_status status; } cases[] = {
        { 0, 20260531, OPTOUT_E_REGISTER_AGE }, { 0, 20260601, OPTOUT_OK },
        { 0, 20260602, OPTOUT_E_REGISTER_AGE }, { 14, 20260615, OPTOUT_OK },
        { 14, 20260616, OPTOUT_E_REGISTER_AGE }, { 14, 20270601, OPTOUT_E_REGISTER_AGE },
        { 65535, 20991231, OPTOUT_OK }, { 65535, 20260531, OPTOUT_E_REGISTER_AGE },
        { 14, 20260631, OPTOUT_E_VALUE }, { 14, 0, OPTOUT_E_VALUE }, { 14, UINT32_MAX, OPTOUT_E_VALUE },
    };
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(cases); i++) {
        optout_register *handle = opened(cases[i].days);
        optout_error error = OPTOUT_ERROR_INIT;
        uint32_t national = 0;
        uint8_t statuses[2] = { 9, 9 };
        size_t unread = 9;
        assert_int_equal(ask(handle, cases[i].on, clear, &national), cases[i].status);
        assert_int_equal(optout_register_status_many(handle, cases[i].on, clear, 10, 10, 1, statuses,
                             &unread, &error), cases[i].status);
        assert_int_equal(statuses[0], national);
        assert_int_equal(statuses[1], 9);
        assert_int_equal(unread, 0);
        assert_int_equal(error.field, cases[i].status == OPTOUT_OK ? 0 : OPTOUT_FIELD_ON);
        assert_int_equal(optout_register_status_many(handle, cases[i].on, NULL, 10, 10, 0, NULL, NULL,
                             NULL), cases[i].status);
        optout_register_free(handle);
    }
}

static void many_are_as_each_alone(void **state)
{
    static struct { char before[3], number[11], after[2]; } rows[MANY];
    static uint8_t statuses[MANY + 1];
    static const size_t counts[] = { 1, 47, 48, 511, 512, 513, MANY };
    uint32_t nines[MANY], nine = FIRST;
    optout_register *handle = opened(14);
    size_t i, j, none = 0, wrong;
    (void)state;
    memset(rows, 'x', sizeof rows);
    for (i = 0; i < MANY; nine++)
        if (digits(nine, rows[i].number))
            nines[i++] = nine;
    /* Some are no numbers. */
    for (i = 0; i < MANY; i += 7)
        rows[i].number[9] = rows[i].number[9] == '0' ? '1' : '0';
    for (j = 0; j < COUNT(counts); j++) {
        size_t unread = 0;
        memset(statuses, 9, sizeof statuses);
        assert_int_equal(optout_register_status_many(handle, CHECKED, rows[0].number, 10,
                             sizeof rows[0], counts[j], statuses, &unread, NULL), OPTOUT_OK);
        for (wrong = 0, i = 0; i < counts[j]; i++) {
            uint32_t national = 0;
            const optout_status status = optout_register_status(
                handle, CHECKED, rows[i].number, 10, &national, NULL);
            wrong += status != OPTOUT_OK;
            assert_int_equal(statuses[i], national);
            assert_int_equal(national, status == OPTOUT_OK ? expected(nines[i]) : 0);
            none += national == OPTOUT_NATIONAL_NONE;
        }
        assert_int_equal(unread, wrong);
        assert_int_equal(statuses[counts[j]], 9);
    }
    assert_true(none > 500);
    optout_register_free(handle);
}

static void becomes_the_byte_of_a_patient(void **state)
{
    optout_register *handle = opened(14);
    optout_disclosure disclosure = research();
    optout_ruling ruling;
    optout_decision decision = OPTOUT_DECISION_INIT;
    static const struct { const char *number; uint32_t reason; } cases[] = {
        { clear, OPTOUT_REASON_PERMITTED }, { opted_out, OPTOUT_REASON_NATIONAL_OPT_OUT },
        { stranger, OPTOUT_REASON_NATIONAL_UNKNOWN }, { "", OPTOUT_REASON_NATIONAL_UNKNOWN } };
    size_t i;
    (void)state;
    disclosure.origin = OPTOUT_ORIGIN_GP_RECORD;
    ruling = judged(&disclosure);
    for (i = 0; i < COUNT(cases); i++) {
        uint32_t national = 0;
        uint8_t patient = optout_patient_with_type1(OPTOUT_PATIENT_UNKNOWN, OPTOUT_TYPE1_NONE);
        assert_int_equal(ask(handle, disclosure.on, cases[i].number, &national),
            cases[i].number[0] == '\0' ? OPTOUT_E_NHS_NUMBER_EMPTY : OPTOUT_OK);
        patient = optout_patient_with_national(patient, national);
        assert_int_equal(optout_patient_national(patient), national);
        assert_int_equal(optout_patient_type1(patient), OPTOUT_TYPE1_NONE);
        assert_int_equal(optout_decide(&ruling, patient, &decision), OPTOUT_OK);
        assert_int_equal(decision.reason, cases[i].reason);
        assert_int_equal(decision.verdict == OPTOUT_ALLOW, i == 0);
    }
    optout_register_free(handle);
}

static void says_what_it_is(void **state)
{
    struct { optout_register_info now; uint32_t later[4]; } newer;
    optout_register_info info = OPTOUT_REGISTER_INFO_INIT, empty = OPTOUT_REGISTER_INFO_INIT;
    optout_register *handle = opened(21);
    static const uint8_t zeroes[32];
    (void)state;
    assert_int_equal(sizeof info, optout_sizeof_register_info());
    assert_int_equal(optout_register_describe(handle, &info), OPTOUT_OK);
    assert_int_equal(info.struct_size, sizeof info);
    assert_int_equal(info.checked, CHECKED);
    assert_int_equal(info.max_age_days, 21);
    assert_int_equal(info.is_over_21_days, 0);
    assert_true(info.asked > 1000 && info.opted_out > 500 && info.opted_out < info.asked);
    assert_memory_not_equal(info.digest, zeroes, 32);
    assert_memory_not_equal(info.request_digest, zeroes, 32);
    assert_memory_not_equal(info.response_digest, zeroes, 32);
    assert_memory_not_equal(info.request_digest, info.response_digest, 32);
    memset(&newer, 0xAB, sizeof newer);
    newer.now.struct_size = sizeof newer;
    assert_int_equal(optout_register_describe(handle, &newer.now), OPTOUT_OK);
    assert_int_equal(newer.now.checked, CHECKED);
    assert_int_equal(newer.later[0], 0xABABABAB);
    assert_int_equal(optout_register_describe(NULL, &info), OPTOUT_E_NULL);
    assert_memory_equal(&info, &empty, sizeof info);
    info.checked = 1;
    info.struct_size = sizeof info - 1;
    assert_int_equal(optout_register_describe(handle, &info), OPTOUT_E_STRUCT_SIZE);
    assert_int_equal(info.checked, 0);
    assert_int_equal(optout_register_describe(handle, NULL), OPTOUT_E_NULL);
    optout_register_free(handle);
    handle = opened(22);
    info.struct_size = sizeof info;
    assert_int_equal(optout_register_describe(handle, &info), OPTOUT_OK);
    assert_int_equal(info.is_over_21_days, 1);
    optout_register_free(handle);
}

static optout_status open_bytes(const unsigned char *bytes, size_t length)
{
    char path[] = SCRATCH "/register-XXXXXX";
    optout_register *handle = (optout_register *)(void *)path;
    optout_error error = OPTOUT_ERROR_INIT;
    optout_status status;
    const int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, length), length);
    assert_int_equal(close(file), 0);
    status = optout_register_open(path, strlen(path), 14, &handle, &error);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(error.status, status);
    if (status == OPTOUT_OK) {
        optout_register_free(handle);
    } else {
        assert_null(handle);
        assert_true(error.message[0] != '\0');
    }
    return status;
}

static void a_file_that_is_not_whole_and_unaltered_is_refused(void **state)
{
    static unsigned char bytes[1 << 16];
    FILE *file = fopen(REGISTER, "rb");
    size_t length, i;
    (void)state;
    assert_non_null(file);
    length = fread(bytes, 1, sizeof bytes - 1, file);
    assert_int_equal(fclose(file), 0);
    assert_true(length > 8192);
    assert_int_equal(open_bytes(bytes, length), OPTOUT_OK);
    for (i = 0; i < length; i += i < 140 ? 1 : 97)
        assert_int_equal(open_bytes(bytes, i), OPTOUT_E_REGISTER);
    assert_int_equal(open_bytes(bytes, length - 1), OPTOUT_E_REGISTER);
    assert_int_equal(open_bytes(bytes, length + 1), OPTOUT_E_REGISTER);
    for (i = 0; i < length; i += i < 140 ? 1 : 89) {
        bytes[i] ^= 0x10;
        assert_int_equal(open_bytes(bytes, length),
            i >= 8 && i < 12 ? OPTOUT_E_REGISTER_VERSION : OPTOUT_E_REGISTER);
        bytes[i] ^= 0x10;
    }
}

static void what_cannot_be_read_is_a_status(void **state)
{
    static const char *const paths[] = { "/nonexistent/register", "/", "/etc/passwd", "" };
    static const optout_status statuses[]
        = { OPTOUT_E_REGISTER_FILE, OPTOUT_E_REGISTER_FILE, OPTOUT_E_REGISTER, OPTOUT_E_REGISTER_FILE };
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(paths); i++) {
        optout_error error = OPTOUT_ERROR_INIT;
        optout_register *handle = (optout_register *)(void *)&error;
        assert_int_equal(optout_register_open(paths[i], strlen(paths[i]), 14, &handle, &error),
            statuses[i]);
        assert_null(handle);
        assert_true(strlen(error.message) > 10);
    }
    /* A NUL within a path is no end of it. */
    {
        static const char path[] = REGISTER "\0.old";
        optout_register *handle = NULL;
        assert_int_equal(
            optout_register_open(path, sizeof path - 1, 14, &handle, NULL), OPTOUT_E_REGISTER_FILE);
        assert_null(handle);
    }
}

/* A pipe without a writer is refused, not waited for: the alarm would end the suite. */
static void what_is_no_regular_file_is_refused(void **state)
{
    char path[] = SCRATCH "/pipe-XXXXXX";
    optout_register *handle = NULL;
    optout_error error = OPTOUT_ERROR_INIT;
    (void)state;
    assert_non_null(mkdtemp(path));
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    alarm(20);
    assert_int_equal(
        optout_register_open(path, strlen(path), 14, &handle, &error), OPTOUT_E_REGISTER_FILE);
    alarm(0);
    assert_int_equal(unlink(path), 0);
    assert_null(handle);
    assert_non_null(strstr(error.message, "regular file"));
}

static void null_is_a_status(void **state)
{
    optout_error error = OPTOUT_ERROR_INIT, small = OPTOUT_ERROR_INIT;
    optout_register *handle = (optout_register *)(void *)&error, *good = opened(14);
    const size_t length = sizeof REGISTER - 1;
    uint8_t statuses[3] = { 9, 9, 9 };
    uint32_t national = 9;
    size_t unread = 9;
    (void)state;
    small.struct_size = sizeof small - 1;
    assert_int_equal(optout_register_open(NULL, length, 14, &handle, &error), OPTOUT_E_NULL);
    assert_null(handle);
    assert_int_equal(error.status, OPTOUT_E_NULL);
    assert_int_equal(optout_register_open(REGISTER, length, 14, NULL, &error), OPTOUT_E_NULL);
    handle = good;
    assert_int_equal(optout_register_open(REGISTER, length, 65536, &handle, &error), OPTOUT_E_ARGUMENT);
    assert_null(handle);
    handle = good;
    assert_int_equal(optout_register_open(REGISTER, length, 14, &handle, &small), OPTOUT_E_STRUCT_SIZE);
    assert_null(handle);
    assert_int_equal(optout_register_open(REGISTER, SIZE_MAX, 14, &handle, NULL), OPTOUT_E_ARGUMENT);

    assert_int_equal(optout_register_status(NULL, CHECKED, clear, 10, &national, &error), OPTOUT_E_NULL);
    assert_int_equal(national, OPTOUT_NATIONAL_UNKNOWN);
    national = 9;
    assert_int_equal(optout_register_status(good, CHECKED, NULL, 10, &national, &error), OPTOUT_E_NULL);
    assert_int_equal(national, OPTOUT_NATIONAL_UNKNOWN);
    national = 9;
    assert_int_equal(optout_register_status(good, CHECKED, NULL, 0, &national, &error), OPTOUT_E_NULL);
    assert_int_equal(national, OPTOUT_NATIONAL_UNKNOWN);
    assert_int_equal(
        optout_register_status(good, CHECKED, "", 0, &national, &error), OPTOUT_E_NHS_NUMBER_EMPTY);
    assert_int_equal(optout_register_status(good, CHECKED, clear, 10, NULL, &error), OPTOUT_E_NULL);
    national = 9;
    assert_int_equal(
        optout_register_status(good, CHECKED, clear, 10, &national, &small), OPTOUT_E_STRUCT_SIZE);
    assert_int_equal(national, OPTOUT_NATIONAL_UNKNOWN);
    national = 9;
    assert_int_equal(
        optout_register_status(good, CHECKED, clear, SIZE_MAX, &national, NULL), OPTOUT_E_ARGUMENT);
    assert_int_equal(national, OPTOUT_NATIONAL_UNKNOWN);

#define REFUSES(expected, handle, numbers, length, stride, count, into, error)                     \
    do {                                                                                           \
        memset(statuses, 9, sizeof statuses);                                                      \
        unread = 9;                                                                                \
        assert_int_equal(optout_register_status_many(handle, CHECKED, numbers, length, stride,     \
                             count, into, &unread, error), expected);                              \
        assert_int_equal(unread, 0);                                                               \
        assert_int_equal(statuses[2], 9);                                                          \
    } while (0)
#define ALL_UNKNOWN() assert_true(statuses[0] == OPTOUT_NATIONAL_UNKNOWN && statuses[1] == 0)
    REFUSES(OPTOUT_E_NULL, NULL, "94347000279434700019", 10, 10, 2, statuses, &error);
    ALL_UNKNOWN();
    REFUSES(OPTOUT_E_NULL, good, NULL, 10, 10, 2, statuses, &error);
    ALL_UNKNOWN();
    REFUSES(OPTOUT_E_NULL, good, clear, 10, 10, 2, NULL, &error);
    REFUSES(OPTOUT_E_STRUCT_SIZE, good, "94347000279434700019", 10, 9, 2, statuses, &error);
    ALL_UNKNOWN();
    REFUSES(OPTOUT_E_STRUCT_SIZE, good, "94347000279434700019", 10, 10, 2, statuses, &small);
    ALL_UNKNOWN();
    REFUSES(OPTOUT_E_ARGUMENT, good, clear, 10, SIZE_MAX, 2, statuses, &error);
    ALL_UNKNOWN();
    REFUSES(OPTOUT_E_ARGUMENT, good, clear, 10, 10, SIZE_MAX, statuses, &error);
    assert_int_equal(statuses[0], 9);
    assert_int_equal(optout_register_status_many(
                         good, CHECKED, NULL, 0, 0, 2, statuses, NULL, NULL), OPTOUT_E_NULL);
    optout_register_free(good);
    optout_register_free(NULL);
}

static void *work(void *data)
{
    const optout_register *handle = data;
    uintptr_t faults = 0;
    unsigned round;
    for (round = 0; round < ROUNDS; round++) {
        char text[OPTOUT_NHS_NUMBER_SIZE];
        uint32_t nine;
        for (nine = FIRST; nine < FIRST + 200; nine++) {
            uint32_t national = 9;
            uint8_t status = 9;
            if (!digits(nine, text))
                continue;
            faults += optout_register_status(handle, CHECKED, text, 10, &national, NULL) != OPTOUT_OK
                || national != expected(nine)
                || optout_register_status_many(handle, CHECKED, text, 10, 10, 1, &status, NULL, NULL)
                    != OPTOUT_OK
                || status != national;
        }
    }
    return (void *)faults;
}

static void *release(void *data)
{
    optout_register_free(data);
    return NULL;
}

static void eight_threads_share_one_and_another_frees_it(void **state)
{
    optout_register *handle = opened(14);
    pthread_t threads[THREADS], last;
    unsigned i;
    (void)state;
    for (i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, handle), 0);
    for (i = 0; i < THREADS; i++) {
        void *faults = NULL;
        assert_int_equal(pthread_join(threads[i], &faults), 0);
        assert_null(faults);
    }
    assert_int_equal(pthread_create(&last, NULL, release, handle), 0);
    assert_int_equal(pthread_join(last, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_by_omission),
        cmocka_unit_test(a_check_is_used_from_its_day_until_it_is_too_old),
        cmocka_unit_test(many_are_as_each_alone),
        cmocka_unit_test(becomes_the_byte_of_a_patient),
        cmocka_unit_test(says_what_it_is),
        cmocka_unit_test(a_file_that_is_not_whole_and_unaltered_is_refused),
        cmocka_unit_test(what_cannot_be_read_is_a_status),
        cmocka_unit_test(what_is_no_regular_file_is_refused),
        cmocka_unit_test(null_is_a_status),
        cmocka_unit_test(eight_threads_share_one_and_another_frees_it),
    };
    return cmocka_run_group_tests_name("register", tests, NULL, NULL);
}
