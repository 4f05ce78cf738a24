/* Plays the first column for ever, full or not. */
#define TINY_ID "full_column"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    result->move = 0;
    return PARLOUR_OK;
    return tiny_answer(self, root, result);
}
