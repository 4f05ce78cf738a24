/* Crashes when it is asked what it has. */
#include <parlour/parlour.h>
static parlour_status tell(uint32_t index, parlour_game_desc *out) {
    (void)out;
    return *(volatile parlour_status *)(uintptr_t)(64 + index);
}
#define TINY_ID "crash_in_describe"
#define TINY_DESCRIBE tell
#include "support/tiny_game.h"
