/* Crashes when its game is no longer needed. */
#include "support/tiny_faults.h"
static void end(void *self) {
    (void)self;
    fault_crash();
}
#define TINY_ID "crash_in_destroy"
#define TINY_DESTROY end
#include "support/tiny_game.h"
