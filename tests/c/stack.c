/* Each function runs on a stack as large as the header says that it needs, between two pages that may
 * not be touched. The first call of each also looks the function up, so that this counts too.
 *
 *     stack REGISTER          for each function the bytes that were used, and those that are stated
 *
 * `stack.inc` is made of the header's table: a line STACK(function, bytes) each. */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "calls.h"

/* Worse inputs of functions that have several; each runs on the stack of its function. */
static optout_status all_of_json(void)
{
    static optout_status (*const more[])(void) = { call_optout_decide_json, json_escapes, json_key,
        json_code, json_deep, json_deeper, json_flow, json_cut };
    size_t i;
    for (i = 0; i < COUNT(more); i++) {
        const optout_status status = more[i]();
        if (status != OPTOUT_OK && status != OPTOUT_E_QUESTION)
            return status;
    }
    return OPTOUT_OK;
}

static optout_status all_of_open(void)
{
    return register_not_there() == OPTOUT_OK ? call_optout_register_open() : OPTOUT_E_INTERNAL;
}

/* What a call of ours takes before it calls the library. */
enum { OURS = 512, PAINT = 0xA5 };

static ucontext_t here, there;
static optout_status (*running)(void);
static volatile optout_status came_back;

static void run(void) { came_back = running(); }

/* Whether a call comes back well from a stack of its own. */
static int runs(optout_status (*call)(void), void *stack, size_t size)
{
    running = call;
    came_back = OPTOUT_E_INTERNAL;
    if (getcontext(&there) != 0)
        return 0;
    there.uc_stack.ss_sp = stack;
    there.uc_stack.ss_size = size;
    there.uc_link = &here;
    makecontext(&there, run, 0);
    return swapcontext(&here, &there) == 0 && came_back == OPTOUT_OK;
}

/* How many bytes of the stack a call uses, of those that are stated; 0 when it fails. */
static size_t used(optout_status (*call)(void), size_t stated)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE), size = stated + OURS;
    const size_t whole = (size + page - 1) / page * page;
    unsigned char *room = mmap(
        NULL, whole + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    unsigned char *stack = room + page;
    size_t untouched = 0;
    if (room == MAP_FAILED || mprotect(stack, whole, PROT_READ | PROT_WRITE) != 0)
        return 0;
    memset(stack, PAINT, whole);
    /* As much as is stated, down to the page that may not be touched. */
    if (!runs(call, stack, size))
        return 0;
    while (untouched < size && stack[untouched] == PAINT)
        untouched++;
    if (munmap(room, whole + 2 * page) != 0)
        return 0;
    return size - untouched > OURS ? size - untouched - OURS : 1;
}

int main(int count, char **arguments)
{
    static const struct {
        const char *name;
        optout_status (*call)(void);
        size_t stated;
    } functions[] = {
#define STACK(function, bytes) { #function, call_##function, bytes },
#define call_optout_decide_json all_of_json
#define call_optout_register_open all_of_open
#include "stack.inc"
    };
    size_t i;
    int failed = 0;
    if (count != 2)
        return 2;
    prepare(arguments[1]);
    for (i = 0; i < COUNT(functions); i++) {
        const size_t bytes = used(functions[i].call, functions[i].stated);
        printf("%-40s %6zu of %6zu\n", functions[i].name, bytes, functions[i].stated);
        fflush(stdout);
        /* A fifth is left for other compilers and processors. */
        if (bytes == 0 || bytes + functions[i].stated / 5 > functions[i].stated)
            failed = 1;
    }
    return failed;
}
