/* Reports progress of no size. */
#define TINY_ID "null_size"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    parlour_info info;
    memset(&info, 0, sizeof info);
    info.size = sizeof info;
    info.rank = 1;
    info.mask = UINT32_MAX;
    info.size = 0;
    control->info(control->context, &info);
    return tiny_answer(self, root, result);
}
