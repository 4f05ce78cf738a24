/* Sends itself SIGTERM. */
#define TINY_ID "terminates_itself"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    raise(SIGTERM);
    return tiny_answer(self, root, result);
}
