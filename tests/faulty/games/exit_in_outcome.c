/* Ends the process when the game is over. */
#include "support/tiny_faults.h"
static void pay(void *self, const void *state, float *util);
#define TINY_ID "exit_in_outcome"
#define TINY_OUTCOME pay
#include "support/tiny_game.h"
static void pay(void *self, const void *state, float *util) {
    exit(0);
    tiny_outcome(self, state, util);
}
