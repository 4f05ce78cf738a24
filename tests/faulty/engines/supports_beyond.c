/* Plays every game a million times better than best. */
#define TINY_ID "supports_beyond"
#define TINY_SUPPORTS supports
#include "support/tiny_engine.h"

static int32_t supports(TINY_SUPPORTS_ARGUMENTS) {
    memset(why, 0xff, capacity);
    return 1000000;
}
