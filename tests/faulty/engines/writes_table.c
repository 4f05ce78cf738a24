/* Writes into the table of the game. */
#define TINY_ID "writes_table"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    memset((void *)(uintptr_t)((tiny_engine *)self)->game.api, 0, sizeof(parlour_game_api));
    return tiny_answer(self, root, result);
}
