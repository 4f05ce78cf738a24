/* Reads what the host sends from every descriptor that it finds, and waits for more. */
#define TINY_ID "steals_messages"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    for (int descriptor = 3; descriptor < 64; ++descriptor) {
        char bytes[4096];
        while (read(descriptor, bytes, sizeof bytes) > 0) continue;
    }
    return tiny_answer(self, root, result);
}
