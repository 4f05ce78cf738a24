/* Stops its process as Ctrl-Z would. */
#include "support/tiny_faults.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error);
#define TINY_ID "stops_itself_in_init"
#define TINY_INIT start
#include "support/tiny_game.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    kill(getpid(), SIGSTOP);
    return tiny_init(host, path, error);
}
