/* Its positions have four thousand million bytes. */
#include "support/tiny_faults.h"
static void tell(void *self, parlour_game_info *out);
#define TINY_ID "huge_state_size"
#define TINY_INFO tell
#include "support/tiny_game.h"
static void tell(void *self, parlour_game_info *out) {
    tiny_info(self, out);
    out->state_size = UINT32_MAX;
}
