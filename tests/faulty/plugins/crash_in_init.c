/* Reads where there is nothing. */
#include <parlour/parlour.h>
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    (void)host;
    (void)path;
    (void)error;
    return *(volatile parlour_status *)(uintptr_t)64;
}
#define TINY_ID "crash_in_init"
#define TINY_INIT start
#include "support/tiny_game.h"
