/* Reports on more moves than the game can have. */
#define TINY_ID "many_stats"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    parlour_info info;
    memset(&info, 0, sizeof info);
    info.size = sizeof info;
    info.rank = 1;
    parlour_move_stat stat = {0, 0, 1, 0, 0};
    info.mask = PARLOUR_INFO_STATS;
    info.n_stats = UINT32_MAX;
    info.stats = &stat;
    control->info(control->context, &info);
    return tiny_answer(self, root, result);
}
