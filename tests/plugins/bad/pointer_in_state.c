/* Leaves bytes of the stack in the position: other bytes in every object. */
#include <parlour/parlour.h>
static uint32_t begin(void *self, void *state, uint64_t seed);
#define TINY_STATE_SIZE 16
#define TINY_ID "pointer_in_state"
#define TINY_INITIAL begin
#include "support/tiny_game.h"
static uint32_t begin(void *self, void *state, uint64_t seed) {
    memset(state, 0, 16);
    memcpy((char *)state + 8, &self, sizeof self);
    return tiny_initial(self, state, seed);
}
