/* Lists more legal moves than it said that there can be. */
#include "support/tiny_faults.h"
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity);
#define TINY_ID "too_many_moves_for_the_list"
#define TINY_LEGAL list
#include "support/tiny_game.h"
static void static_moves(uint32_t *moves, uint32_t capacity) {
    for (uint32_t i = 0; i < capacity; ++i) moves[i] = i;
}
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity) {
    static_moves(moves, capacity);
    return 4000000;
}
