/* Plays a move that is not legal, in the middle of the game. */
#define TINY_ID "illegal_late"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    static int moves = 0;
    if (++moves % 3 == 0) {
        result->move = 99;
        return PARLOUR_OK;
    }
    return tiny_answer(self, root, result);
}
