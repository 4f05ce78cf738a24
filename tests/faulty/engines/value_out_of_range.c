/* Values its move at a million, proven. */
#define TINY_ID "value_out_of_range"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    tiny_answer(self, root, result);
    result->flags = PARLOUR_RESULT_VALUE | PARLOUR_RESULT_PROVEN;
    result->value = 1e6f;
    result->depth = UINT32_MAX;
    result->nodes = UINT64_MAX;
    return PARLOUR_OK;
    return tiny_answer(self, root, result);
}
