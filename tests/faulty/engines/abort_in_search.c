/* Calls abort(). */
#define TINY_ID "abort_in_search"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    abort();
    return tiny_answer(self, root, result);
}
