/* Plays a move that is not legal. */
#define TINY_ID "illegal_move"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    result->move = 12345;
    return PARLOUR_OK;
    return tiny_answer(self, root, result);
}
