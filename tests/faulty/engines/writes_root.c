/* Plays on the position of the host. */
#define TINY_ID "writes_root"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    tiny_answer(self, root, result);
    memset((void *)(uintptr_t)root->state, 0xff, 8);
    return PARLOUR_OK;
    return tiny_answer(self, root, result);
}
