/* Tries a thousand million million moves on a board of its own, legal or not. */
#define TINY_ID "plays_illegal_moves"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    const parlour_game *game = &((tiny_engine *)self)->game;
    uint64_t board[8192];
    parlour_rng rng = {limits->seed};
    memcpy(board, root->state, 16);
    for (int i = 0; i < 1000; ++i) game->api->apply(game->self, board, (uint32_t)parlour_rng_next(&rng));
    return tiny_answer(self, root, result);
}
