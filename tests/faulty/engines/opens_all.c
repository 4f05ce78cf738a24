/* Opens descriptors as long as it may. */
#define TINY_ID "opens_all"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    for (int i = 0; i < 100000 && dup(2) >= 0; ++i) continue;
    return tiny_answer(self, root, result);
}
