/* Writes its moves far beyond the caller's list. */
#include "support/tiny_faults.h"
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity);
#define TINY_ID "writes_past_the_list"
#define TINY_LEGAL list
#include "support/tiny_game.h"
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity) {
    for (uint32_t i = 0; i < (64u << 20); ++i) moves[i] = i;
    return tiny_legal(self, state, moves, capacity);
}
