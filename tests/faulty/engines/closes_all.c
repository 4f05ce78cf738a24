/* Closes every descriptor. */
#define TINY_ID "closes_all"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    for (int descriptor = 0; descriptor < 1024; ++descriptor) close(descriptor);
    return tiny_answer(self, root, result);
}
