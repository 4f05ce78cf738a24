/* Crashes when it is asked which games it plays. */
#define TINY_ID "crash_in_supports"
#define TINY_SUPPORTS supports
#include "support/tiny_engine.h"

static int32_t supports(TINY_SUPPORTS_ARGUMENTS) {
    fault_crash();
    return 1;
}
