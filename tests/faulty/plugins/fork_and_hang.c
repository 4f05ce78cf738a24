/* Leaves a process behind that shuts its ears, where it may, and never comes back itself. */
#include "support/tiny_faults.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error);
#define TINY_ID "fork_and_hang"
#define TINY_INIT start
#include "support/tiny_game.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    if (fork() == 0) {
        signal(SIGTERM, SIG_IGN);
        signal(SIGHUP, SIG_IGN);
    }
    fault_sleep();
    return tiny_init(host, path, error);
}
