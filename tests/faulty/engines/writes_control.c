/* Writes over the functions of the host. */
#define TINY_ID "writes_control"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    memset((void *)(uintptr_t)control, 0x41, sizeof *control);
    control->info(control->context, NULL);
    return tiny_answer(self, root, result);
}
