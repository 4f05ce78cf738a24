/* Runs another program in its place. */
#define TINY_ID "becomes_another"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    execl("/bin/sleep", "sleep", "1000", (char *)NULL);
    return tiny_answer(self, root, result);
}
