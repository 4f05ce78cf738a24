/* Crashes when it reads a move. */
#include "support/tiny_faults.h"
static parlour_status parse(void *self, const void *state, const char *text, uint32_t *move, parlour_error *error);
#define TINY_ID "crash_in_parse_move"
#define TINY_PARSE_MOVE parse
#include "support/tiny_game.h"
static parlour_status parse(void *self, const void *state, const char *text, uint32_t *move, parlour_error *error) {
    fault_crash();
    return tiny_parse_move(self, state, text, move, error);
}
