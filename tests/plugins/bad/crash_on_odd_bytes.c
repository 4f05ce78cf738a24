/* check looks into a table without looking at its bounds. */
#include <parlour/parlour.h>
static parlour_status look(void *self, const void *state, parlour_error *error);
#define TINY_ID "crash_on_odd_bytes"
#define TINY_CHECK look
#include "support/tiny_game.h"
static parlour_status look(void *self, const void *state, parlour_error *error) {
    const tiny_state *s = (const tiny_state *)state;
    if (s->left > 100) *(volatile uint8_t *)(uintptr_t)64 = 1;
    return tiny_check(self, state, error);
}
