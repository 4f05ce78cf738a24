/* Crashes at the last move of a game, which the probe gets to. */
#include "support/tiny_faults.h"
static uint32_t play(void *self, void *state, uint32_t move);
#define TINY_ID "crash_in_the_middle"
#define TINY_APPLY play
#include "support/tiny_game.h"
static uint32_t play(void *self, void *state, uint32_t move) {
    if (((const tiny_state *)state)->left <= move) fault_crash();
    return tiny_apply(self, state, move);
}
