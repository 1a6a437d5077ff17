/* A callout library for InterSystems IRIS (and, with <cdzf.h>, Caché): $ZF asks the C library
 * `optout`. Build it against their header and link it with optout:
 *
 *     cc -shared -fPIC -I<install-dir>/dev/iris-callin/include optout_zf.c \
 *        $(pkg-config --cflags --libs optout) -o optout_zf.so
 *
 * It keeps nothing between calls but the registers that a process opens. A ruling goes to ObjectScript
 * as a string of 4096 bytes and comes back with each question; keep it in a variable of the process, not
 * in a global that is stored, and judge the question again each day and when the library is updated:
 * a ruling does not expire by itself. Each use judges the question in it once more, some microseconds,
 * and refuses a ruling that does not say the same. ZFString, what IRIS reserves for a string that comes
 * out, must be at least 4098 bytes; its default is 32,767. Every function has one output, the value of
 * $ZF:
 *
 *     place  function    arguments                                              value
 *     1      Assess      on, origin, boundary, identifiability, purpose, bases,
 *                        conditions: numbers of optout.h                        ruling
 *     2      AssessFlow  id, on                                                 ruling
 *     3      Failure     ruling           status,field,why it denies everybody; or ""
 *     4      Patient     type1, national, programme, consent, objection         patient, 0 to 255
 *     5      Allowed     ruling, patient                                        1 or 0
 *     6      Decision    ruling, patient      status,verdict,reason,route,blocked_by,
 *                                             unverified_bases,unverified_conditions
 *     7      Clauses     ruling, patient                       numbers parted by commas
 *     8      Number      field, code                                            number, or 0
 *     9      Code        field, number                                          code, or ""
 *     10     DecideJson  a question in a line of JSON                           the answer
 *     11     Open        file of a register, days that its check may be old     register, 1 to 8;
 *                                                                  or a status, less than 0
 *     12     National    register, on, NHS number                  a national status for Patient;
 *                                                                  or a status, less than 0
 *     13     Close       register                                               0
 *
 * A question that cannot be judged still gives a ruling: one that denies everybody, with the reason in
 * the place where Failure finds it. A national status that cannot be told is less than 0, of which
 * Patient makes a patient who is always denied; a host that knows why may give Patient 0, unknown. So a
 * host that checks nothing but Allowed withholds. */
#include <stdio.h>
#include <string.h>

#define ZF_DLL
#include <iris-cdzf.h>

#include <optout.h>

/* The longest that any string is that comes out: a ruling, or an answer in JSON with its NUL. */
enum { LONGEST = 4096 };

/* The ruling that a host passed, at an address of any alignment; one that denies when it is none. */
static void take(const ZARRAYP from, optout_ruling *ruling)
{
    memset(ruling, 0, sizeof *ruling);
    if (from != NULL && from->len == sizeof *ruling)
        memcpy(ruling, from->data, sizeof *ruling);
}

/* Gives a ruling to the host. One that failed carries the error instead: the library refuses it, as
 * anything that it did not judge. */
static int give(optout_ruling *ruling, optout_status status, const optout_error *error, ZARRAYP out)
{
    if (status != OPTOUT_OK) {
        memset(ruling, 0, sizeof *ruling);
        memcpy(ruling->private_, "failed: ", 8);
        memcpy(ruling->private_ + 2, error, sizeof *error);
    }
    memcpy(out->data, ruling, sizeof *ruling);
    out->len = (unsigned short)sizeof *ruling;
    return ZF_SUCCESS;
}

static int zf_assess(int on, int origin, int boundary, int identifiability, int purpose, int bases,
    int conditions, ZARRAYP out)
{
    optout_disclosure disclosure = OPTOUT_DISCLOSURE_INIT;
    optout_ruling ruling = OPTOUT_RULING_INIT;
    optout_error error = OPTOUT_ERROR_INIT;
    optout_status status;
    disclosure.on = (uint32_t)on;
    disclosure.origin = (uint32_t)origin;
    disclosure.boundary = (uint32_t)boundary;
    disclosure.identifiability = (uint32_t)identifiability;
    disclosure.purpose = (uint32_t)purpose;
    disclosure.bases = (uint32_t)bases;
    disclosure.conditions = (uint32_t)conditions;
    status = optout_assess(&disclosure, &ruling, &error);
    return give(&ruling, status, &error, out);
}

static int zf_assess_flow(const char *id, int on, ZARRAYP out)
{
    optout_ruling ruling = OPTOUT_RULING_INIT;
    optout_error error = OPTOUT_ERROR_INIT;
    optout_status status = optout_assess_flow(id, strlen(id), (uint32_t)on, &ruling, &error);
    return give(&ruling, status, &error, out);
}

static int zf_failure(const ZARRAYP from, char *out)
{
    optout_ruling ruling;
    optout_error error = OPTOUT_ERROR_INIT;
    optout_decision decision = OPTOUT_DECISION_INIT;
    take(from, &ruling);
    error.status = optout_decide(&ruling, OPTOUT_PATIENT_UNKNOWN, &decision);
    *out = '\0';
    if (error.status == OPTOUT_OK)
        return ZF_SUCCESS;
    if (memcmp(ruling.private_, "failed: ", 8) == 0)
        memcpy(&error, ruling.private_ + 2, sizeof error);
    else
        strcpy(error.message, optout_status_text(error.status));
    error.message[sizeof error.message - 1] = '\0';
    sprintf(out, "%d,%u,%s", (int)error.status, (unsigned)error.field, error.message);
    return ZF_SUCCESS;
}

