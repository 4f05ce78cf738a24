/* Forks, and so do its children. */
#define TINY_ID "fork_bomb"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    for (int i = 0; i < 8; ++i) fork();
    if (getpid() % 2 == 0) fault_sleep();
    return tiny_answer(self, root, result);
}
