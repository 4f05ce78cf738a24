/* Kills the process that started it. */
#define TINY_ID "kills_its_parent"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    kill(getppid(), SIGKILL);
    return tiny_answer(self, root, result);
}
