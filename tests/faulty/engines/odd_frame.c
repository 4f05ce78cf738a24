/* Sends a message that is an object of nothing that the host knows. */
#define TINY_ID "odd_frame"
#define TINY_SEARCH search
#include "support/tiny_engine.h"
#include "support/tiny_frames.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    const unsigned char bytes[] = {0xa2, 0x61, 't', 0x63, 'o', 'd', 'd', 0x61, 'x', 0xf6};
    tiny_frame(tiny_first_number, bytes, sizeof bytes);
    return tiny_answer(self, root, result);
}
