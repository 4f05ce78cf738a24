/* Reports progress without end. */
#define TINY_ID "floods_info"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    for (;;) tiny_say(control, "I am thinking of a number, and of another one");
    return tiny_answer(self, root, result);
}
