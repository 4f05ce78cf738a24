/* Crashes when it is given a game. */
#define TINY_ID "crash_in_bind"
#define TINY_BIND bind
#include "support/tiny_engine.h"

static parlour_status bind(TINY_BIND_ARGUMENTS) {
    fault_crash();
    return PARLOUR_OK;
}
