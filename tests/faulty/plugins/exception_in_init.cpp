// Lets an exception out of a C function.
#include <parlour/parlour.h>

#include <stdexcept>
static parlour_status start(const parlour_host *, const char *, parlour_error *) {
    throw std::runtime_error("nobody catches this");
}
#define TINY_ID "exception_in_init"
#define TINY_INIT start
#include "support/tiny_game.h"
