/* Sends a message of nothing. */
#define TINY_ID "empty_frame"
#define TINY_SEARCH search
#include "support/tiny_engine.h"
#include "support/tiny_frames.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    tiny_frame(tiny_first_number, "", 0);
    return tiny_answer(self, root, result);
}
