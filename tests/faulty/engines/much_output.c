/* Prints 10 MB, and answers. */
#define TINY_ID "much_output"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    for (int i = 0; i < 100000; ++i) fprintf(stdout, "%0100d\n", i);
    return tiny_answer(self, root, result);
}
