/* Writes ten thousand lines to the log. */
#include "support/tiny_faults.h"

static parlour_status start(const parlour_host *host, const char *path, parlour_error *error);
#define TINY_ID "game_floods_log"
#define TINY_INIT start
#include "support/tiny_game.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    for (int i = 0; i < 10000; ++i) host->log(host, PARLOUR_LOG_WARN, "this line is as good as any other");
    return tiny_init(host, path, error);
}
