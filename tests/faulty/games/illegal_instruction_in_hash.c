/* Runs into an instruction that is none, in hash. */
#include "support/tiny_faults.h"
static uint64_t digest(void *self, const void *state);
#define TINY_ID "illegal_instruction_in_hash"
#define TINY_HASH digest
#include "support/tiny_game.h"
static uint64_t digest(void *self, const void *state) {
    __builtin_trap();
}
