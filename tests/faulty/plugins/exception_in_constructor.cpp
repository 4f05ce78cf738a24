// Throws before anybody could catch it: while it is loaded.
#include <stdexcept>

static int begin() {
    throw std::runtime_error("nobody catches this");
}
extern const int begun;
const int begun = begin();
#define TINY_ID "exception_in_constructor"
#include "support/tiny_game.h"
