/* Both win. */
#include <parlour/parlour.h>
static void pay(void *self, const void *state, float *util) {
    (void)self;
    (void)state;
    util[0] = util[1] = 1;
}
#define TINY_ID "outcome_not_zero_sum"
#define TINY_OUTCOME pay
#include "support/tiny_game.h"
