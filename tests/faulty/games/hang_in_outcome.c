/* Never says who has won. */
#include "support/tiny_faults.h"
static void pay(void *self, const void *state, float *util);
#define TINY_ID "hang_in_outcome"
#define TINY_OUTCOME pay
#include "support/tiny_game.h"
static void pay(void *self, const void *state, float *util) {
    fault_loop();
    tiny_outcome(self, state, util);
}
