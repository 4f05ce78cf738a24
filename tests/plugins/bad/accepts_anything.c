/* Any bytes are a position. */
#include <parlour/parlour.h>
static parlour_status accept(void *self, const void *state, parlour_error *error) {
    (void)self;
    (void)state;
    (void)error;
    return PARLOUR_OK;
}
#define TINY_ID "accepts_anything"
#define TINY_CHECK accept
#include "support/tiny_game.h"
