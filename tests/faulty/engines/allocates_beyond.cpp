// Asks C++ for more memory than there can be.
#define TINY_ID "allocates_beyond"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <vector>

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    std::vector<char> all(std::size_t{1} << 46);
    return tiny_answer(self, root, result);
}
