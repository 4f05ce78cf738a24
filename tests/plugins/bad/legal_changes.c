/* Lists its moves in another order every time. */
#include <parlour/parlour.h>
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity);
#define TINY_ID "legal_changes"
#define TINY_LEGAL list
#include "support/tiny_game.h"
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity) {
    static int calls = 0;
    const uint32_t n = tiny_legal(self, state, moves, capacity);
    if (++calls % 2 == 0 && n > 1 && capacity > 1) {
        moves[0] = 2;
        moves[1] = 1;
    }
    return n;
}
