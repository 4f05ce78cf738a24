// Lets an exception out of a thread.
#define TINY_ID "exception_in_thread"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <stdexcept>
#include <thread>

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    std::thread([] { throw std::runtime_error("nobody catches this"); }).join();
    return tiny_answer(self, root, result);
}
