/* apply says that the same player moves again, turn says that the other one does. */
#include <parlour/parlour.h>
static uint32_t play(void *self, void *state, uint32_t move);
#define TINY_ID "wrong_turn"
#define TINY_APPLY play
#include "support/tiny_game.h"
static uint32_t play(void *self, void *state, uint32_t move) {
    const uint32_t word = tiny_apply(self, state, move);
    return word <= 1 ? 1 - word : word;
}
