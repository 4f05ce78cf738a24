/* Its best outcome is worse than its worst. */
#include "support/tiny_faults.h"
static void tell(void *self, parlour_game_info *out);
#define TINY_ID "swapped_utilities"
#define TINY_INFO tell
#include "support/tiny_game.h"
static void tell(void *self, parlour_game_info *out) {
    tiny_info(self, out);
    out->util_min = 1;
    out->util_max = -1;
}
