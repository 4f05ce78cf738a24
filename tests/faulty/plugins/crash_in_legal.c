/* Crashes as soon as it is played. */
#include <parlour/parlour.h>
static uint32_t list(void *self, const void *state, uint32_t *moves, uint32_t capacity) {
    (void)self;
    (void)state;
    (void)moves;
    return *(volatile uint32_t *)(uintptr_t)(64 + capacity);
}
#define TINY_ID "crash_in_legal"
#define TINY_LEGAL list
#include "support/tiny_game.h"
