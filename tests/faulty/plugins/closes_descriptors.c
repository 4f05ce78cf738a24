/* Closes what is not its own. */
#include <parlour/parlour.h>
#include <unistd.h>
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    (void)host;
    (void)path;
    (void)error;
    for (int descriptor = 0; descriptor < 64; ++descriptor) close(descriptor);
    return PARLOUR_OK;
}
#define TINY_ID "closes_descriptors"
#define TINY_INIT start
#include "support/tiny_game.h"
