/* Its rules fail at the first move. */
#include "support/tiny_faults.h"
static uint32_t play(void *self, void *state, uint32_t move);
#define TINY_ID "faults_at_once"
#define TINY_APPLY play
#include "support/tiny_game.h"
static uint32_t play(void *self, void *state, uint32_t move) {
    return PARLOUR_TURN_FAULT;
}
