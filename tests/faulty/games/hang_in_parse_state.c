/* Never comes back when it reads a position. */
#include "support/tiny_faults.h"
static parlour_status parse(void *self, const char *text, void *state, parlour_error *error);
#define TINY_ID "hang_in_parse_state"
#define TINY_PARSE_STATE parse
#include "support/tiny_game.h"
static parlour_status parse(void *self, const char *text, void *state, parlour_error *error) {
    fault_loop();
    return tiny_parse_state(self, text, state, error);
}
