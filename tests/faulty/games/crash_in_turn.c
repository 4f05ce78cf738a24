/* Crashes when it is asked who moves. */
#include "support/tiny_faults.h"
static uint32_t who(void *self, const void *state);
#define TINY_ID "crash_in_turn"
#define TINY_TURN who
#include "support/tiny_game.h"
static uint32_t who(void *self, const void *state) {
    fault_crash();
    return tiny_turn(self, state);
}
