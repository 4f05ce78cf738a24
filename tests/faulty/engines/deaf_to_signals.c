/* Blocks every signal that it can, and never comes back. */
#define TINY_ID "deaf_to_signals"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    for (int number = 1; number < 65; ++number) signal(number, SIG_IGN);
    fault_loop();
    return tiny_answer(self, root, result);
}
