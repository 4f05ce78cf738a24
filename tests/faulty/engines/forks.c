/* Leaves a process behind at every move. */
#define TINY_ID "forks"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    if (fork() == 0) {
        setsid();
        signal(SIGTERM, SIG_IGN);
        fault_sleep();
    }
    return tiny_answer(self, root, result);
}
