/* Takes every limit down to nothing. */
#define TINY_ID "changes_limits"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <sys/resource.h>

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    const struct rlimit nothing = {0, 0};
    setrlimit(RLIMIT_NOFILE, &nothing);
    setrlimit(RLIMIT_DATA, &nothing);
    setrlimit(RLIMIT_AS, &nothing);
    setrlimit(RLIMIT_STACK, &nothing);
    return tiny_answer(self, root, result);
}
