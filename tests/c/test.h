/* What every suite needs: cmocka, the header, and a question that can be judged. */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "optout.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A trust sends identifiable records for research on section 251 support: the national opt-out binds. */
static inline optout_disclosure research(void)
{
    optout_disclosure disclosure = OPTOUT_DISCLOSURE_INIT;
    disclosure.on = 20260601;
    disclosure.origin = OPTOUT_ORIGIN_ENGLAND_CARE;
    disclosure.boundary = OPTOUT_BOUNDARY_BEYOND_CONTROLLER;
    disclosure.identifiability = OPTOUT_IDENTIFIABILITY_IDENTIFIABLE;
    disclosure.purpose = OPTOUT_PURPOSE_RESEARCH;
    disclosure.bases = OPTOUT_BASIS_COPI_REG_5;
    return disclosure;
}

static inline optout_ruling judged(const optout_disclosure *disclosure)
{
    optout_ruling ruling = OPTOUT_RULING_INIT;
    assert_int_equal(optout_assess(disclosure, &ruling, NULL), OPTOUT_OK);
    return ruling;
}

static inline optout_ruling research_ruling(void)
{
    optout_disclosure disclosure = research();
    return judged(&disclosure);
}

#ifndef OPTOUT_DECISIONS_ONLY
/* The register that capi/tests/register.rs makes, to be used for some days after its check. */
static inline optout_register *opened(uint32_t days)
{
    optout_register *handle = NULL;
    optout_error error = OPTOUT_ERROR_INIT;
    assert_int_equal(
        optout_register_open(REGISTER, sizeof REGISTER - 1, days, &handle, &error), OPTOUT_OK);
    assert_int_equal(error.status, OPTOUT_OK);
    assert_non_null(handle);
    return handle;
}
#endif

/* A decision full of what a careless host would take for permission. */
static inline optout_decision dirty(void)
{
    optout_decision decision;
    memset(&decision, 1, sizeof decision);
    decision.struct_size = sizeof decision;
    decision.verdict = OPTOUT_ALLOW;
    return decision;
}

static inline void assert_not_decided(const optout_decision *decision)
{
    assert_int_equal(decision->verdict, OPTOUT_DENY);
    assert_int_equal(decision->reason, OPTOUT_REASON_NOT_DECIDED);
    assert_int_equal(decision->route, OPTOUT_ROUTE_NONE);
    assert_int_equal(decision->blocked_by, 0);
    assert_int_equal(decision->unverified_bases, 0);
    assert_int_equal(decision->unverified_conditions, 0);
    assert_int_equal(decision->reserved, 0);
}

/* Nobody is allowed by this ruling, by any of the functions. */
static inline void assert_denies_everybody(const optout_ruling *ruling, optout_status status)
{
    unsigned byte;
    for (byte = 0; byte < 256; byte++) {
        uint8_t patient = (uint8_t)byte, verdict = OPTOUT_ALLOW;
        optout_decision one = dirty(), each = dirty();
        assert_int_equal(optout_decide(ruling, patient, &one), status);
        assert_int_equal(optout_decide_many(ruling, &patient, 1, &verdict), status);
        assert_int_equal(optout_decide_each(ruling, &patient, 1, &each, sizeof each), status);
        assert_not_decided(&one);
        assert_not_decided(&each);
        assert_int_equal(verdict, OPTOUT_DENY);
    }
}

#endif
