/* Begins a message and never ends it, on every descriptor that it finds. */
#define TINY_ID "half_frame"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    for (int descriptor = 3; descriptor < 64; ++descriptor) {
        const unsigned char bytes[7] = {100, 0, 0, 0, 0xa1, 0x61, 0x61};
        if (write(descriptor, bytes, sizeof bytes) < 0) continue;
        if (descriptor == 63) fault_sleep();
    }
    return tiny_answer(self, root, result);
}
