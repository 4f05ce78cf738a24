/* Says that it has found a move, and does not say which. */
#define TINY_ID "no_move"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    return PARLOUR_OK;
    return tiny_answer(self, root, result);
}
