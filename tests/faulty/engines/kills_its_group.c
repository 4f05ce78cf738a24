/* Kills all processes of its group. */
#define TINY_ID "kills_its_group"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    kill(0, SIGKILL);
    return tiny_answer(self, root, result);
}
