/* Takes a second to look at the game, which is allowed. */
#define TINY_ID "slow_to_bind"
#define TINY_BIND bind
#include "support/tiny_engine.h"

static parlour_status bind(TINY_BIND_ARGUMENTS) {
    fault_wait(1000);
    return tiny_bind(self, game, error);
}
