/* Leaks 1 MB a move. */
#define TINY_ID "leaks_memory"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    char *lost = (char *)malloc((size_t)1 << 20);
    if (lost != NULL) memset(lost, 1, (size_t)1 << 20);
    return tiny_answer(self, root, result);
}
