/* Refuses positions without a word. */
#include <parlour/parlour.h>
static parlour_status look(void *self, const void *state, parlour_error *error);
#define TINY_ID "fails_silently"
#define TINY_CHECK look
#include "support/tiny_game.h"
static parlour_status look(void *self, const void *state, parlour_error *error) {
    (void)error;
    return tiny_check(self, state, NULL);
}
