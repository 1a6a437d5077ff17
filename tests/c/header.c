/* The header compiles by itself, twice over, in every dialect, and its structures can be started from
 * their initialisers. */
#include "optout.h"
#include "optout.h"

int header(void);

int header(void)
{
    optout_disclosure disclosure = OPTOUT_DISCLOSURE_INIT;
    optout_ruling ruling = OPTOUT_RULING_INIT;
    optout_decision decision = OPTOUT_DECISION_INIT;
    optout_error error = OPTOUT_ERROR_INIT;
    optout_status status;
#ifndef OPTOUT_DECISIONS_ONLY
    optout_register_info info = OPTOUT_REGISTER_INFO_INIT;

    if (optout_register_describe(NULL, &info) == OPTOUT_OK)
        return 2;
#endif

    disclosure.bases = OPTOUT_BASIS_COPI_REG_5 | OPTOUT_BASIS_EXPLICIT_CONSENT;
    status = optout_assess(&disclosure, &ruling, &error);
    if (status == OPTOUT_OK)
        status = optout_decide(&ruling, OPTOUT_PATIENT_UNKNOWN, &decision);
    return status == OPTOUT_OK && decision.verdict == OPTOUT_ALLOW;
}
