/* Finds no move and says why. */
#define TINY_ID "fails"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    return tiny_fail(error, PARLOUR_E_FAIL, "the stars are not right");
    return tiny_answer(self, root, result);
}
