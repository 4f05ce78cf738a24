/* Every third move takes one counter more. */
#include <parlour/parlour.h>
static uint32_t play(void *self, void *state, uint32_t move);
#define TINY_ID "apply_differs"
#define TINY_APPLY play
#include "support/tiny_game.h"
static uint32_t play(void *self, void *state, uint32_t move) {
    static int calls = 0;
    const tiny_state *s = (const tiny_state *)state;
    return tiny_apply(self, state, ++calls % 3 == 0 && s->left > move ? move + 1 : move);
}
