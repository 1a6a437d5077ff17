/* The answer: every patient, every pointer, every size, rulings that are none. */
#include "test.h"

enum { PATIENTS = 256 };

static void decides_as_the_specification_says(void **state)
{
    optout_ruling ruling = research_ruling();
    optout_decision decision = dirty();
    uint8_t patient = optout_patient_with_national(0, OPTOUT_NATIONAL_NONE);
    (void)state;
    assert_int_equal(optout_decide(&ruling, patient, &decision), OPTOUT_OK);
    assert_int_equal(decision.struct_size, sizeof decision);
    assert_int_equal(decision.verdict, OPTOUT_ALLOW);
    assert_int_equal(decision.reason, OPTOUT_REASON_PERMITTED);
    assert_int_equal(decision.route, OPTOUT_ROUTE_SECTION_251);
    assert_int_equal(decision.blocked_by, 0);
    assert_int_equal(decision.unverified_bases, OPTOUT_BASIS_COPI_REG_5);
    assert_int_equal(decision.unverified_conditions, 0);
    assert_int_equal(decision.reserved, 0);

    patient = optout_patient_with_national(patient, OPTOUT_NATIONAL_OPTED_OUT);
    decision = dirty();
    assert_int_equal(optout_decide(&ruling, patient, &decision), OPTOUT_OK);
    assert_int_equal(decision.verdict, OPTOUT_DENY);
    assert_int_equal(decision.reason, OPTOUT_REASON_NATIONAL_OPT_OUT);
    assert_int_equal(decision.route, OPTOUT_ROUTE_NONE);
    assert_int_equal(decision.blocked_by, OPTOUT_BLOCKED_BY_NATIONAL_OPT_OUT);
    assert_int_equal(decision.unverified_bases, 0);

    decision = dirty();
    assert_int_equal(optout_decide(&ruling, 0, &decision), OPTOUT_OK);
    assert_int_equal(decision.reason, OPTOUT_REASON_NATIONAL_UNKNOWN);
    assert_int_equal(decision.blocked_by, OPTOUT_BLOCKED_BY_NATIONAL_UNKNOWN);
}

static void says_what_stays_unverified(void **state)
{
    optout_disclosure disclosure = research();
    optout_ruling ruling;
    optout_decision decision = dirty();
    (void)state;
    disclosure.conditions = OPTOUT_CONDITION_NATIONAL_DISAPPLIED | OPTOUT_CONDITION_PROGRAMME_OPT_OUT;
    disclosure.bases |= OPTOUT_BASIS_COPI_REG_2;
    ruling = judged(&disclosure);
    assert_int_equal(
        optout_decide(&ruling, optout_patient_with_programme(0, OPTOUT_PROGRAMME_NONE), &decision),
        OPTOUT_OK);
    assert_int_equal(decision.verdict, OPTOUT_ALLOW);
    assert_int_equal(decision.unverified_bases, OPTOUT_BASIS_COPI_REG_5 | OPTOUT_BASIS_COPI_REG_2);
    assert_int_equal(decision.unverified_conditions, OPTOUT_CONDITION_NATIONAL_DISAPPLIED);
}

static void all_the_functions_agree_on_every_patient(void **state)
{
    optout_ruling ruling = research_ruling();
    uint8_t patients[PATIENTS], verdicts[PATIENTS];
    optout_decision decisions[PATIENTS];
    unsigned i;
    (void)state;
    memset(decisions, 0x55, sizeof decisions);
    for (i = 0; i < PATIENTS; i++)
        patients[i] = (uint8_t)(i * 7 + 3);
    assert_int_equal(optout_decide_many(&ruling, patients, PATIENTS, verdicts), OPTOUT_OK);
    assert_int_equal(
        optout_decide_each(&ruling, patients, PATIENTS, decisions, sizeof *decisions), OPTOUT_OK);
    for (i = 0; i < PATIENTS; i++) {
        optout_decision one = dirty();
        assert_int_equal(optout_decide(&ruling, patients[i], &one), OPTOUT_OK);
        assert_memory_equal(&one, &decisions[i], sizeof one);
        assert_int_equal(verdicts[i], one.verdict);
        if (!optout_patient_is_valid(patients[i]))
            assert_int_equal(one.reason, OPTOUT_REASON_INVALID_STATUS);
    }
}

