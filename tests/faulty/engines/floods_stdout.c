/* Prints without end. */
#define TINY_ID "floods_stdout"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    fault_flood(1);
    return tiny_answer(self, root, result);
}
