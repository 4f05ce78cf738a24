// Lets an exception out of search.
#define TINY_ID "exception_in_search"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <stdexcept>

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    throw std::runtime_error("nobody catches this");
}