/* A caller of a later version has larger decisions: what this library knows is written. */
static void a_stride_reaches_each_decision(void **state)
{
    struct { optout_decision decision; uint32_t later[3]; } rows[5], before;
    optout_ruling ruling = research_ruling();
    static const uint8_t patients[5] = { 0, 4, 8, 12, 0xFF };
    unsigned i;
    (void)state;
    memset(rows, 0xAB, sizeof rows);
    before = rows[0];
    assert_int_equal(
        optout_decide_each(&ruling, patients, 5, &rows[0].decision, sizeof rows[0]), OPTOUT_OK);
    for (i = 0; i < 5; i++) {
        optout_decision one = OPTOUT_DECISION_INIT;
        assert_int_equal(optout_decide(&ruling, patients[i], &one), OPTOUT_OK);
        assert_memory_equal(&one, &rows[i].decision, sizeof one);
        assert_memory_equal(rows[i].later, before.later, sizeof before.later);
    }
}

/* The one overlap that is allowed: each byte is replaced by its verdict. */
static void many_may_be_decided_in_place(void **state)
{
    optout_ruling ruling = research_ruling(), nothing = OPTOUT_RULING_INIT;
    uint8_t patients[PATIENTS], verdicts[PATIENTS];
    unsigned i, allowed = 0;
    (void)state;
    for (i = 0; i < PATIENTS; i++)
        patients[i] = (uint8_t)i;
    assert_int_equal(optout_decide_many(&ruling, patients, PATIENTS, verdicts), OPTOUT_OK);
    assert_int_equal(optout_decide_many(&ruling, patients, PATIENTS, patients), OPTOUT_OK);
    assert_memory_equal(patients, verdicts, PATIENTS);
    for (i = 0; i < PATIENTS; i++)
        allowed += verdicts[i];
    assert_in_range(allowed, 1, PATIENTS - 1);
    assert_int_equal(optout_decide_many(&nothing, patients, PATIENTS, patients), OPTOUT_E_RULING);
    for (i = 0; i < PATIENTS; i++)
        assert_int_equal(patients[i], OPTOUT_DENY);
}

/* Whatever is done to one byte of a ruling, nobody is allowed who was not. */
static void no_changed_byte_allows(void **state)
{
    optout_ruling ruling = research_ruling();
    unsigned char *bytes = (unsigned char *)&ruling;
    uint8_t patient = optout_patient_with_national(0, OPTOUT_NATIONAL_OPTED_OUT);
    unsigned place, change, noticed = 0;
    (void)state;
    for (place = 0; place < sizeof ruling; place++) {
        for (change = 1; change < 256; change++) {
            optout_decision one = dirty(), each = dirty();
            optout_status status;
            bytes[place] ^= (unsigned char)change;
            status = optout_decide(&ruling, patient, &one);
            assert_int_equal(optout_decide_each(&ruling, &patient, 1, &each, sizeof each), status);
            bytes[place] ^= (unsigned char)change;
            assert_int_equal(one.verdict, OPTOUT_DENY);
            assert_int_equal(each.verdict, OPTOUT_DENY);
            noticed += status == OPTOUT_E_RULING;
        }
    }
    /* The mark, the verdict of this patient, and what its answer says the verdict is, at least. */
    assert_true(noticed > (8 + 1 + 4) * 255);
}

/* Where one of many cannot be told, nobody is allowed. */
static void a_changed_ruling_denies_all_of_many(void **state)
{
    optout_ruling ruling = research_ruling();
    unsigned char *bytes = (unsigned char *)&ruling;
    const uint8_t clear = optout_patient_with_national(0, OPTOUT_NATIONAL_NONE);
    const uint8_t refused = optout_patient_with_national(0, OPTOUT_NATIONAL_OPTED_OUT);
    uint8_t patients[3];
    unsigned place, noticed = 0;
    (void)state;
    patients[0] = patients[2] = clear;
    patients[1] = refused;
    for (place = 12; place < sizeof ruling; place++) {
        optout_decision each[3], one = dirty();
        unsigned i;
        for (i = 0; i < 3; i++)
            each[i] = dirty();
        bytes[place] ^= 1;
        if (optout_decide(&ruling, clear, &one) == OPTOUT_OK
                && optout_decide(&ruling, refused, &one) == OPTOUT_E_RULING) {
            assert_int_equal(
                optout_decide_each(&ruling, patients, 3, each, sizeof *each), OPTOUT_E_RULING);
            for (i = 0; i < 3; i++)
                assert_not_decided(&each[i]);
            noticed++;
        }
        bytes[place] ^= 1;
    }
    assert_true(noticed > 0);
}

