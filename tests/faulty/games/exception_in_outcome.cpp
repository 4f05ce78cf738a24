// Lets an exception out of the rules when the game is over.
#include "support/tiny_faults.h"

#include <stdexcept>

static void pay(void *self, const void *state, float *util);
#define TINY_ID "exception_in_outcome"
#define TINY_OUTCOME pay
#include "support/tiny_game.h"
static void pay(void *self, const void *state, float *util) {
    throw std::runtime_error("nobody catches this");
}
