/* Rounds upwards from now on. */
#include "support/tiny_faults.h"

#include <fenv.h>

static parlour_status start(const parlour_host *host, const char *path, parlour_error *error);
#define TINY_ID "game_changes_rounding"
#define TINY_INIT start
#include "support/tiny_game.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    fesetround(FE_UPWARD);
    return tiny_init(host, path, error);
}
