/* A third player is to move in a game of two. */
#include <parlour/parlour.h>
static uint32_t who(void *self, const void *state);
#define TINY_ID "no_such_player"
#define TINY_TURN who
#include "support/tiny_game.h"
static uint32_t who(void *self, const void *state) {
    const uint32_t word = tiny_turn(self, state);
    return word == 1 && ((const tiny_state *)state)->left == 2 ? 2 : word;
}
