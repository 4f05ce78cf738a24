/* Says that it has four thousand million games. */
#include <parlour/parlour.h>
static uint32_t count(void) {
    return UINT32_MAX;
}
#define TINY_ID "endless_count"
#define TINY_COUNT count
#include "support/tiny_game.h"
