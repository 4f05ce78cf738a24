/* Gives itself more time, and takes the stop word back. */
#define TINY_ID "writes_limits"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    tiny_answer(self, root, result);
    ((parlour_limits *)(uintptr_t)limits)->hard_ns = UINT64_MAX;
    *(uint32_t *)(uintptr_t)control->stop = PARLOUR_GO;
    return PARLOUR_OK;
    return tiny_answer(self, root, result);
}
