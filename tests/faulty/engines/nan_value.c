/* Values its move at what is no number. */
#define TINY_ID "nan_value"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <math.h>

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    tiny_answer(self, root, result);
    result->flags = PARLOUR_RESULT_VALUE;
    result->value = (float)(0.0 * HUGE_VAL);
    return PARLOUR_OK;
    return tiny_answer(self, root, result);
}
