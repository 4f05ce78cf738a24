/* Returns a status that nobody knows. */
#define TINY_ID "unknown_status"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    return 7777;
    return tiny_answer(self, root, result);
}
