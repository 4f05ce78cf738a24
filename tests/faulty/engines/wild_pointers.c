/* Reports a line and a text at addresses of nobody. */
#define TINY_ID "wild_pointers"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    parlour_info info;
    memset(&info, 0, sizeof info);
    info.size = sizeof info;
    info.rank = 1;
    info.mask = PARLOUR_INFO_LINE | PARLOUR_INFO_TEXT;
    info.n_line = 7;
    info.line = (const uint32_t *)(uintptr_t)0x10;
    info.text = (const char *)(uintptr_t)0x10;
    control->info(control->context, &info);
    return tiny_answer(self, root, result);
}
