/* Gives up at once, with a move that is none. */
#define TINY_ID "resigns"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    result->flags = PARLOUR_RESULT_RESIGN;
    result->move = 12345;
    return PARLOUR_OK;
    return tiny_answer(self, root, result);
}
