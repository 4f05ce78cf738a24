/* Says which variant it is with a NULL pointer. */
#include "support/tiny_faults.h"
static void tell(void *self, parlour_game_info *out);
#define TINY_ID "null_variant"
#define TINY_INFO tell
#include "support/tiny_game.h"
static void tell(void *self, parlour_game_info *out) {
    tiny_info(self, out);
    out->variant = NULL;
}
