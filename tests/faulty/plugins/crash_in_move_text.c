/* Crashes in move_text. */
#include "support/tiny_faults.h"
static int32_t text(void *self, const void *state, uint32_t move, char *buffer, uint32_t capacity);
#define TINY_ID "crash_in_move_text"
#define TINY_MOVE_TEXT text
#include "support/tiny_game.h"
static int32_t text(void *self, const void *state, uint32_t move, char *buffer, uint32_t capacity) {
    fault_crash();
    return tiny_move_text(self, state, move, buffer, capacity);
}
