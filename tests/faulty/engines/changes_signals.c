/* Takes the signals for itself. */
#define TINY_ID "changes_signals"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    for (int number = 1; number < 65; ++number) signal(number, SIG_IGN);
    return tiny_answer(self, root, result);
}
