/* Never comes back from deinit. */
#include "support/tiny_faults.h"
static void stop(void);
#define TINY_ID "hang_at_the_end"
#define TINY_DEINIT stop
#include "support/tiny_game.h"
static void stop(void) {
    fault_loop();
    tiny_deinit();
}
