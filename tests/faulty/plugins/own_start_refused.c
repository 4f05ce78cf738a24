/* Does not accept its own first position. */
#include "support/tiny_faults.h"
static parlour_status look(void *self, const void *state, parlour_error *error);
#define TINY_ID "own_start_refused"
#define TINY_CHECK look
#include "support/tiny_game.h"
static parlour_status look(void *self, const void *state, parlour_error *error) {
    return tiny_fail(error, PARLOUR_E_PARSE, "nothing is a position of mine");
}
