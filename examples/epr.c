/* An electronic patient record asks before it sends.
 *
 * Once, at start, each outgoing flow is judged. Then, for every message, the patient's recorded choices
 * are put into one byte, the byte is looked up, and the message goes only on OPTOUT_ALLOW. Either way
 * one line of audit is written: which message, on which flow, what was decided, why, under which
 * clauses, by which edition of the policy. It names no patient.
 *
 *     cc examples/epr.c $(pkg-config --cflags --libs optout) && ./a.out
 */
#include <stdio.h>
#include <string.h>

#include <optout.h>

/* What this system knows of a patient, as its own tables have it. */
struct patient_row {
    const char *message; /* what identifies the message in the audit trail */
    char type1;          /* 'D' dissent recorded, 'N' looked up and none, '?' never looked up */
    char national;       /* 'O' opted out, 'N' checked and none, '?' not checked */
    int consented;       /* to this study, recorded and not withdrawn */
};

/* An outgoing interface, with its disclosure judged when the system starts. */
struct outgoing {
    const char *name;
    optout_ruling ruling;
};

/* The table's letters as statuses. Whatever is not a clear answer is unknown, and unknown denies. */
static uint32_t type1_status(char letter)
{
    switch (letter) {
    case 'D': return OPTOUT_TYPE1_DISSENT;
    case 'N': return OPTOUT_TYPE1_NONE;
    default: return OPTOUT_TYPE1_UNKNOWN;
    }
}

static uint32_t national_status(char letter)
{
    switch (letter) {
    case 'O': return OPTOUT_NATIONAL_OPTED_OUT;
    case 'N': return OPTOUT_NATIONAL_NONE;
    default: return OPTOUT_NATIONAL_UNKNOWN;
    }
}

static uint8_t patient_byte(const struct patient_row *row)
{
    uint8_t patient = OPTOUT_PATIENT_UNKNOWN;
    patient = optout_patient_with_type1(patient, type1_status(row->type1));
    patient = optout_patient_with_national(patient, national_status(row->national));
    return optout_patient_with_explicit_consent(patient, row->consented ? 1 : 0);
}

static void write_audit(
    const struct outgoing *outgoing, const char *message, uint8_t patient, const optout_decision *decision)
{
    uint32_t clauses[OPTOUT_CLAUSES_MAX];
    size_t count = 0, i;
    int verified = decision->unverified_bases == 0 && decision->unverified_conditions == 0;

    printf("%s flow=%s verdict=%s reason=%s route=%s policy=%s evidence=%s clauses=", message,
        outgoing->name, decision->verdict == OPTOUT_ALLOW ? "allow" : "deny",
        optout_code(OPTOUT_FIELD_REASON, decision->reason),
        decision->route == OPTOUT_ROUTE_NONE ? "none"
                                             : optout_code(OPTOUT_FIELD_ROUTE, decision->route),
        optout_policy_edition(), verified ? "none-needed" : "unverified");
    if (optout_clauses(&outgoing->ruling, patient, clauses, OPTOUT_CLAUSES_MAX, &count) != OPTOUT_OK)
        count = 0;
    for (i = 0; i < count; i++)
        printf("%s%s", i == 0 ? "" : ",", optout_code(OPTOUT_FIELD_CLAUSE, clauses[i]));
    printf("\n");
}

/* The send hook: 1 when the message may go. */
static int may_send(const struct outgoing *outgoing, const struct patient_row *row)
{
    optout_decision decision = OPTOUT_DECISION_INIT;
    uint8_t patient = patient_byte(row);
    optout_status status = optout_decide(&outgoing->ruling, patient, &decision);

    if (status != OPTOUT_OK)
        fprintf(stderr, "%s: %s\n", row->message, optout_status_text(status));
    write_audit(outgoing, row->message, patient, &decision);
    return decision.verdict == OPTOUT_ALLOW;
}

/* Judges the flow; the system does not start on a question that cannot be judged. */
static int start(struct outgoing *outgoing, const optout_disclosure *disclosure)
{
    optout_error error = OPTOUT_ERROR_INIT;
    outgoing->ruling.struct_size = sizeof outgoing->ruling;
    if (optout_assess(disclosure, &outgoing->ruling, &error) == OPTOUT_OK)
        return 1;
    fprintf(stderr, "%s: %s\n", outgoing->name, error.message);
    return 0;
}

int main(void)
{
    static const struct patient_row queue[] = {
        { "msg-1001", 'N', 'N', 0 },
        { "msg-1002", 'D', 'N', 0 },
        { "msg-1003", 'N', 'O', 0 },
        { "msg-1004", '?', 'N', 0 },
        { "msg-1005", 'D', 'O', 1 },
        { "msg-1006", 'N', '?', 1 },
    };
    struct outgoing registry;
    optout_disclosure disclosure = OPTOUT_DISCLOSURE_INIT;
    size_t i;
    int sent = 0;

    if (optout_abi_version() != OPTOUT_ABI_VERSION) {
        fprintf(stderr, "optout: another version of the library is installed\n");
        return 2;
    }

    /* A practice sends records to a disease register that holds section 251 support, and some of its
     * patients have consented. */
    disclosure.on = 20260601;
    disclosure.origin = OPTOUT_ORIGIN_GP_RECORD;
    disclosure.boundary = OPTOUT_BOUNDARY_BEYOND_CONTROLLER;
    disclosure.identifiability = OPTOUT_IDENTIFIABILITY_IDENTIFIABLE;
    disclosure.purpose = OPTOUT_PURPOSE_DISEASE_REGISTRATION;
    disclosure.bases = OPTOUT_BASIS_COPI_REG_5 | OPTOUT_BASIS_EXPLICIT_CONSENT;
    memset(&registry, 0, sizeof registry);
    registry.name = "disease-register";
    if (!start(&registry, &disclosure))
        return 2;

    for (i = 0; i < sizeof queue / sizeof *queue; i++)
        sent += may_send(&registry, &queue[i]);
    printf("sent %d of %d\n", sent, (int)(sizeof queue / sizeof *queue));
    return 0;
}
