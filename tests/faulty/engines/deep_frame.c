/* Sends a message of a million lists inside each other on every descriptor that it finds. */
#define TINY_ID "deep_frame"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    static unsigned char bytes[1 << 20];
    const uint32_t length = sizeof bytes - 4;
    memset(bytes, 0x81, sizeof bytes);
    memcpy(bytes, &length, 4);
    for (int descriptor = 3; descriptor < 64; ++descriptor) {
        size_t done = 0;
        ssize_t n = 1;
        for (; n > 0 && done<sizeof bytes; done += n> 0 ? (size_t)n : 0)
            n = write(descriptor, bytes + done, sizeof bytes - done);
    }
    return tiny_answer(self, root, result);
}
