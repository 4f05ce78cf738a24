/* Crashes in state_text. */
#include "support/tiny_faults.h"
static int32_t text(void *self, const void *state, char *buffer, uint32_t capacity);
#define TINY_ID "crash_in_state_text"
#define TINY_STATE_TEXT text
#include "support/tiny_game.h"
static int32_t text(void *self, const void *state, char *buffer, uint32_t capacity) {
    fault_crash();
    return tiny_state_text(self, state, buffer, capacity);
}
