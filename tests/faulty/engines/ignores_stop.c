/* Answers three seconds after it should, stop or no stop. */
#define TINY_ID "ignores_stop"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    fault_wait(3000);
    return tiny_answer(self, root, result);
}
