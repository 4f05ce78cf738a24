/* Sends a message that announces a list of a million million million things. */
#define TINY_ID "wide_frame"
#define TINY_SEARCH search
#include "support/tiny_engine.h"
#include "support/tiny_frames.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    const unsigned char bytes[] = {0x9b, 0x10, 0, 0, 0, 0, 0, 0, 0, 1};
    tiny_frame(tiny_first_number, bytes, sizeof bytes);
    return tiny_answer(self, root, result);
}
