/* Never says which games it plays. */
#define TINY_ID "endless_supports"
#define TINY_SUPPORTS supports
#include "support/tiny_engine.h"

static int32_t supports(TINY_SUPPORTS_ARGUMENTS) {
    fault_loop();
    return 1;
}
