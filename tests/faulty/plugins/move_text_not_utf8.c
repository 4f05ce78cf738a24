/* Writes a move in what is not UTF-8. */
#include "support/tiny_faults.h"
static int32_t text(void *self, const void *state, uint32_t move, char *buffer, uint32_t capacity);
#define TINY_ID "move_text_not_utf8"
#define TINY_MOVE_TEXT text
#include "support/tiny_game.h"
static int32_t text(void *self, const void *state, uint32_t move, char *buffer, uint32_t capacity) {
    return snprintf(buffer, capacity, "\xff\xfe%u", (unsigned)move);
}
