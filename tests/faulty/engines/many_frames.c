/* Sends messages that it was not asked for without end. */
#define TINY_ID "many_frames"
#define TINY_SEARCH search
#include "support/tiny_engine.h"
#include "support/tiny_frames.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    const unsigned char bytes[] = {0xa0};
    for (uint64_t number = tiny_first_number;; ++number) tiny_frame(number, bytes, sizeof bytes);
    return tiny_answer(self, root, result);
}
