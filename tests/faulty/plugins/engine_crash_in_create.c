/* Crashes when an engine is made. */
#define TINY_ID "engine_crash_in_create"
#define TINY_CREATE create
#include "support/tiny_engine.h"

static parlour_status create(TINY_CREATE_ARGUMENTS) {
    fault_crash();
    return PARLOUR_OK;
}
