/* Crashes at its third move of a game. */
#define TINY_ID "crash_late"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    static int moves = 0;
    if (++moves == 3) fault_crash();
    return tiny_answer(self, root, result);
}
