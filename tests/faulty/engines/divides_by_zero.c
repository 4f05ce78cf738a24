/* Divides by zero. */
#define TINY_ID "divides_by_zero"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    volatile int zero = 0;
    result->depth = (uint32_t)(7 / zero);
    return tiny_answer(self, root, result);
}
