/* Runs into an instruction that is none. */
#include "support/tiny_faults.h"
static parlour_status look(void *self, const void *state, parlour_error *error);
#define TINY_ID "illegal_instruction_in_check"
#define TINY_CHECK look
#include "support/tiny_game.h"
static parlour_status look(void *self, const void *state, parlour_error *error) {
    __builtin_trap();
}
