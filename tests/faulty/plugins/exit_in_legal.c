/* Ends the process as if all were well, at the first move. */
#include "support/tiny_faults.h"
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity);
#define TINY_ID "exit_in_legal"
#define TINY_LEGAL list
#include "support/tiny_game.h"
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity) {
    exit(0);
    return tiny_legal(self, state, moves, capacity);
}