static void null_is_a_status_and_denies(void **state)
{
    optout_ruling ruling = research_ruling();
    optout_decision one = dirty(), each[2];
    uint8_t patients[2] = { 4, 4 }, verdicts[2] = { 1, 1 };
    (void)state;
    assert_int_equal(optout_decide(NULL, 4, &one), OPTOUT_E_NULL);
    assert_not_decided(&one);
    assert_int_equal(optout_decide(&ruling, 4, NULL), OPTOUT_E_NULL);
    assert_int_equal(optout_decide(NULL, 4, NULL), OPTOUT_E_NULL);

    assert_int_equal(optout_decide_many(NULL, patients, 2, verdicts), OPTOUT_E_NULL);
    assert_int_equal(verdicts[0] | verdicts[1], OPTOUT_DENY);
    verdicts[0] = verdicts[1] = OPTOUT_ALLOW;
    assert_int_equal(optout_decide_many(&ruling, NULL, 2, verdicts), OPTOUT_E_NULL);
    assert_int_equal(verdicts[0] | verdicts[1], OPTOUT_DENY);
    assert_int_equal(optout_decide_many(&ruling, patients, 2, NULL), OPTOUT_E_NULL);

    each[0] = each[1] = dirty();
    assert_int_equal(optout_decide_each(NULL, patients, 2, each, sizeof *each), OPTOUT_E_NULL);
    assert_not_decided(&each[0]);
    assert_not_decided(&each[1]);
    each[0] = each[1] = dirty();
    assert_int_equal(optout_decide_each(&ruling, NULL, 2, each, sizeof *each), OPTOUT_E_NULL);
    assert_not_decided(&each[0]);
    assert_not_decided(&each[1]);
    assert_int_equal(optout_decide_each(&ruling, patients, 2, NULL, sizeof *each), OPTOUT_E_NULL);
}

static void nobody_is_nobody(void **state)
{
    optout_ruling ruling = research_ruling();
    (void)state;
    assert_int_equal(optout_decide_many(&ruling, NULL, 0, NULL), OPTOUT_OK);
    assert_int_equal(
        optout_decide_each(&ruling, NULL, 0, NULL, sizeof(optout_decision)), OPTOUT_OK);
    assert_int_equal(optout_decide_many(NULL, NULL, 0, NULL), OPTOUT_E_NULL);
    assert_int_equal(optout_decide_each(NULL, NULL, 0, NULL, 32), OPTOUT_E_NULL);
}

static void a_count_that_no_array_can_have_writes_nothing(void **state)
{
    static const size_t counts[] = { SIZE_MAX, SIZE_MAX / 2 + 1 };
    optout_ruling ruling = research_ruling();
    optout_decision decision = dirty(), before = decision;
    uint8_t patient = 4, verdict = 7;
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(counts); i++) {
        assert_int_equal(
            optout_decide_many(&ruling, &patient, counts[i], &verdict), OPTOUT_E_ARGUMENT);
        assert_int_equal(
            optout_decide_each(&ruling, &patient, counts[i], &decision, sizeof decision),
            OPTOUT_E_ARGUMENT);
        assert_int_equal(
            optout_decide_each(&ruling, &patient, 2, &decision, counts[i]), OPTOUT_E_ARGUMENT);
    }
    assert_int_equal(verdict, 7);
    assert_memory_equal(&decision, &before, sizeof decision);
}

