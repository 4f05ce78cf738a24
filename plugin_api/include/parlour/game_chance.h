/* parlour/game_chance.h - extension "parlour.game.chance/1": dice, deals, random tiles.
 *
 * A turn word with PARLOUR_TURN_CHANCE means that nature moves: its moves are applied, written down and taken back
 * like any others, but the host or the search picks them, by the probabilities given here.
 */
#ifndef PARLOUR_GAME_CHANCE_H
#define PARLOUR_GAME_CHANCE_H

#include <parlour/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARLOUR_GAME_CHANCE_ID "parlour.game.chance/1"

typedef struct parlour_game_chance {
    uint32_t size, reserved0;

    /* [any] At a chance node: the moves in the order of legal() and their probabilities (positive, sum 1 within
     * 1e-5). Writes at most `capacity` of each and returns how many there are. */
    uint32_t (*outcomes)(void *self, const void *state, uint32_t *moves, float *probabilities, uint32_t capacity);

    /* [any] At a chance node: one move drawn by those probabilities. */
    uint32_t (*sample)(void *self, const void *state, parlour_rng *rng);
} parlour_game_chance;

#ifdef __cplusplus
}
#endif
#endif
