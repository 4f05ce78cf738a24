/* Begins a message, and never ends it. */
#define TINY_ID "half_frame"
#define TINY_SEARCH search
#include "support/tiny_engine.h"
#include "support/tiny_frames.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    const uint32_t size = 100;
    const uint64_t number = tiny_first_number;
    tiny_write(&size, sizeof size);
    tiny_write(&number, sizeof number);
    tiny_write("half", 4);
    fault_sleep();
    return tiny_answer(self, root, result);
}
