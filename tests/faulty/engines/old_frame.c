/* Sends a message with a number that was there before. */
#define TINY_ID "old_frame"
#define TINY_SEARCH search
#include "support/tiny_engine.h"
#include "support/tiny_frames.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    const unsigned char bytes[] = {0xa0};
    tiny_frame(1, bytes, sizeof bytes);
    return tiny_answer(self, root, result);
}
