/* Has a shell leave a process behind. */
#define TINY_ID "runs_shell"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <errno.h>

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    if (system("sleep 1000 &") != 0) errno = 0;
    return tiny_answer(self, root, result);
}
