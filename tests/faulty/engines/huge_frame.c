/* Announces a message of four thousand million bytes on every descriptor that it finds. */
#define TINY_ID "huge_frame"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    for (int descriptor = 3; descriptor < 64; ++descriptor) {
        unsigned char bytes[64];
        memset(bytes, 0xff, sizeof bytes);
        if (write(descriptor, bytes, sizeof bytes) < 0) continue;
    }
    return tiny_answer(self, root, result);
}
