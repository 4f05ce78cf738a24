/* Writes moves as it does not read them. */
#include <parlour/parlour.h>
#include <stdio.h>
static int32_t text(void *self, const void *state, uint32_t move, char *buffer, uint32_t capacity) {
    (void)self;
    (void)state;
    return snprintf(buffer, capacity, "%u away", (unsigned)move);
}
#define TINY_ID "text_does_not_parse"
#define TINY_MOVE_TEXT text
#include "support/tiny_game.h"
