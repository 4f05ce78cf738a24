/* Reports a line of moves that no game has. */
#define TINY_ID "illegal_line"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    parlour_info info;
    memset(&info, 0, sizeof info);
    info.size = sizeof info;
    info.rank = 1;
    const uint32_t line[4] = {4000000000u, PARLOUR_MOVE_NONE, 77777, 1};
    info.mask = PARLOUR_INFO_LINE;
    info.n_line = 4;
    info.line = line;
    control->info(control->context, &info);
    return tiny_answer(self, root, result);
}
