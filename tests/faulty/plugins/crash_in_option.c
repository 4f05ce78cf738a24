/* Crashes in option. */
#include "support/tiny_faults.h"
static parlour_status offer(const char *game_id, uint32_t index, parlour_option *out);
#define TINY_ID "crash_in_option"
#define TINY_OPTION offer
#include "support/tiny_game.h"
static parlour_status offer(const char *game_id, uint32_t index, parlour_option *out) {
    fault_crash();
    return tiny_option(game_id, index, out);
}
