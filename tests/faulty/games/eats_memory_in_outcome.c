/* Takes all memory when the game is over. */
#include "support/tiny_faults.h"
static void pay(void *self, const void *state, float *util);
#define TINY_ID "eats_memory_in_outcome"
#define TINY_OUTCOME pay
#include "support/tiny_game.h"
static void pay(void *self, const void *state, float *util) {
    fault_eat_memory();
    tiny_outcome(self, state, util);
}
