/* Stops its process as Ctrl-Z would. */
#define TINY_ID "stops_itself"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    kill(getpid(), SIGSTOP);
    return tiny_answer(self, root, result);
}
