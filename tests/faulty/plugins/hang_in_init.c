/* Never comes back. */
#include <parlour/parlour.h>
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    (void)host;
    (void)path;
    (void)error;
    for (volatile unsigned i = 0;; ++i) continue;
    return PARLOUR_OK;
}
#define TINY_ID "hang_in_init"
#define TINY_INIT start
#include "support/tiny_game.h"
