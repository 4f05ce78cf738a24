/* Keeps its count of moves behind the position. */
#include <parlour/parlour.h>
static uint32_t play(void *self, void *state, uint32_t move);
#define TINY_ID "writes_past_state"
#define TINY_APPLY play
#include "support/tiny_game.h"
static uint32_t play(void *self, void *state, uint32_t move) {
    ++((uint8_t *)state)[sizeof(tiny_state)];
    return tiny_apply(self, state, move);
}
