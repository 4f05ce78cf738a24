/* Writes random bytes to every descriptor that it finds. */
#define TINY_ID "babbles_to_host"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    for (int descriptor = 3; descriptor < 64; ++descriptor) {
        unsigned char bytes[4096];
        parlour_rng rng = {limits->seed + 1};
        for (size_t i = 0; i < sizeof bytes; ++i) bytes[i] = (unsigned char)parlour_rng_next(&rng);
        if (write(descriptor, bytes, sizeof bytes) < 0) continue;
    }
    return tiny_answer(self, root, result);
}
