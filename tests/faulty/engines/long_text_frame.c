/* Sends a message that announces a text of four thousand million bytes. */
#define TINY_ID "long_text_frame"
#define TINY_SEARCH search
#include "support/tiny_engine.h"
#include "support/tiny_frames.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    const unsigned char bytes[] = {0xa1, 0x61, 't', 0x7a, 0xff, 0xff, 0xff, 0xff, 'x'};
    tiny_frame(tiny_first_number, bytes, sizeof bytes);
    return tiny_answer(self, root, result);
}
