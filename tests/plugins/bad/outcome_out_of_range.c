/* Pays 5 where 1 is the most. */
#include <parlour/parlour.h>
static void pay(void *self, const void *state, float *util) {
    (void)self;
    (void)state;
    util[0] = 5;
    util[1] = -5;
}
#define TINY_ID "outcome_out_of_range"
#define TINY_OUTCOME pay
#include "support/tiny_game.h"
