/* An electronic patient record asks before it sends.
 *
 * At start each outgoing flow is judged, and again when the day changes. Then, for every message, the
 * patient's recorded choices are put into one byte, the byte is looked up, and the message goes only
 * where the call succeeds, the verdict is OPTOUT_ALLOW, and the evidence that the decision rests on is
 * on record and valid on that day. Either way one line of audit is written: which message, when, on
 * which flow, what was decided, why, under which clauses, by which edition of the policy, on which
 * evidence, and whether it was sent. It names no patient.
 *
 *     cc examples/epr.c $(pkg-config --cflags --libs optout) && ./a.out
 */
#include <stdio.h>
#include <string.h>

#include <optout.h>

/* What this system knows of a patient, as its own tables have it. */
struct patient_row {
    const char *message; /* what identifies the message in the audit trail */
    uint32_t on;         /* the day that it is to go; a real hook asks its clock */
    char type1;          /* 'D' dissent recorded, 'N' looked up and none, '?' never looked up */
    char national;       /* 'O' opted out, 'N' checked and none, '?' not checked */
    int consented;       /* to this study, recorded and not withdrawn: 1 or 0; -1 not looked up */
};

/* What somebody has checked of an assertion: its reference, and from when until when it is valid. */
struct evidence {
    uint32_t bases;
    uint32_t conditions;
    const char *reference;
    uint32_t from;
    uint32_t until;
};

/* An outgoing interface: its question, the ruling of the day, and the evidence for what it asserts. */
struct outgoing {
    const char *name;
    optout_disclosure disclosure;
    optout_ruling ruling;
    uint32_t judged_on; /* 0 while nothing was judged */
    const struct evidence *evidence;
    size_t evidence_count;
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
    /* As it is: a number other than 0 and 1 makes a patient who is always denied. */
    return optout_patient_with_explicit_consent(patient, (uint32_t)row->consented);
}

/* Whether everything unverified that a decision rests on has evidence on record, valid on the day. */
static int is_covered(const struct outgoing *outgoing, uint32_t on, const optout_decision *decision)
{
    uint32_t bases = decision->unverified_bases, conditions = decision->unverified_conditions;
    size_t i;
    for (i = 0; i < outgoing->evidence_count; i++) {
        const struct evidence *evidence = &outgoing->evidence[i];
        if (evidence->from <= on && on <= evidence->until) {
            bases &= ~evidence->bases;
            conditions &= ~evidence->conditions;
        }
    }
    return bases == 0 && conditions == 0;
}

static void write_audit(const struct outgoing *outgoing, const struct patient_row *row, uint8_t patient,
    const optout_decision *decision, const char *evidence, int sent)
{
    uint32_t clauses[OPTOUT_CLAUSES_MAX];
    size_t count = 0, i;

    printf("%s on=%u flow=%s sent=%s verdict=%s reason=%s route=%s policy=%s evidence=%s clauses=",
        row->message, (unsigned)row->on, outgoing->name, sent ? "yes" : "no",
        decision->verdict == OPTOUT_ALLOW ? "allow" : "deny",
        optout_code(OPTOUT_FIELD_REASON, decision->reason),
        decision->route == OPTOUT_ROUTE_NONE ? "none"
                                             : optout_code(OPTOUT_FIELD_ROUTE, decision->route),
        optout_policy_edition(), evidence);
    if (optout_clauses(&outgoing->ruling, patient, clauses, OPTOUT_CLAUSES_MAX, &count) != OPTOUT_OK)
        count = 0;
    for (i = 0; i < count; i++)
        printf("%s%s", i == 0 ? "" : ",", optout_code(OPTOUT_FIELD_CLAUSE, clauses[i]));
    printf("\n");
}

/* Judges the flow for a day: into a fresh ruling, which then takes the place of the old one. In a
 * program with threads, under a lock. On a day that cannot be judged nothing is sent. */
static int judge(struct outgoing *outgoing, uint32_t on)
{
    optout_ruling fresh = OPTOUT_RULING_INIT;
    optout_error error = OPTOUT_ERROR_INIT;
    outgoing->disclosure.on = on;
    if (optout_assess(&outgoing->disclosure, &fresh, &error) != OPTOUT_OK) {
        fprintf(stderr, "%s: %s\n", outgoing->name, error.message);
        return 0;
    }
    outgoing->ruling = fresh;
    outgoing->judged_on = on;
    return 1;
}

/* The send hook: 1 when the message may go. */
static int may_send(struct outgoing *outgoing, const struct patient_row *row)
{
    optout_decision decision = OPTOUT_DECISION_INIT;
    uint8_t patient = patient_byte(row);
    optout_status status;
    const char *evidence = "none-needed";
    int sent;

    if (row->on != outgoing->judged_on && !judge(outgoing, row->on))
        return 0;
    status = optout_decide(&outgoing->ruling, patient, &decision);
    if (status != OPTOUT_OK)
        fprintf(stderr, "%s: %s\n", row->message, optout_status_text(status));
    if (decision.unverified_bases != 0 || decision.unverified_conditions != 0)
        evidence = is_covered(outgoing, row->on, &decision) ? "on-record" : "lacking";
    sent = status == OPTOUT_OK && decision.verdict == OPTOUT_ALLOW && strcmp(evidence, "lacking") != 0;
    write_audit(outgoing, row, patient, &decision, evidence, sent);
    return sent;
}

int main(void)
{
    static const struct patient_row queue[] = {
        { "msg-1001", 20260601, 'N', 'N', 0 },
        { "msg-1002", 20260601, 'D', 'N', 0 },
        { "msg-1003", 20260601, 'N', 'O', 0 },
        { "msg-1004", 20260601, '?', 'N', 0 },
        { "msg-1005", 20260601, 'D', 'O', 1 },
        { "msg-1006", 20260601, 'N', '?', 1 },
        { "msg-1007", 20260601, 'D', 'O', -1 },
        { "msg-1008", 20260602, 'N', 'N', 0 }, /* the support ended the day before */
        { "msg-1009", 20260602, 'N', 'N', 1 },
    };
    static const struct evidence support[] = {
        { OPTOUT_BASIS_COPI_REG_5, 0, "CAG reference", 20250601, 20260601 },
    };
    static struct outgoing registry;
    size_t i;
    int sent = 0;

    if (optout_abi_version() != OPTOUT_ABI_VERSION) {
        fprintf(stderr, "optout: another version of the library is installed\n");
        return 2;
    }

    /* A practice sends records to a disease register that holds section 251 support, and some of its
     * patients have consented. */
    registry.name = "disease-register";
    registry.evidence = support;
    registry.evidence_count = sizeof support / sizeof *support;
    registry.disclosure.struct_size = sizeof registry.disclosure;
    registry.disclosure.origin = OPTOUT_ORIGIN_GP_RECORD;
    registry.disclosure.boundary = OPTOUT_BOUNDARY_BEYOND_CONTROLLER;
    registry.disclosure.identifiability = OPTOUT_IDENTIFIABILITY_IDENTIFIABLE;
    registry.disclosure.purpose = OPTOUT_PURPOSE_DISEASE_REGISTRATION;
    registry.disclosure.bases = OPTOUT_BASIS_COPI_REG_5 | OPTOUT_BASIS_EXPLICIT_CONSENT;
    /* A system does not start on a question that cannot be judged. */
    if (!judge(&registry, queue[0].on))
        return 2;

    for (i = 0; i < sizeof queue / sizeof *queue; i++)
        sent += may_send(&registry, &queue[i]);
    printf("sent %d of %d\n", sent, (int)(sizeof queue / sizeof *queue));
    return 0;
}
