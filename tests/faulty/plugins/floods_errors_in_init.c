/* Complains without end. */
#include "support/tiny_faults.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error);
#define TINY_ID "floods_errors_in_init"
#define TINY_INIT start
#include "support/tiny_game.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    fault_flood(2);
    return tiny_init(host, path, error);
}
