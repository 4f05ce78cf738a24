/* The heap fills itself up again. */
#include <parlour/parlour.h>
static uint32_t play(void *self, void *state, uint32_t move);
#define TINY_MAX_PLIES 0
#define TINY_ID "never_ends"
#define TINY_APPLY play
#include "support/tiny_game.h"
static uint32_t play(void *self, void *state, uint32_t move) {
    tiny_state *s = (tiny_state *)state;
    if (s->left <= 4) s->left = 9;
    return tiny_apply(self, state, move);
}
