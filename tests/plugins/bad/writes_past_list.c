/* Ends its list of moves with one more word than there is room for. */
#include <parlour/parlour.h>
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity);
#define TINY_ID "writes_past_list"
#define TINY_LEGAL list
#include "support/tiny_game.h"
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity) {
    const uint32_t n = tiny_legal(self, state, moves, capacity);
    if (n > capacity) moves[capacity] = PARLOUR_MOVE_NONE;
    return n;
}
