/* Lists more moves than it says that there can be. */
#include <parlour/parlour.h>
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity);
#define TINY_ID "too_many_moves"
#define TINY_LEGAL list
#include "support/tiny_game.h"
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity) {
    const tiny_state *s = (const tiny_state *)state;
    uint32_t n = 0;
    (void)self;
    for (uint32_t take = 1; take <= 3 + (s->left == 4) && take <= s->left; ++take, ++n) {
        if (n < capacity) moves[n] = take;
    }
    return n;
}
