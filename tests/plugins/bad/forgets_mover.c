/* The text of a position does not say who is to move. */
#include <parlour/parlour.h>
#include <stdio.h>
static int32_t text(void *self, const void *state, char *buffer, uint32_t capacity) {
    (void)self;
    return snprintf(buffer, capacity, "%u left, player 1", (unsigned)*(const uint8_t *)state);
}
#define TINY_ID "forgets_mover"
#define TINY_STATE_TEXT text
#include "support/tiny_game.h"
