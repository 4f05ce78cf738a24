/* Finds no move and fills its error with bytes that never end. */
#define TINY_ID "fails_silently"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    memset(error, 0xff, sizeof *error);
    return PARLOUR_E_FAIL;
    return tiny_answer(self, root, result);
}
