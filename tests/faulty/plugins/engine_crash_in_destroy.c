/* Crashes when its engine is no longer needed. */
#define TINY_ID "engine_crash_in_destroy"
#define TINY_DESTROY destroy
#include "support/tiny_engine.h"

static void destroy(void *self) {
    fault_crash();
}
