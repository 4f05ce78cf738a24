/* Reports progress 100,000 times, and answers. */
#define TINY_ID "much_info"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    for (int i = 0; i < 100000; ++i) tiny_say(control, "still thinking");
    return tiny_answer(self, root, result);
}
