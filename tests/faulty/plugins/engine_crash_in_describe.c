/* Crashes when it is asked about its engine. */
#define TINY_ID "engine_crash_in_describe"
#define TINY_DESCRIBE describe
#include "support/tiny_engine.h"

static parlour_status describe(TINY_DESCRIBE_ARGUMENTS) {
    fault_crash();
    return PARLOUR_OK;
}
