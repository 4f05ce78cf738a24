/* Crashes in info. */
#include "support/tiny_faults.h"
static void tell(void *self, parlour_game_info *out);
#define TINY_ID "crash_in_info"
#define TINY_INFO tell
#include "support/tiny_game.h"
static void tell(void *self, parlour_game_info *out) {
    fault_crash();
    tiny_info(self, out);
}