static void every_size_of_a_decision(void **state)
{
    optout_ruling ruling = research_ruling();
    uint8_t patient = optout_patient_with_national(0, OPTOUT_NATIONAL_NONE);
    uint32_t size;
    (void)state;
    for (size = 0; size < 100; size++) {
        optout_decision decision = dirty();
        decision.struct_size = size;
        if (size < sizeof decision) {
            assert_int_equal(optout_decide(&ruling, patient, &decision), OPTOUT_E_STRUCT_SIZE);
            assert_not_decided(&decision);
        } else {
            assert_int_equal(optout_decide(&ruling, patient, &decision), OPTOUT_OK);
            assert_int_equal(decision.verdict, OPTOUT_ALLOW);
        }
        assert_int_equal(decision.struct_size, size);
        decision = dirty();
        assert_int_equal(optout_decide_each(&ruling, &patient, 1, &decision, size),
            size < sizeof decision ? OPTOUT_E_STRUCT_SIZE : OPTOUT_OK);
    }
}

static void what_is_no_ruling_denies_everybody(void **state)
{
    optout_ruling ruling;
    unsigned word, bit;
    (void)state;
    memset(&ruling, 0, sizeof ruling);
    assert_denies_everybody(&ruling, OPTOUT_E_RULING);
    memset(&ruling, 0xFF, sizeof ruling);
    assert_denies_everybody(&ruling, OPTOUT_E_RULING);
    memset(&ruling, 1, sizeof ruling);
    assert_denies_everybody(&ruling, OPTOUT_E_RULING);
    /* Any single bit of the mark, or of which library wrote it. */
    for (word = 0; word < 2; word++) {
        for (bit = 0; bit < 32; bit++) {
            ruling = research_ruling();
            ruling.private_[word] ^= UINT32_C(1) << bit;
            assert_denies_everybody(&ruling, OPTOUT_E_RULING);
        }
    }
}

#ifndef OPTOUT_DECISIONS_ONLY
/* A ruling that was written into is noticed where the question is judged again: in the question, in
 * the verdicts, in the places and in the answers that are used. */
static void a_changed_ruling_is_not_explained(void **state)
{
    uint32_t clauses[OPTOUT_CLAUSES_MAX];
    size_t count = 9;
    unsigned word, noticed = 0;
    (void)state;
    for (word = 2; word < COUNT(((optout_ruling *)0)->private_); word++) {
        optout_ruling ruling = research_ruling();
        ruling.private_[word] ^= 0x01010101;
        noticed += optout_clauses(&ruling, 0, clauses, COUNT(clauses), &count) == OPTOUT_E_RULING;
    }
    assert_in_range(noticed, 64 + 64 + 7, 64 + 64 + 7 + 8 + 7 * 29);
}
#endif

static void the_order_and_the_neighbours_change_nothing(void **state)
{
    enum { MANY = 100000 };
    optout_ruling ruling = research_ruling();
    uint8_t *patients = malloc(MANY), *verdicts = malloc(MANY), alone;
    uint32_t random = 1;
    unsigned i;
    (void)state;
    assert_non_null(patients);
    assert_non_null(verdicts);
    for (i = 0; i < MANY; i++) {
        random = random * 1664525 + 1013904223;
        patients[i] = (uint8_t)(random >> 24);
    }
    assert_int_equal(optout_decide_many(&ruling, patients, MANY, verdicts), OPTOUT_OK);
    for (i = 0; i < MANY; i++) {
        assert_int_equal(optout_decide_many(&ruling, &patients[i], 1, &alone), OPTOUT_OK);
        assert_int_equal(verdicts[i], alone);
    }
    free(patients);
    free(verdicts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decides_as_the_specification_says),
        cmocka_unit_test(says_what_stays_unverified),
        cmocka_unit_test(all_the_functions_agree_on_every_patient),
        cmocka_unit_test(a_stride_reaches_each_decision),
        cmocka_unit_test(many_may_be_decided_in_place),
        cmocka_unit_test(no_changed_byte_allows),
        cmocka_unit_test(a_changed_ruling_denies_all_of_many),
        cmocka_unit_test(null_is_a_status_and_denies),
        cmocka_unit_test(nobody_is_nobody),
        cmocka_unit_test(a_count_that_no_array_can_have_writes_nothing),
        cmocka_unit_test(every_size_of_a_decision),
        cmocka_unit_test(what_is_no_ruling_denies_everybody),
#ifndef OPTOUT_DECISIONS_ONLY
        cmocka_unit_test(a_changed_ruling_is_not_explained),
#endif
        cmocka_unit_test(the_order_and_the_neighbours_change_nothing),
    };
    return cmocka_run_group_tests_name("decide", tests, NULL, NULL);
}
