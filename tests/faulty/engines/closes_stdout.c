/* Closes the descriptors of standard input, output and errors. */
#define TINY_ID "closes_stdout"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    for (int descriptor = 0; descriptor < 3; ++descriptor) close(descriptor);
    return tiny_answer(self, root, result);
}
