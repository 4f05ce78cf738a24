/* parlour/game_search.h - optional extensions by which a game helps those who search it: evaluation, move ordering,
 * whole playouts, symmetries. Engines work without any of them. All functions are [any], reentrant and do not
 * allocate.
 */
#ifndef PARLOUR_GAME_SEARCH_H
#define PARLOUR_GAME_SEARCH_H

#include <parlour/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARLOUR_GAME_EVAL_ID "parlour.game.eval/1"
#define PARLOUR_GAME_HINTS_ID "parlour.game.hints/1"
#define PARLOUR_GAME_PLAYOUT_ID "parlour.game.playout/1"
#define PARLOUR_GAME_SYMMETRY_ID "parlour.game.symmetry/1"

#define PARLOUR_EVAL_LIMIT 1000000 /* eval() stays strictly inside; only finished games are worth more */

/* Heuristic evaluation. */
typedef struct parlour_game_eval {
    uint32_t size, reserved0;
    /* What an unfinished position looks worth to `player`: 0 even, +-1000 about a won or lost game's worth of
     * advantage, strictly inside +-PARLOUR_EVAL_LIMIT. Not at chance nodes. In two-player zero-sum games
     * eval(s, 0) == -eval(s, 1). */
    int32_t (*eval)(void *self, const void *state, uint32_t player);
} parlour_game_eval;

/* Move ordering and quiet positions. */
typedef struct parlour_game_hints {
    uint32_t size, reserved0;
    /* One score a legal move, higher first looked at; no meaning beyond the order. */
    void (*order)(void *self, const void *state, const uint32_t *moves, uint32_t n, int16_t *score);
    /* The legal moves after which an evaluation would mislead (captures under way); 0 when the position is quiet.
     * Writes at most `capacity` and returns how many. May be NULL. */
    uint32_t (*noisy)(void *self, const void *state, uint32_t *moves, uint32_t capacity);
} parlour_game_hints;

/* A random game to its end in one call. */
typedef struct parlour_game_playout {
    uint32_t size, reserved0;
    /* Plays uniformly random moves (chance by its probabilities) in place until the game is over or `max_plies` were
     * played, and returns the number of plies. When the game is over, util[0..players-1] is its outcome; otherwise
     * the game's estimate of it (its evaluation squashed into the bounds, or the middle). */
    uint32_t (*playout)(void *self, void *state, parlour_rng *rng, uint32_t max_plies, float *util);
} parlour_game_playout;

/* Symmetries of the board that leave the rules as they are (players keep their numbers). */
typedef struct parlour_game_symmetry {
    uint32_t size, count; /* 1..16 symmetries; index 0 is the identity */
    /* Writes the image of `in` under a symmetry; the two do not overlap. */
    void (*map_state)(void *self, uint32_t symmetry, const void *in, void *out);
    /* The image of a legal move of `state`: legal in the image, leading to the image of where it led. */
    uint32_t (*map_move)(void *self, uint32_t symmetry, const void *state, uint32_t move);
} parlour_game_symmetry;

#ifdef __cplusplus
}
#endif
#endif
