/* Loads the callout library as IRIS does, by its table, and compares every answer with the committed
 * ones. It stands in for ObjectScript: each call is $ZF(-5, library, place, arguments ...).
 *
 *     golden ./optout_zf.so tests/golden/answers.tsv */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <iris-cdzf.h>

enum { FIELDS = 20, ROOM = 32768 };
enum { ASSESS, ASSESS_FLOW, FAILURE, PATIENT, ALLOWED, DECISION, CLAUSES, NUMBER, CODE, DECIDE_JSON,
    OPEN, NATIONAL, CLOSE, PLACES };

static const char *const linkages[PLACES] = { "iiiiiiiB", "ciB", "bC", "iiiiiP", "biP", "biC", "biC",
    "icP", "iiC", "cC", "ciP", "iicP", "iP" };

static int national = 0;

static const struct stub_entry *table;
static char line[ROOM], found[2 * ROOM], text[ROOM];
static char *fields[FIELDS];

/* The value of $ZF that is a ruling: a counted string of at most 32,767 bytes. */
static union {
    struct zarray counted;
    unsigned char room[ROOM + 2];
} ruling;

static int number(int place)
{
    return (int)strtoul(fields[place], NULL, 10);
}

static void cut(void)
{
    char *rest = line;
    int count;
    line[strcspn(line, "\n")] = '\0';
    for (count = 0; count < FIELDS; count++) {
        fields[count] = rest;
        rest += strcspn(rest, "\t");
        if (*rest != '\0')
            *rest++ = '\0';
    }
}

/* The call of a function by its place, as the type that its linkage says. */
#define CALL(place, type, arguments) (((int (*) type)table[place].function) arguments == 0)

static int code_is(int field, int value, const char *code)
{
    return CALL(CODE, (int, int, char *), (field, value, text)) && strcmp(text, code) == 0;
}

static int number_is(int field, const char *code, int value)
{
    int answer = -1;
    return CALL(NUMBER, (int, const char *, int *), (field, code, &answer)) && answer == value;
}

/* Status and field of a ruling that was just judged; a failure says why in words. */
static int judged(int status, int field)
{
    int length = sprintf(found, "%d,%d,", status, field);
    if (!CALL(FAILURE, (ZARRAYP, char *), (&ruling.counted, text)))
        return 0;
    if (status == 0)
        return *text == '\0';
    return strncmp(text, found, (size_t)length) == 0 && text[length] != '\0';
}

static int ask_disclosure(void)
{
    return CALL(ASSESS, (int, int, int, int, int, int, int, ZARRAYP),
               (number(1), number(2), number(3), number(4), number(5), number(6), number(7),
                   &ruling.counted))
        && judged(number(8), number(9));
}

static int ask_flow(void)
{
    return CALL(ASSESS_FLOW, (const char *, int, ZARRAYP), (fields[1], number(2), &ruling.counted))
        && judged(number(3), number(4));
}

/* There is no call for many; each is asked for alone. */
static int ask_verdicts(void)
{
    int patient, allowed = -1;
    for (patient = 0; patient < 256; patient++)
        if (!CALL(ALLOWED, (ZARRAYP, int, int *), (&ruling.counted, patient, &allowed))
                || allowed != fields[2][patient] - '0')
            return 0;
    /* What is no byte, and what is no ruling, are denied. */
    ruling.counted.len--;
    if (!CALL(ALLOWED, (ZARRAYP, int, int *), (&ruling.counted, 5, &allowed)) || allowed != 0)
        return 0;
    ruling.counted.len++;
    return CALL(ALLOWED, (ZARRAYP, int, int *), (&ruling.counted, 261, &allowed)) && allowed == 0
        && CALL(ALLOWED, (ZARRAYP, int, int *), (&ruling.counted, -1, &allowed)) && allowed == 0;
}

static int ask_patient(void)
{
    int patient = -1;
    if (!CALL(PATIENT, (int, int, int, int, int, int *),
            (number(1), number(2), number(3), number(4), number(5), &patient))
            || patient != number(6)
            || !CALL(DECISION, (ZARRAYP, int, char *), (&ruling.counted, patient, text)))
        return 0;
    sprintf(found, "%s,%s,%s,%s,%s,%s,%s", fields[7], fields[8], fields[9], fields[10], fields[11],
        fields[12], fields[13]);
    if (strcmp(text, found) != 0)
        return 0;
    return CALL(CLAUSES, (ZARRAYP, int, char *), (&ruling.counted, patient, text))
        && strcmp(*text == '\0' ? "-" : text, fields[14]) == 0;
}

