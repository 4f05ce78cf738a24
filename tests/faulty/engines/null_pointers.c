/* Reports a line, numbers and a text that are not there. */
#define TINY_ID "null_pointers"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    parlour_info info;
    memset(&info, 0, sizeof info);
    info.size = sizeof info;
    info.rank = 1;
    info.mask = PARLOUR_INFO_LINE | PARLOUR_INFO_STATS | PARLOUR_INFO_TEXT;
    info.n_line = info.n_stats = 7;
    control->info(control->context, &info);
    return tiny_answer(self, root, result);
}
