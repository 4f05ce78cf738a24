/* Calls itself for ever. */
#define TINY_ID "stack_overflow_in_search"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    volatile int zero = 0;
    result->depth = (uint32_t)fault_recurse(&zero);
    return tiny_answer(self, root, result);
}
