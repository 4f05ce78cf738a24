/* Calls abort() at a move. */
#include "support/tiny_faults.h"
static uint32_t play(void *self, void *state, uint32_t move);
#define TINY_ID "abort_in_apply"
#define TINY_APPLY play
#include "support/tiny_game.h"
static uint32_t play(void *self, void *state, uint32_t move) {
    abort();
    return tiny_apply(self, state, move);
}
