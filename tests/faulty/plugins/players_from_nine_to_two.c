/* Its game is for nine to two players. */
#include "support/tiny_faults.h"
static parlour_status present(uint32_t index, parlour_game_desc *out);
#define TINY_ID "players_from_nine_to_two"
#define TINY_DESCRIBE present
#include "support/tiny_game.h"
static parlour_status present(uint32_t index, parlour_game_desc *out) {
    tiny_describe(index, out);
    out->players_min = 9;
    return PARLOUR_OK;
}
