/* Prints without end in hash. */
#include "support/tiny_faults.h"
static uint64_t digest(void *self, const void *state);
#define TINY_ID "floods_stdout_in_hash"
#define TINY_HASH digest
#include "support/tiny_game.h"
static uint64_t digest(void *self, const void *state) {
    fault_flood(1);
    return tiny_hash(self, state);
}
