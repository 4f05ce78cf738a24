/* Lists a move that its own apply does not take. */
#include "support/tiny_faults.h"
static uint32_t play(void *self, void *state, uint32_t move);
#define TINY_ID "refuses_its_own_moves"
#define TINY_APPLY play
#include "support/tiny_game.h"
static uint32_t play(void *self, void *state, uint32_t move) {
    if (move == 3) return PARLOUR_TURN_FAULT;
    return tiny_apply(self, state, move);
}
