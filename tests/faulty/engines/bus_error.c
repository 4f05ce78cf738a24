/* Sends itself what a torn mapping would. */
#define TINY_ID "bus_error"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    raise(SIGBUS);
    return tiny_answer(self, root, result);
}
