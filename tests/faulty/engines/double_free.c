/* Frees the same memory twice. */
#define TINY_ID "double_free"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    void *volatile memory = malloc(40);
    free((void *)memory);
    free((void *)memory);
    return tiny_answer(self, root, result);
}
