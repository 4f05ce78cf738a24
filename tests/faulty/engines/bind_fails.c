/* Does not take the game that it says it plays. */
#define TINY_ID "bind_fails"
#define TINY_BIND bind
#include "support/tiny_engine.h"

static parlour_status bind(TINY_BIND_ARGUMENTS) {
    return tiny_fail(error, PARLOUR_E_UNSUPPORTED, "this board is too blue");
}
