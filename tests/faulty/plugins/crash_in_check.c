/* Crashes in check. */
#include "support/tiny_faults.h"
static parlour_status look(void *self, const void *state, parlour_error *error);
#define TINY_ID "crash_in_check"
#define TINY_CHECK look
#include "support/tiny_game.h"
static parlour_status look(void *self, const void *state, parlour_error *error) {
    fault_crash();
    return tiny_check(self, state, error);
}
