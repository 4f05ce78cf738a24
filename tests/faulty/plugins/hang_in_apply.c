/* Never comes back from a move. */
#include "support/tiny_faults.h"
static uint32_t play(void *self, void *state, uint32_t move);
#define TINY_ID "hang_in_apply"
#define TINY_APPLY play
#include "support/tiny_game.h"
static uint32_t play(void *self, void *state, uint32_t move) {
    fault_loop();
    return tiny_apply(self, state, move);
}
