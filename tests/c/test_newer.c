/* A program built against a later version of the interface, whose structures have grown, with this
 * library: it is answered while it asks nothing new, and refused when it does. */
#include "test.h"

enum { LATER = 6 };

typedef struct { optout_disclosure now; uint32_t later[LATER]; } newer_disclosure;
typedef struct { optout_ruling now; uint32_t later[LATER]; } newer_ruling;
typedef struct { optout_decision now; uint32_t later[LATER]; } newer_decision;
typedef struct { optout_error now; uint32_t later[LATER]; } newer_error;

static newer_disclosure newer_research(void)
{
    newer_disclosure disclosure = { OPTOUT_DISCLOSURE_INIT, { 0 } };
    disclosure.now = research();
    disclosure.now.struct_size = sizeof disclosure;
    return disclosure;
}

static void is_answered_while_it_asks_nothing_new(void **state)
{
    newer_disclosure disclosure = newer_research();
    newer_ruling ruling;
    newer_error error;
    optout_ruling known = research_ruling();
    unsigned byte;
    (void)state;
    memset(&ruling, 0xAB, sizeof ruling);
    memset(&error, 0xAB, sizeof error);
    ruling.now.struct_size = sizeof ruling;
    error.now.struct_size = sizeof error;
    assert_int_equal(optout_assess(&disclosure.now, &ruling.now, &error.now), OPTOUT_OK);
    assert_int_equal(error.now.status, OPTOUT_OK);
    for (byte = 0; byte < 256; byte++) {
        optout_decision expected = OPTOUT_DECISION_INIT;
        newer_decision decision;
        memset(&decision, 0xAB, sizeof decision);
        decision.now.struct_size = sizeof decision;
        assert_int_equal(optout_decide(&ruling.now, (uint8_t)byte, &decision.now), OPTOUT_OK);
        assert_int_equal(optout_decide(&known, (uint8_t)byte, &expected), OPTOUT_OK);
        expected.struct_size = sizeof decision;
        assert_memory_equal(&decision.now, &expected, sizeof expected);
        /* What this library does not know it leaves as it was. */
        assert_int_equal(decision.later[0], 0xABABABAB);
        assert_memory_equal(decision.later, decision.later + 1, sizeof(uint32_t) * (LATER - 1));
    }
    assert_int_equal(ruling.later[0], 0xABABABAB);
    assert_int_equal(error.later[0], 0xABABABAB);
}

/* A restriction that this library does not know must not go unseen. */
static void is_refused_when_it_asks_something_new(void **state)
{
    unsigned word, bit;
    (void)state;
    for (word = 0; word < LATER; word++) {
        for (bit = 0; bit < 32; bit++) {
            newer_disclosure disclosure = newer_research();
            optout_ruling ruling = research_ruling();
            disclosure.later[word] = UINT32_C(1) << bit;
            assert_int_equal(optout_assess(&disclosure.now, &ruling, NULL), OPTOUT_E_RESERVED);
            assert_denies_everybody(&ruling, OPTOUT_E_RULING);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_answered_while_it_asks_nothing_new),
        cmocka_unit_test(is_refused_when_it_asks_something_new),
    };
    return cmocka_run_group_tests_name("newer", tests, NULL, NULL);
}
