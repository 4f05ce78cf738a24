/* Reads a position into the caller's while it still may fail. */
#include <parlour/parlour.h>
static parlour_status parse(void *self, const char *text, void *state, parlour_error *error);
#define TINY_ID "half_changed"
#define TINY_PARSE_STATE parse
#include "support/tiny_game.h"
static parlour_status parse(void *self, const char *text, void *state, parlour_error *error) {
    ((tiny_state *)state)->left = (uint8_t)(text[0] == '9' ? 9 : 1);
    return tiny_parse_state(self, text, state, error);
}
