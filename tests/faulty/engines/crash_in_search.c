/* Crashes at its first move. */
#define TINY_ID "crash_in_search"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    fault_crash();
    return tiny_answer(self, root, result);
}
