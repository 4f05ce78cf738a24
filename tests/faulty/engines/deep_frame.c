/* Sends a message of a million lists inside each other. */
#define TINY_ID "deep_frame"
#define TINY_SEARCH search
#include "support/tiny_engine.h"
#include "support/tiny_frames.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    static unsigned char bytes[1 << 20];
    memset(bytes, 0x81, sizeof bytes);
    tiny_frame(tiny_first_number, bytes, sizeof bytes);
    return tiny_answer(self, root, result);
}
