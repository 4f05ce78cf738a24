/* Takes all memory that there is. */
#define TINY_ID "eats_memory"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    fault_eat_memory();
    return tiny_answer(self, root, result);
}
