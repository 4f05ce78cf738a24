/* Nothing is wrong here: what must go on to work after every faulty engine. */
#define TINY_ID "good_engine"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    return tiny_answer(self, root, result);
}
