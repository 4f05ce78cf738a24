/* Writes to the log without end. */
#include "support/tiny_faults.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error);
#define TINY_ID "floods_log_in_init"
#define TINY_INIT start
#include "support/tiny_game.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    for (;;) host->log(host, PARLOUR_LOG_WARN, "this line is as good as any other");
    return tiny_init(host, path, error);
}