static int zf_patient(int type1, int national, int programme, int consent, int objection, int *out)
{
    uint8_t patient = OPTOUT_PATIENT_UNKNOWN;
    patient = optout_patient_with_type1(patient, (uint32_t)type1);
    patient = optout_patient_with_national(patient, (uint32_t)national);
    patient = optout_patient_with_programme(patient, (uint32_t)programme);
    patient = optout_patient_with_explicit_consent(patient, (uint32_t)consent);
    patient = optout_patient_with_care_objection(patient, (uint32_t)objection);
    *out = patient;
    return ZF_SUCCESS;
}

/* A number that is no byte is a patient with an invalid status, who is always denied. */
static uint8_t byte_of(int patient)
{
    return patient >= 0 && patient <= 255 ? (uint8_t)patient : OPTOUT_PATIENT_INVALID;
}

/* A decision, if the ruling is what its question says: optout_clauses judges that again. */
static optout_status decide(const ZARRAYP from, int patient, optout_decision *decision)
{
    static const optout_decision nothing = OPTOUT_DECISION_INIT;
    uint32_t clauses[OPTOUT_CLAUSES_MAX];
    size_t count = 0;
    optout_status status;
    optout_ruling ruling;
    take(from, &ruling);
    status = optout_decide(&ruling, byte_of(patient), decision);
    if (status == OPTOUT_OK)
        status = optout_clauses(&ruling, byte_of(patient), clauses, OPTOUT_CLAUSES_MAX, &count);
    if (status != OPTOUT_OK)
        *decision = nothing;
    return status;
}

static int zf_allowed(const ZARRAYP ruling, int patient, int *out)
{
    optout_decision decision = OPTOUT_DECISION_INIT;
    *out = decide(ruling, patient, &decision) == OPTOUT_OK && decision.verdict == OPTOUT_ALLOW;
    return ZF_SUCCESS;
}

static int zf_decision(const ZARRAYP ruling, int patient, char *out)
{
    optout_decision it = OPTOUT_DECISION_INIT;
    optout_status status = decide(ruling, patient, &it);
    sprintf(out, "%d,%d,%u,%u,%u,%u,%u", (int)status, (int)it.verdict, (unsigned)it.reason,
        (unsigned)it.route, (unsigned)it.blocked_by, (unsigned)it.unverified_bases,
        (unsigned)it.unverified_conditions);
    return ZF_SUCCESS;
}

static int zf_clauses(const ZARRAYP from, int patient, char *out)
{
    optout_ruling ruling;
    uint32_t clauses[OPTOUT_CLAUSES_MAX];
    size_t count = 0, i;
    take(from, &ruling);
    if (optout_clauses(&ruling, byte_of(patient), clauses, OPTOUT_CLAUSES_MAX, &count) != OPTOUT_OK)
        count = 0;
    *out = '\0';
    for (i = 0; i < count; i++)
        out += sprintf(out, "%s%u", i == 0 ? "" : ",", (unsigned)clauses[i]);
    return ZF_SUCCESS;
}

static int zf_number(int field, const char *code, int *out)
{
    uint32_t number = 0;
    if (optout_number((uint32_t)field, code, strlen(code), &number, NULL) != OPTOUT_OK)
        number = 0;
    *out = (int)number;
    return ZF_SUCCESS;
}

static int zf_code(int field, int number, char *out)
{
    strcpy(out, optout_code((uint32_t)field, (uint32_t)number));
    return ZF_SUCCESS;
}

static int zf_decide_json(const char *line, char *out)
{
    optout_status status = optout_decide_json(line, strlen(line), out, LONGEST, NULL);
    return status == OPTOUT_OK || status == OPTOUT_E_QUESTION ? ZF_SUCCESS : ZF_FAILURE;
}

/* A process of IRIS has one thread. */
enum { REGISTERS = 8 };
static optout_register *registers[REGISTERS];

static optout_register **register_of(int place)
{
    static optout_register *none;
    return place >= 1 && place <= REGISTERS ? &registers[place - 1] : &none;
}

static int zf_open(const char *path, int days, int *out)
{
    optout_status status;
    int place = 1;
    while (place <= REGISTERS && *register_of(place) != NULL)
        place++;
    if (place > REGISTERS)
        return ZF_FAILURE;
    status = optout_register_open(path, strlen(path), (uint32_t)days, register_of(place), NULL);
    *out = status == OPTOUT_OK ? place : -status;
    return ZF_SUCCESS;
}

static int zf_national(int place, int on, const char *number, int *out)
{
    uint32_t national = OPTOUT_NATIONAL_UNKNOWN;
    optout_status status = optout_register_status(
        *register_of(place), (uint32_t)on, number, strlen(number), &national, NULL);
    *out = status == OPTOUT_OK ? (int)national : -status;
    return ZF_SUCCESS;
}

static int zf_close(int place, int *out)
{
    optout_register_free(*register_of(place));
    *register_of(place) = NULL;
    *out = 0;
    return ZF_SUCCESS;
}

ZFBEGIN
    ZFENTRY("Assess", "iiiiiiiB", zf_assess)
    ZFENTRY("AssessFlow", "ciB", zf_assess_flow)
    ZFENTRY("Failure", "bC", zf_failure)
    ZFENTRY("Patient", "iiiiiP", zf_patient)
    ZFENTRY("Allowed", "biP", zf_allowed)
    ZFENTRY("Decision", "biC", zf_decision)
    ZFENTRY("Clauses", "biC", zf_clauses)
    ZFENTRY("Number", "icP", zf_number)
    ZFENTRY("Code", "iiC", zf_code)
    ZFENTRY("DecideJson", "cC", zf_decide_json)
    ZFENTRY("Open", "ciP", zf_open)
    ZFENTRY("National", "iicP", zf_national)
    ZFENTRY("Close", "iP", zf_close)
ZFEND
