/* Ends the process as if all were well. */
#define TINY_ID "exit_in_search"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    exit(0);
    return tiny_answer(self, root, result);
}
