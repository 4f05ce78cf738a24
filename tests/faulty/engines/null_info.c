/* Reports a NULL pointer. */
#define TINY_ID "null_info"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    control->info(control->context, NULL);
    return tiny_answer(self, root, result);
}
