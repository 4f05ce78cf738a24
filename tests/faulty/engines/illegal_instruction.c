/* Runs into an instruction that is none. */
#define TINY_ID "illegal_instruction"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    __builtin_trap();
    return tiny_answer(self, root, result);
}
