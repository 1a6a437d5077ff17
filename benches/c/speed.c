/* What the C functions cost, called from C through the shared library: a line `NAME NANOSECONDS` each.
 * capi/examples/speed.rs measures the Rust library the same way; benches/c/run compares the two. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <optout.h>

enum { PATIENTS = 1 << 20, ROUNDS = 9 };

static uint8_t patients[PATIENTS], verdicts[PATIENTS];
static optout_decision decisions[PATIENTS];
static char text[1 << 16];

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int ascending(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

/* The median of several rounds, for each of `count` things. */
#define MEASURE(name, count, code)                                                                 \
    do {                                                                                           \
        double rounds[ROUNDS];                                                                     \
        int round;                                                                                 \
        for (round = 0; round < ROUNDS; round++) {                                                 \
            double start = now();                                                                  \
            code;                                                                                  \
            rounds[round] = (now() - start) / (double)(count);                                     \
        }                                                                                          \
        qsort(rounds, ROUNDS, sizeof *rounds, ascending);                                          \
        printf("%s %.3f\n", name, rounds[ROUNDS / 2]);                                             \
    } while (0)

static void check(optout_status status)
{
    if (status == OPTOUT_OK)
        return;
    fprintf(stderr, "%s\n", optout_status_text(status));
    exit(1);
}

int main(void)
{
    static const char line[] = "{\"disclosure\":{\"flow\":\"individual-care\",\"on\":\"2026-06-01\"}}";
    optout_disclosure disclosure = OPTOUT_DISCLOSURE_INIT;
    optout_ruling ruling = OPTOUT_RULING_INIT;
    optout_decision decision = OPTOUT_DECISION_INIT;
    uint64_t state = 42;
    uint32_t sum = 0;
    int i;

    for (i = 0; i < PATIENTS; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        patients[i] = (uint8_t)(state >> 56);
    }
    disclosure.on = 20260601;
    disclosure.origin = OPTOUT_ORIGIN_GP_RECORD;
    disclosure.boundary = OPTOUT_BOUNDARY_BEYOND_CONTROLLER;
    disclosure.identifiability = OPTOUT_IDENTIFIABILITY_IDENTIFIABLE;
    disclosure.purpose = OPTOUT_PURPOSE_RESEARCH;
    disclosure.bases = OPTOUT_BASIS_COPI_REG_5 | OPTOUT_BASIS_EXPLICIT_CONSENT;
    disclosure.conditions = OPTOUT_CONDITION_PROGRAMME_OPT_OUT;
    check(optout_assess(&disclosure, &ruling, NULL));

    MEASURE("decide", PATIENTS, for (i = 0; i < PATIENTS; i++) {
        check(optout_decide(&ruling, patients[i], &decision));
        sum += decision.reason;
    });
    MEASURE("decide_many", PATIENTS, check(optout_decide_many(&ruling, patients, PATIENTS, verdicts)));
    sum += verdicts[sum % PATIENTS];
    MEASURE("decide_each", PATIENTS,
        check(optout_decide_each(&ruling, patients, PATIENTS, decisions, sizeof *decisions)));
    sum += decisions[sum % PATIENTS].reason;
    MEASURE("assess", 2000,
        for (i = 0; i < 2000; i++) check(optout_assess(&disclosure, &ruling, NULL)));
    MEASURE("assess_flow", 2000, for (i = 0; i < 2000; i++)
        check(optout_assess_flow("individual-care", 15, 20260601, &ruling, NULL)));
    MEASURE("decide_json", 2000, for (i = 0; i < 2000; i++)
        check(optout_decide_json(line, sizeof line - 1, text, sizeof text, NULL)));
    MEASURE("explain_text", 200, for (i = 0; i < 200; i++)
        check(optout_explain(&ruling, 0, OPTOUT_EXPLAIN_TEXT, text, sizeof text, NULL)));
    MEASURE("explain_json", 200, for (i = 0; i < 200; i++)
        check(optout_explain(&ruling, 0, OPTOUT_EXPLAIN_JSON, text, sizeof text, NULL)));
    fprintf(stderr, "%u\n", (unsigned)sum);
    return 0;
}
