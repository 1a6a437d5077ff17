/* A panic inside the library is caught, is a status, prints nothing, and harms no later call: what
 * test_panic.c tests, in plain C for where there is no cmocka. On Windows catching one depends on how the
 * DLL was linked. Built against a library with a function that panics, which no other build has. */
#include <stdio.h>

#include <optout.h>

OPTOUT_API optout_status optout_test_panic(void);

int main(void)
{
    int i;
    for (i = 0; i < 1000; i++) {
        optout_ruling ruling = OPTOUT_RULING_INIT;
        if (optout_test_panic() != OPTOUT_E_INTERNAL)
            return 1;
        if (optout_assess_flow("cprd", 4, 20260601, &ruling, NULL) != OPTOUT_OK)
            return 2;
    }
    puts("1000 panics caught");
    return 0;
}
