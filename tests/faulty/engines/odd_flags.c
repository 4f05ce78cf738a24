/* Sets every flag that there could be, and another size. */
#define TINY_ID "odd_flags"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    tiny_answer(self, root, result);
    result->flags = ~(uint32_t)PARLOUR_RESULT_RESIGN;
    result->size = UINT32_MAX;
    result->reserved0 = 77;
    return PARLOUR_OK;
    return tiny_answer(self, root, result);
}
