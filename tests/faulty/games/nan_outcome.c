/* Pays what is no number. */
#include "support/tiny_faults.h"

#include <math.h>

static void pay(void *self, const void *state, float *util);
#define TINY_ID "nan_outcome"
#define TINY_OUTCOME pay
#include "support/tiny_game.h"
static void pay(void *self, const void *state, float *util) {
    util[0] = util[1] = (float)(0.0 * HUGE_VAL);
}
