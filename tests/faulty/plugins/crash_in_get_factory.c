/* Crashes when it is asked what it has. */
#include "support/tiny_faults.h"
static const void *nothing(const char *id) {
    (void)id;
    fault_crash();
    return NULL;
}
#define TINY_ID "crash_in_get_factory"
#define TINY_GET_FACTORY nothing
#include "support/tiny_game.h"
