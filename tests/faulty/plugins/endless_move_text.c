/* Says that the text of a move has two thousand million bytes. */
#include "support/tiny_faults.h"
static int32_t text(void *self, const void *state, uint32_t move, char *buffer, uint32_t capacity);
#define TINY_ID "endless_move_text"
#define TINY_MOVE_TEXT text
#include "support/tiny_game.h"
static int32_t text(void *self, const void *state, uint32_t move, char *buffer, uint32_t capacity) {
    return INT32_MAX;
}
