// Lets an exception out of describe.
#include "support/tiny_faults.h"

#include <stdexcept>

static parlour_status present(uint32_t index, parlour_game_desc *out);
#define TINY_ID "exception_in_describe"
#define TINY_DESCRIBE present
#include "support/tiny_game.h"
static parlour_status present(uint32_t index, parlour_game_desc *out) {
    throw std::runtime_error("nobody catches this");
}
