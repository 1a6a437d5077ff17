/* The patient's byte: every status on every byte. */
#include "test.h"

typedef uint8_t (*with)(uint8_t, uint32_t);
typedef uint32_t (*get)(uint8_t);

static const struct {
    with with;
    get get;
    unsigned shift;
    uint32_t mask;
    uint32_t values;
} fields[] = {
    { optout_patient_with_type1, optout_patient_type1, 0, 3, 3 },
    { optout_patient_with_national, optout_patient_national, 2, 3, 4 },
    { optout_patient_with_programme, optout_patient_programme, 4, 3, 3 },
    { optout_patient_with_explicit_consent, optout_patient_explicit_consent, 6, 1, 2 },
    { optout_patient_with_care_objection, optout_patient_care_objection, 7, 1, 2 },
};

static void every_status_on_every_byte(void **state)
{
    size_t i;
    unsigned byte;
    uint32_t value;
    (void)state;
    for (i = 0; i < COUNT(fields); i++) {
        for (byte = 0; byte < 255; byte++) {
            for (value = 0; value < fields[i].values; value++) {
                unsigned expected = (byte & ~(fields[i].mask << fields[i].shift))
                    | (unsigned)(value << fields[i].shift);
                uint8_t patient = fields[i].with((uint8_t)byte, value);
                assert_int_equal(patient, expected);
                assert_int_equal(fields[i].get(patient), value);
            }
        }
    }
}

static void a_status_that_does_not_exist_denies_for_good(void **state)
{
    static const uint32_t wrong[] = { 4, 5, 255, 256, 257, 258, 65536, UINT32_MAX };
    optout_ruling ruling = research_ruling();
    optout_decision decision = dirty();
    size_t i, j, k;
    (void)state;
    for (i = 0; i < COUNT(fields); i++) {
        uint32_t value;
        for (value = fields[i].values; value <= fields[i].mask + 1; value++)
            assert_int_equal(fields[i].with(0, value), OPTOUT_PATIENT_INVALID);
        for (j = 0; j < COUNT(wrong); j++) {
            uint8_t patient = fields[i].with(0, wrong[j]);
            assert_int_equal(patient, OPTOUT_PATIENT_INVALID);
            for (k = 0; k < COUNT(fields); k++)
                patient = fields[k].with(patient, 1);
            assert_int_equal(patient, OPTOUT_PATIENT_INVALID);
        }
    }
    assert_int_equal(optout_patient_is_valid(OPTOUT_PATIENT_INVALID), 0);
    assert_int_equal(optout_decide(&ruling, OPTOUT_PATIENT_INVALID, &decision), OPTOUT_OK);
    assert_int_equal(decision.verdict, OPTOUT_DENY);
    assert_int_equal(decision.reason, OPTOUT_REASON_INVALID_STATUS);
}

static void reads_every_byte(void **state)
{
    unsigned byte, valid = 0;
    (void)state;
    for (byte = 0; byte < 256; byte++) {
        uint8_t patient = (uint8_t)byte;
        size_t i;
        for (i = 0; i < COUNT(fields); i++)
            assert_int_equal(fields[i].get(patient), (byte >> fields[i].shift) & fields[i].mask);
        assert_int_equal(optout_patient_is_valid(patient),
            optout_patient_type1(patient) < 3 && optout_patient_programme(patient) < 3);
        valid += optout_patient_is_valid(patient);
    }
    assert_int_equal(valid, 144);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_on_every_byte),
        cmocka_unit_test(a_status_that_does_not_exist_denies_for_good),
        cmocka_unit_test(reads_every_byte),
    };
    return cmocka_run_group_tests_name("patient", tests, NULL, NULL);
}
