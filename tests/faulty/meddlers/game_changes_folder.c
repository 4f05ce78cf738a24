/* Goes to another folder, with another umask. */
#include "support/tiny_faults.h"

#include <errno.h>
#include <sys/stat.h>

static parlour_status start(const parlour_host *host, const char *path, parlour_error *error);
#define TINY_ID "game_changes_folder"
#define TINY_INIT start
#include "support/tiny_game.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    umask(0777);
    if (chdir("/") != 0) errno = 0;
    return tiny_init(host, path, error);
}
