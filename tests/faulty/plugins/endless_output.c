/* Writes to every descriptor it finds, without end. */
#include <parlour/parlour.h>
#include <string.h>
#include <unistd.h>
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    char block[4096];
    (void)host;
    (void)path;
    (void)error;
    memset(block, 'x', sizeof block);
    for (;;) {
        for (int descriptor = 1; descriptor < 10; ++descriptor) {
            if (write(descriptor, block, sizeof block) < 0) continue;
        }
    }
    return PARLOUR_OK;
}
#define TINY_ID "endless_output"
#define TINY_INIT start
#include "support/tiny_game.h"
