/* Leaks 1 MB a move. */
#include "support/tiny_faults.h"

static uint32_t play(void *self, void *state, uint32_t move);
#define TINY_ID "game_leaks"
#define TINY_APPLY play
#include "support/tiny_game.h"
static uint32_t play(void *self, void *state, uint32_t move) {
    char *lost = (char *)malloc((size_t)1 << 20);
    if (lost != NULL) memset(lost, 1, (size_t)1 << 20);
    return tiny_apply(self, state, move);
}
