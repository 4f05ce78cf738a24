/* Never says what it is. */
#include "support/tiny_faults.h"
static parlour_status present(uint32_t index, parlour_game_desc *out);
#define TINY_ID "hang_in_describe"
#define TINY_DESCRIBE present
#include "support/tiny_game.h"
static parlour_status present(uint32_t index, parlour_game_desc *out) {
    fault_loop();
    return tiny_describe(index, out);
}
