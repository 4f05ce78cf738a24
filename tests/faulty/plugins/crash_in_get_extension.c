/* Crashes in get_extension. */
#include "support/tiny_faults.h"
static const void *extend(void *self, const char *id);
#define TINY_ID "crash_in_get_extension"
#define TINY_GET_EXTENSION extend
#include "support/tiny_game.h"
static const void *extend(void *self, const char *id) {
    fault_crash();
    return tiny_get_extension(self, id);
}
