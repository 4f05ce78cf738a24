/* Refuses to start and fills its error with bytes that never end. */
#include <parlour/parlour.h>
#include <string.h>
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    (void)host;
    (void)path;
    memset(error->text, 0xff, sizeof error->text);
    return PARLOUR_E_FAIL;
}
#define TINY_ID "init_fails_silently"
#define TINY_INIT start
#include "support/tiny_game.h"
