/* Falls asleep in a search. */
#define TINY_ID "endless_sleep"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    fault_sleep();
    return tiny_answer(self, root, result);
}
