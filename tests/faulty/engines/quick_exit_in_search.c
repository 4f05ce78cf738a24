/* Ends the process with a code, without goodbye. */
#define TINY_ID "quick_exit_in_search"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    _exit(3);
    return tiny_answer(self, root, result);
}
