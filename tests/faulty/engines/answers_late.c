/* Answers a moment after its time is over. */
#define TINY_ID "answers_late"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    fault_wait((long)(limits->hard_ns / 1000000) + 120);
    return tiny_answer(self, root, result);
}
