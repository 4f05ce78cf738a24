/* Aborts. */
#include <parlour/parlour.h>
#include <stdlib.h>
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    (void)host;
    (void)path;
    (void)error;
    abort();
}
#define TINY_ID "abort_in_init"
#define TINY_INIT start
#include "support/tiny_game.h"
