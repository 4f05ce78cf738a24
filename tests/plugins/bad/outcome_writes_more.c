/* Writes the utility of a third player. */
#include <parlour/parlour.h>
static void pay(void *self, const void *state, float *util) {
    (void)self;
    (void)state;
    util[0] = 1;
    util[1] = -1;
    util[2] = 0;
}
#define TINY_ID "outcome_writes_more"
#define TINY_OUTCOME pay
#include "support/tiny_game.h"
