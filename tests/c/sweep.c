/* Memory may end at any time: each function that asks for some is called in a process of its own that
 * may have 4 KiB more of address space than it holds, then 8, and so on until the call succeeds. No
 * process ends by a signal, and each call gives its status or OPTOUT_E_MEMORY.
 *
 *     sweep REGISTER
 *
 * Not under sanitizers or valgrind, which want address space of their own. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"

enum { STEP = 4096, STACK = 1 << 17, CANNOT = 100 };

/* Bytes of address space that the process holds, told without asking for any. */
static rlim_t held(void)
{
    char text[64];
    const int statm = open("/proc/self/statm", O_RDONLY);
    const ssize_t length = read(statm, text, sizeof text - 1);
    rlim_t pages = 0;
    ssize_t i;
    close(statm);
    for (i = 0; i < length && text[i] >= '0' && text[i] <= '9'; i++)
        pages = pages * 10 + (rlim_t)(text[i] - '0');
    return pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* The stack that a call may need is there before memory ends. */
static void touch_stack(void)
{
    volatile char room[STACK];
    size_t i;
    for (i = 0; i < sizeof room; i += STEP)
        room[i] = 1;
}

/* The status of a call in a process of its own; -1 where the process did not end by itself. */
static int in_little_memory(optout_status (*call)(void), rlim_t more)
{
    int ended = 0;
    const pid_t child = fork();
    if (child < 0)
        return CANNOT;
    if (child == 0) {
        struct rlimit little;
        touch_stack();
        if (getrlimit(RLIMIT_AS, &little) != 0)
            _exit(CANNOT);
        little.rlim_cur = held() + more;
        if (setrlimit(RLIMIT_AS, &little) != 0)
            _exit(CANNOT);
        _exit(call());
    }
    if (waitpid(child, &ended, 0) != child)
        return CANNOT;
    return WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
}

int main(int count, char **arguments)
{
    static const struct {
        const char *name;
        optout_status (*call)(void);
        optout_status expected;
        /* How often memory is wanting, at least. */
        unsigned least;
    } calls[] = {
        { "optout_assess", call_optout_assess, OPTOUT_OK, 0 },
        { "optout_assess_flow", call_optout_assess_flow, OPTOUT_OK, 0 },
        { "optout_clauses", call_optout_clauses, OPTOUT_OK, 0 },
        { "optout_explain", call_optout_explain, OPTOUT_OK, 0 },
        { "optout_number", call_optout_number, OPTOUT_OK, 0 },
        { "optout_number, not UTF-8", number_long, OPTOUT_OK, 0 },
        { "optout_register_status", call_optout_register_status, OPTOUT_OK, 0 },
        { "optout_register_status_many", call_optout_register_status_many, OPTOUT_OK, 0 },
        { "optout_register_describe", call_optout_register_describe, OPTOUT_OK, 0 },
        { "optout_nhs_number_parse", call_optout_nhs_number_parse, OPTOUT_OK, 0 },
        { "optout_register_open", call_optout_register_open, OPTOUT_OK, 500 },
        { "optout_register_open, no file", register_not_there, OPTOUT_OK, 0 },
        { "optout_decide_json, long", call_optout_decide_json, OPTOUT_OK, 0 },
        { "optout_decide_json, escapes", json_escapes, OPTOUT_E_QUESTION, 20 },
        { "optout_decide_json, key", json_key, OPTOUT_E_QUESTION, 20 },
        { "optout_decide_json, code", json_code, OPTOUT_E_QUESTION, 20 },
        { "optout_decide_json, deep", json_deep, OPTOUT_E_QUESTION, 20 },
        { "optout_decide_json, deeper", json_deeper, OPTOUT_E_QUESTION, 0 },
        { "optout_decide_json, flow", json_flow, OPTOUT_E_QUESTION, 0 },
        { "optout_decide_json, cut", json_cut, OPTOUT_E_QUESTION, 0 },
    };
    size_t i;
    int failed = 0;
    if (count != 2)
        return 2;
    prepare(arguments[1]);
    if (call_optout_assess() != OPTOUT_OK || call_optout_register_open() != OPTOUT_OK)
        return 2;
    for (i = 0; i < COUNT(calls); i++) {
        unsigned wanting = 0, others = 0;
        int status;
        do {
            status = in_little_memory(calls[i].call, (rlim_t)(wanting + others) * STEP);
            if (status == OPTOUT_E_MEMORY)
                wanting++;
            else if (status != calls[i].expected)
                others++;
        } while (status != calls[i].expected && others == 0 && wanting < 1 << 16);
        printf("%-32s memory was wanting %4u times", calls[i].name, wanting);
        if (others > 0)
            printf(", then %s %d", status < 0 ? "a signal" : "the status", status);
        printf("\n");
        fflush(stdout);
        if (others > 0 || status != calls[i].expected || wanting < calls[i].least)
            failed = 1;
    }
    return failed;
}
