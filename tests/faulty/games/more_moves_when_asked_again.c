/* Has another number of moves every time it is asked. */
#include "support/tiny_faults.h"
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity);
#define TINY_ID "more_moves_when_asked_again"
#define TINY_LEGAL list
#include "support/tiny_game.h"
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity) {
    static uint32_t calls = 0;
    const uint32_t n = tiny_legal(self, state, moves, capacity);
    return ++calls % 5 == 0 && n > 1 ? n - 1 : n;
}
