/* Never comes back when it is given a game. */
#define TINY_ID "endless_bind"
#define TINY_BIND bind
#include "support/tiny_engine.h"

static parlour_status bind(TINY_BIND_ARGUMENTS) {
    fault_loop();
    return PARLOUR_OK;
}
