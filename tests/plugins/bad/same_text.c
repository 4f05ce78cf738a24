/* Two moves have the same text. */
#include <parlour/parlour.h>
#include <stdio.h>
static int32_t text(void *self, const void *state, uint32_t move, char *buffer, uint32_t capacity) {
    (void)self;
    (void)state;
    return snprintf(buffer, capacity, "take %u", (unsigned)(move == 3 ? 2 : move));
}
#define TINY_ID "same_text"
#define TINY_MOVE_TEXT text
#include "support/tiny_game.h"
