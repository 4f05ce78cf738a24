/* Sends itself SIGKILL. */
#define TINY_ID "kills_itself"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    kill(getpid(), SIGKILL);
    return tiny_answer(self, root, result);
}
