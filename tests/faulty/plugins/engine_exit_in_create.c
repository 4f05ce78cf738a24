/* Ends the process when an engine is made. */
#define TINY_ID "engine_exit_in_create"
#define TINY_CREATE create
#include "support/tiny_engine.h"

static parlour_status create(TINY_CREATE_ARGUMENTS) {
    exit(7);
}
