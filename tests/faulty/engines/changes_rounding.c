/* Rounds upwards from now on, and lets arithmetic raise signals. */
#define TINY_ID "changes_rounding"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <fenv.h>

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    fesetround(FE_UPWARD);
    feenableexcept(FE_DIVBYZERO | FE_INVALID);
    return tiny_answer(self, root, result);
}
