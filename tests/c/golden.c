/* Compares every answer of the library with the committed ones:
 *
 *     golden tests/golden/answers.tsv
 *
 * Plain C99, so that it also runs where there is no test framework: with the DLL, under Wine. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <optout.h>

enum { FIELDS = 20, ROOM = 1 << 14 };

static char line[ROOM], found[ROOM];
static char *fields[FIELDS];
static optout_ruling ruling;
static optout_register *national;

static uint32_t number(int place)
{
    return (uint32_t)strtoul(fields[place], NULL, 10);
}

/* Cuts the line into its fields. */
static void cut(void)
{
    char *rest = line;
    int count;
    line[strcspn(line, "\r\n")] = '\0';
    for (count = 0; count < FIELDS; count++) {
        fields[count] = rest;
        if (rest[strcspn(rest, "\t")] == '\0')
            rest += strlen(rest);
        else {
            rest += strcspn(rest, "\t");
            *rest++ = '\0';
        }
    }
}

/* Whether the answer is what stands in the line from a field on. */
static int expected(int from)
{
    const char *rest = found;
    int place;
    for (place = from; *rest != '\0' && place < FIELDS; place++) {
        size_t length = strlen(fields[place]);
        if (strncmp(rest, fields[place], length) != 0 || (rest[length] != '\t' && rest[length] != '\0'))
            return 0;
        rest += length + (rest[length] == '\t');
    }
    return *rest == '\0' && (place == FIELDS || *fields[place] == '\0');
}

/* A failure must say in words what is wrong, and success nothing. */
static int judged(optout_status status, const optout_error *error, int from)
{
    if ((status == OPTOUT_OK) != (error->message[0] == '\0') || error->status != status)
        return 0;
    sprintf(found, "%d\t%u", (int)status, (unsigned)error->field);
    return expected(from);
}

static int ask_word(void)
{
    uint32_t value = 0;
    optout_status status = optout_number(number(1), fields[3], strlen(fields[3]), &value, NULL);
    sprintf(found, "%u\t%s", (unsigned)value, optout_code(number(1), number(2)));
    return status == OPTOUT_OK && expected(2);
}

static int ask_number(void)
{
    uint32_t value = 99;
    optout_status status = optout_number(number(1), fields[2], strlen(fields[2]), &value, NULL);
    sprintf(found, "%d\t%u", (int)status, (unsigned)value);
    return expected(3);
}

static int ask_disclosure(void)
{
    optout_disclosure disclosure = OPTOUT_DISCLOSURE_INIT;
    optout_error error = OPTOUT_ERROR_INIT;
    disclosure.on = number(1);
    disclosure.origin = number(2);
    disclosure.boundary = number(3);
    disclosure.identifiability = number(4);
    disclosure.purpose = number(5);
    disclosure.bases = number(6);
    disclosure.conditions = number(7);
    return judged(optout_assess(&disclosure, &ruling, &error), &error, 8);
}

static int ask_flow(void)
{
    optout_error error = OPTOUT_ERROR_INIT;
    return judged(
        optout_assess_flow(fields[1], strlen(fields[1]), number(2), &ruling, &error), &error, 3);
}

static int ask_verdicts(void)
{
    uint8_t patients[256], verdicts[256];
    size_t i;
    int length;
    for (i = 0; i < 256; i++)
        patients[i] = (uint8_t)i;
    length = sprintf(found, "%d\t", (int)optout_decide_many(&ruling, patients, 256, verdicts));
    for (i = 0; i < 256; i++)
        found[length++] = (char)('0' + verdicts[i]);
    found[length] = '\0';
    return expected(1);
}

static int ask_patient(void)
{
    optout_decision it = OPTOUT_DECISION_INIT;
    uint32_t clauses[OPTOUT_CLAUSES_MAX];
    size_t count = 0, i;
    uint8_t patient = OPTOUT_PATIENT_UNKNOWN;
    optout_status status;
    int length;
    patient = optout_patient_with_type1(patient, number(1));
    patient = optout_patient_with_national(patient, number(2));
    patient = optout_patient_with_programme(patient, number(3));
    patient = optout_patient_with_explicit_consent(patient, number(4));
    patient = optout_patient_with_care_objection(patient, number(5));
    status = optout_decide(&ruling, patient, &it);
    if (optout_clauses(&ruling, patient, clauses, OPTOUT_CLAUSES_MAX, &count) != status)
        return 0;
    length = sprintf(found, "%u\t%d\t%d\t%u\t%u\t%u\t%u\t%u\t", (unsigned)patient, (int)status,
        (int)it.verdict, (unsigned)it.reason, (unsigned)it.route, (unsigned)it.blocked_by,
        (unsigned)it.unverified_bases, (unsigned)it.unverified_conditions);
    for (i = 0; i < count; i++)
        length += sprintf(found + length, "%s%u", i == 0 ? "" : ",", (unsigned)clauses[i]);
    if (count == 0)
        strcpy(found + length, "-");
    return expected(6);
}

static int ask_json(void)
{
    int length = sprintf(found, "%d\t",
        (int)optout_decide_json(fields[1], strlen(fields[1]), found + 8, ROOM - 8, NULL));
    memmove(found + length, found + 8, strlen(found + 8) + 1);
    return expected(2);
}

static int ask_register(void)
{
    optout_error error = OPTOUT_ERROR_INIT;
    optout_status status;
    optout_register_free(national);
    status = optout_register_open(fields[1], strlen(fields[1]), number(2), &national, &error);
    sprintf(found, "%d", (int)status);
    return (status == OPTOUT_OK) == (national != NULL) && expected(3);
}

static int ask_national(void)
{
    optout_error error = OPTOUT_ERROR_INIT;
    uint32_t answer = 9;
    optout_status status = optout_register_status(
        national, number(1), fields[2], strlen(fields[2]), &answer, &error);
    sprintf(found, "%d\t%u", (int)status, (unsigned)answer);
    return expected(3);
}

static const struct {
    const char *kind;
    int (*ask)(void);
} kinds[] = {
    { "word", ask_word }, { "number", ask_number }, { "disclosure", ask_disclosure },
    { "flow", ask_flow }, { "verdicts", ask_verdicts }, { "patient", ask_patient },
    { "json", ask_json }, { "register", ask_register }, { "national", ask_national },
};

static int ask(void)
{
    size_t i;
    for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(fields[0], kinds[i].kind) == 0)
            return kinds[i].ask();
    strcpy(found, "a kind of line that this program does not know");
    return 0;
}

int main(int count, char **arguments)
{
    FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
    int place = 0, equal = 0, different = 0;
    if (file == NULL) {
        fputs("usage: golden tests/golden/answers.tsv\n", stderr);
        return 2;
    }
    ruling.struct_size = sizeof ruling;
    while (fgets(line, sizeof line, file) != NULL) {
        place++;
        if (line[0] == '#')
            continue;
        cut();
        if (ask())
            equal++;
        else {
            different++;
            printf("line %d: %s: found %s\n", place, fields[0], found);
        }
    }
    fclose(file);
    optout_register_free(national);
    printf(different > 0 ? "%d answers differ\n" : "%d answers equal\n", different > 0 ? different : equal);
    return different > 0 || equal == 0;
}
