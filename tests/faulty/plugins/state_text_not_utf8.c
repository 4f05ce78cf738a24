/* Writes a position in what is not UTF-8. */
#include "support/tiny_faults.h"
static int32_t text(void *self, const void *state, char *buffer, uint32_t capacity);
#define TINY_ID "state_text_not_utf8"
#define TINY_STATE_TEXT text
#include "support/tiny_game.h"
static int32_t text(void *self, const void *state, char *buffer, uint32_t capacity) {
    return snprintf(buffer, capacity, "\xff\xfe");
}
