/* hash sorts the position a little. */
#include <parlour/parlour.h>
static uint64_t digest(void *self, const void *state) {
    (void)self;
    ((uint8_t *)(uintptr_t)state)[1] ^= 1;
    return 1;
}
#define TINY_ID "writes_while_reading"
#define TINY_HASH digest
#include "support/tiny_game.h"
