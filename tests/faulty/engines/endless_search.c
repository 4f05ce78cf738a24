/* Never comes back from a search. */
#define TINY_ID "endless_search"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    fault_loop();
    return tiny_answer(self, root, result);
}
