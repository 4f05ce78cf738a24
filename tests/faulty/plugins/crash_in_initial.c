/* Crashes in initial. */
#include "support/tiny_faults.h"
static uint32_t begin(void *self, void *state, uint64_t seed);
#define TINY_ID "crash_in_initial"
#define TINY_INITIAL begin
#include "support/tiny_game.h"
static uint32_t begin(void *self, void *state, uint64_t seed) {
    fault_crash();
    return tiny_initial(self, state, seed);
}