static int ask_register(void)
{
    if (!CALL(OPEN, (const char *, int, int *), (fields[1], number(2), &national)))
        return 0;
    return number(3) == 0 ? national > 0 : national == -number(3);
}

/* Of a status less than 0 comes a patient who is denied. */
static int ask_national(void)
{
    int answer = 99, patient = -1;
    return CALL(NATIONAL, (int, int, const char *, int *), (national, number(1), fields[2], &answer))
        && (number(3) == 0 ? answer == number(4) : answer == -number(3) && number(4) == 0)
        && CALL(PATIENT, (int, int, int, int, int, int *), (1, answer, 1, 1, 0, &patient))
        && (patient == 255) == (answer < 0);
}

/* Whatever is done to one byte of a ruling, nobody is allowed who was not, and what it says of others
 * is refused: 5 is a patient without an opt-out, 9 one with the national opt-out, for whom it is denied. */
static int changed(void)
{
    int place, answer = -1, noticed = 0;
    if (!CALL(ASSESS, (int, int, int, int, int, int, int, ZARRAYP),
            (20260601, 1, 2, 1, 25, 256, 0, &ruling.counted))
            || !CALL(ALLOWED, (ZARRAYP, int, int *), (&ruling.counted, 5, &answer)) || answer != 1)
        return 0;
    for (place = 0; place < ruling.counted.len; place++) {
        int other = -1;
        ruling.counted.data[place] ^= 1;
        if (!CALL(ALLOWED, (ZARRAYP, int, int *), (&ruling.counted, 9, &other)) || other != 0
                || !CALL(ALLOWED, (ZARRAYP, int, int *), (&ruling.counted, 5, &answer)))
            return 0;
        noticed += answer == 0;
        ruling.counted.data[place] ^= 1;
    }
    /* All of the question and both tables of 256, at least; what is behind them is not used. */
    return noticed > 512;
}

/* What is closed, and what was never open, knows nobody. */
static int closed(void)
{
    int answer = -1;
    return CALL(CLOSE, (int, int *), (national, &answer)) && answer == 0
        && CALL(NATIONAL, (int, int, const char *, int *), (national, 20260601, "9434700027", &answer))
        && answer == -1
        && CALL(NATIONAL, (int, int, const char *, int *), (99, 20260601, "9434700027", &answer))
        && answer == -1;
}

static int ask(void)
{
    const char *kind = fields[0];
    if (strcmp(kind, "register") == 0)
        return ask_register();
    if (strcmp(kind, "national") == 0)
        return ask_national();
    if (strcmp(kind, "word") == 0)
        return number_is(number(1), fields[3], number(2)) && code_is(number(1), number(2), fields[3]);
    if (strcmp(kind, "number") == 0)
        return number_is(number(1), fields[2], number(4));
    if (strcmp(kind, "disclosure") == 0)
        return ask_disclosure();
    if (strcmp(kind, "flow") == 0)
        return ask_flow();
    if (strcmp(kind, "verdicts") == 0)
        return ask_verdicts();
    if (strcmp(kind, "patient") == 0)
        return ask_patient();
    return strcmp(kind, "json") == 0
        && CALL(DECIDE_JSON, (const char *, char *), (fields[1], text))
        && strcmp(text, fields[3]) == 0;
}

/* The table of the library, if each place has the parameters that this program calls it with. */
static int load(const char *path)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const struct stub_entry *(*get)(void) = NULL;
    int place;
    if (library != NULL)
        *(void **)&get = dlsym(library, "GetZFTable");
    if (get == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 0;
    }
    table = get();
    for (place = 0; place < PLACES; place++)
        if (table[place].name == NULL || strcmp(table[place].linkage, linkages[place]) != 0) {
            fprintf(stderr, "function %d has another linkage\n", place + 1);
            return 0;
        }
    return table[PLACES].name == NULL;
}

int main(int count, char **arguments)
{
    FILE *file = count == 3 ? fopen(arguments[2], "rb") : NULL;
    int place = 0, equal = 0, different = 0;
    if (file == NULL) {
        fputs("usage: golden optout_zf.so answers.tsv\n", stderr);
        return 2;
    }
    if (!load(arguments[1]))
        return 2;
    while (fgets(line, sizeof line, file) != NULL) {
        place++;
        if (line[0] == '#')
            continue;
        cut();
        if (ask())
            equal++;
        else {
            different++;
            printf("line %d: %s: the last answer was %s\n", place, fields[0], text);
        }
    }
    fclose(file);
    different += !closed() + !changed();
    printf(different > 0 ? "%d answers differ\n" : "%d answers equal\n", different > 0 ? different : equal);
    return different > 0 || equal == 0;
}
