/* Does not describe the game that it counts. */
#include "support/tiny_faults.h"
static parlour_status present(uint32_t index, parlour_game_desc *out);
#define TINY_ID "describe_fails"
#define TINY_DESCRIBE present
#include "support/tiny_game.h"
static parlour_status present(uint32_t index, parlour_game_desc *out) {
    return PARLOUR_E_FAIL;
}
