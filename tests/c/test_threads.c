/* Eight threads, one ruling, every function. */
#include <pthread.h>

#include "test.h"

enum { THREADS = 8, ROUNDS = 200 };

struct shared {
    const optout_ruling *ruling;
    const optout_decision *expected;
};

static int agrees(const struct shared *shared, unsigned byte)
{
    optout_decision decision = OPTOUT_DECISION_INIT;
    uint8_t patient = (uint8_t)byte, verdict = 9;
    return optout_decide(shared->ruling, patient, &decision) == OPTOUT_OK
        && memcmp(&decision, &shared->expected[byte], sizeof decision) == 0
        && optout_decide_many(shared->ruling, &patient, 1, &verdict) == OPTOUT_OK
        && verdict == decision.verdict
        && optout_decide_each(shared->ruling, &patient, 1, &decision, sizeof decision) == OPTOUT_OK
        && memcmp(&decision, &shared->expected[byte], sizeof decision) == 0;
}

#ifndef OPTOUT_DECISIONS_ONLY
static int words_agree(const struct shared *shared, unsigned byte)
{
    static const char line[] = "{\"disclosure\":{\"flow\":\"individual-care\",\"on\":\"2026-06-01\"}}";
    char text[20000];
    uint32_t clauses[OPTOUT_CLAUSES_MAX], number = 0;
    size_t count = 0;
    optout_disclosure disclosure = research();
    optout_ruling ruling = OPTOUT_RULING_INIT;
    optout_error error = OPTOUT_ERROR_INIT;
    const char *code = optout_code(OPTOUT_FIELD_REASON, shared->expected[byte].reason);
    return optout_assess(&disclosure, &ruling, &error) == OPTOUT_OK
        && memcmp(&ruling, shared->ruling, sizeof ruling) == 0
        && optout_explain(&ruling, byte, OPTOUT_EXPLAIN_JSON, text, sizeof text, NULL) == OPTOUT_OK
        && strstr(text, code) != NULL
        && optout_clauses(&ruling, (uint8_t)byte, clauses, COUNT(clauses), &count) == OPTOUT_OK
        && optout_decide_json(line, sizeof line - 1, text, sizeof text, NULL) == OPTOUT_OK
        && optout_number(OPTOUT_FIELD_REASON, code, strlen(code), &number, &error) == OPTOUT_OK
        && number == shared->expected[byte].reason;
}
#endif

static void *work(void *data)
{
    const struct shared *shared = data;
    uintptr_t faults = 0;
    unsigned round;
    for (round = 0; round < ROUNDS; round++) {
        unsigned byte;
        for (byte = 0; byte < 256; byte++)
            faults += !agrees(shared, byte);
#ifndef OPTOUT_DECISIONS_ONLY
        faults += !words_agree(shared, round % 256);
#endif
    }
    return (void *)faults;
}

static void eight_threads_read_one_ruling(void **state)
{
    static optout_decision expected[256];
    optout_ruling ruling = research_ruling();
    struct shared shared = { &ruling, expected };
    pthread_t threads[THREADS];
    unsigned i;
    (void)state;
    for (i = 0; i < 256; i++) {
        expected[i].struct_size = sizeof expected[i];
        assert_int_equal(optout_decide(&ruling, (uint8_t)i, &expected[i]), OPTOUT_OK);
    }
    for (i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, &shared), 0);
    for (i = 0; i < THREADS; i++) {
        void *faults = NULL;
        assert_int_equal(pthread_join(threads[i], &faults), 0);
        assert_null(faults);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(eight_threads_read_one_ruling) };
    return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
