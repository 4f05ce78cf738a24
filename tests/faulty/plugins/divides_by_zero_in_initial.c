/* Divides by zero. */
#include "support/tiny_faults.h"
static uint32_t begin(void *self, void *state, uint64_t seed);
#define TINY_ID "divides_by_zero_in_initial"
#define TINY_INITIAL begin
#include "support/tiny_game.h"
static uint32_t begin(void *self, void *state, uint64_t seed) {
    volatile uint64_t zero = 0;
    const volatile uint64_t share = seed / zero;
    (void)share;
    return tiny_initial(self, state, seed);
}
