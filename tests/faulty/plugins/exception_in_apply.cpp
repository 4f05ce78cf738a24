// Lets an exception out of the rules.
#include <parlour/parlour.h>

#include <stdexcept>
static uint32_t play(void *, void *, uint32_t) {
    throw std::runtime_error("nobody catches this");
}
#define TINY_ID "exception_in_apply"
#define TINY_APPLY play
#include "support/tiny_game.h"
