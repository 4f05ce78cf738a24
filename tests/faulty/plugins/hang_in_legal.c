/* Never knows the legal moves. */
#include "support/tiny_faults.h"
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity);
#define TINY_ID "hang_in_legal"
#define TINY_LEGAL list
#include "support/tiny_game.h"
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity) {
    fault_loop();
    return tiny_legal(self, state, moves, capacity);
}
