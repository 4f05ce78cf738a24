/* Has itself ended by an alarm in the middle of nowhere. */
#define TINY_ID "alarm"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    ualarm(1, 0);
    fault_sleep();
    return tiny_answer(self, root, result);
}
