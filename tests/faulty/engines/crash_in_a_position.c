/* Crashes at every position in which there are three moves behind it. */
#define TINY_ID "crash_in_a_position"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    if (root->n_moves >= 3) fault_crash();
    return tiny_answer(self, root, result);
}
