/* Takes the move for an index. */
#include <parlour/parlour.h>
static uint32_t play(void *self, void *state, uint32_t move);
#define TINY_ID "crash_on_illegal_move"
#define TINY_APPLY play
#include "support/tiny_game.h"
static uint32_t play(void *self, void *state, uint32_t move) {
    if (move > 1000) *(volatile uint8_t *)(uintptr_t)64 = 1;
    return tiny_apply(self, state, move);
}
