/* Reports a line of four thousand million moves that it does not have. */
#define TINY_ID "long_line"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    parlour_info info;
    memset(&info, 0, sizeof info);
    info.size = sizeof info;
    info.rank = 1;
    uint32_t move = 0;
    info.mask = PARLOUR_INFO_LINE;
    info.n_line = UINT32_MAX;
    info.line = &move;
    control->info(control->context, &info);
    return tiny_answer(self, root, result);
}
