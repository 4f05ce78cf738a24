/* Takes the signals of the program for itself. */
#include "support/tiny_faults.h"

static parlour_status start(const parlour_host *host, const char *path, parlour_error *error);
#define TINY_ID "game_changes_signals"
#define TINY_INIT start
#include "support/tiny_game.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    for (int number = 1; number < 32; ++number) {
        if (number != SIGCHLD) signal(number, SIG_IGN);
    }
    return tiny_init(host, path, error);
}
