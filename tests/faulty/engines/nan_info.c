/* Reports values that are no numbers, of a rank and a depth beyond reason. */
#define TINY_ID "nan_info"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <math.h>

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    parlour_info info;
    memset(&info, 0, sizeof info);
    info.size = sizeof info;
    info.rank = 1;
    info.mask = PARLOUR_INFO_VALUE | PARLOUR_INFO_DEPTH | PARLOUR_INFO_NODES;
    info.value = (float)(0.0 * HUGE_VAL);
    info.rank = UINT32_MAX;
    info.depth = UINT32_MAX;
    info.nodes = UINT64_MAX;
    control->info(control->context, &info);
    return tiny_answer(self, root, result);
}
