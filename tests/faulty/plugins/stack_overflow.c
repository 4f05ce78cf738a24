/* Calls itself for ever. */
#include <parlour/parlour.h>
static int deeper(volatile int *above) {
    volatile int here[1000];
    here[0] = *above + 1;
    return deeper(here) + here[0];
}
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    volatile int zero = 0;
    (void)host;
    (void)path;
    (void)error;
    return deeper(&zero) == 0 ? PARLOUR_OK : PARLOUR_E_FAIL;
}
#define TINY_ID "stack_overflow"
#define TINY_INIT start
#include "support/tiny_game.h"
