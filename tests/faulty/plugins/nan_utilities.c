/* Its outcomes lie between nothing and nothing. */
#include "support/tiny_faults.h"

#include <math.h>

static void tell(void *self, parlour_game_info *out);
#define TINY_ID "nan_utilities"
#define TINY_INFO tell
#include "support/tiny_game.h"
static void tell(void *self, parlour_game_info *out) {
    tiny_info(self, out);
    out->util_min = out->util_max = (float)(0.0 * HUGE_VAL);
}
