/* The two-hundredth player begins. */
#include "support/tiny_faults.h"
static uint32_t begin(void *self, void *state, uint64_t seed);
#define TINY_ID "player_of_no_game"
#define TINY_INITIAL begin
#include "support/tiny_game.h"
static uint32_t begin(void *self, void *state, uint64_t seed) {
    tiny_initial(self, state, seed);
    return 200;
}
