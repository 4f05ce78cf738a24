/* Nobody can play it. */
#include "support/tiny_faults.h"
static void tell(void *self, parlour_game_info *out);
#define TINY_ID "no_players"
#define TINY_INFO tell
#include "support/tiny_game.h"
static void tell(void *self, parlour_game_info *out) {
    tiny_info(self, out);
    out->players = 0;
}
