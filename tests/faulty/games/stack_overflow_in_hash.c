/* Calls itself for ever in hash. */
#include "support/tiny_faults.h"
static uint64_t digest(void *self, const void *state);
#define TINY_ID "stack_overflow_in_hash"
#define TINY_HASH digest
#include "support/tiny_game.h"
static uint64_t digest(void *self, const void *state) {
    volatile int zero = 0;
    return (uint64_t)fault_recurse(&zero);
}
