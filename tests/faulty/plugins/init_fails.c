/* Refuses to start and says why. */
#include <parlour/parlour.h>
#include <string.h>
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    (void)host;
    (void)path;
    strcpy(error->text, "the table of openings is missing;\nput it beside the plugin");
    return PARLOUR_E_FAIL;
}
#define TINY_ID "init_fails"
#define TINY_INIT start
#include "support/tiny_game.h"
