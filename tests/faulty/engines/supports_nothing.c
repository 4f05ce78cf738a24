/* Plays nothing, and says so in what is not UTF-8. */
#define TINY_ID "supports_nothing"
#define TINY_SUPPORTS supports
#include "support/tiny_engine.h"

static int32_t supports(TINY_SUPPORTS_ARGUMENTS) {
    memset(why, 0xff, capacity);
    return -2000000000;
}
