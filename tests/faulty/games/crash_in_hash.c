/* Crashes in hash. */
#include "support/tiny_faults.h"
static uint64_t digest(void *self, const void *state);
#define TINY_ID "crash_in_hash"
#define TINY_HASH digest
#include "support/tiny_game.h"
static uint64_t digest(void *self, const void *state) {
    fault_crash();
    return tiny_hash(self, state);
}
