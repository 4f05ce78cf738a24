/* Goes to another folder, with another umask. */
#define TINY_ID "changes_folder"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <errno.h>
#include <sys/stat.h>

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    umask(0777);
    if (chdir("/") != 0) errno = 0;
    return tiny_answer(self, root, result);
}
