/* Crashes in deinit. */
#include "support/tiny_faults.h"
static void stop(void);
#define TINY_ID "crash_at_the_end"
#define TINY_DEINIT stop
#include "support/tiny_game.h"
static void stop(void) {
    fault_crash();
    tiny_deinit();
}
