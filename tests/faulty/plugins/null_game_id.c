/* Its game has no id. */
#include "support/tiny_faults.h"
static parlour_status present(uint32_t index, parlour_game_desc *out);
#define TINY_ID "null_game_id"
#define TINY_DESCRIBE present
#include "support/tiny_game.h"
static parlour_status present(uint32_t index, parlour_game_desc *out) {
    tiny_describe(index, out);
    out->id = NULL;
    return PARLOUR_OK;
}
