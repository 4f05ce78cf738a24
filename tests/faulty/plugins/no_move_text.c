/* Has a failure in place of a move's text. */
#include "support/tiny_faults.h"
static int32_t text(void *self, const void *state, uint32_t move, char *buffer, uint32_t capacity);
#define TINY_ID "no_move_text"
#define TINY_MOVE_TEXT text
#include "support/tiny_game.h"
static int32_t text(void *self, const void *state, uint32_t move, char *buffer, uint32_t capacity) {
    return PARLOUR_E_FAIL;
}
