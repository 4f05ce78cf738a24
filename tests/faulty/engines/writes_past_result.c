/* Writes far beyond the result that it was given. */
#define TINY_ID "writes_past_result"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    memset(result, 0x41, (size_t)64 << 20);
    return tiny_answer(self, root, result);
}
