/* parlour/game_hidden.h - extension "parlour.game.hidden/1": what each player knows.
 *
 * A view is a block of state_size bytes in which everything that a player cannot know is blanked in one fixed way:
 * two states that a player cannot tell apart have the same view bytes. turn, legal (when it is that player's turn),
 * move_text, state_text, check and the board's scene accept a view in place of a state; apply and outcome do not.
 * Engines of such games are given views only, of the player that they play.
 */
#ifndef PARLOUR_GAME_HIDDEN_H
#define PARLOUR_GAME_HIDDEN_H

#include <parlour/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARLOUR_GAME_HIDDEN_ID "parlour.game.hidden/1"

typedef struct parlour_game_hidden {
    uint32_t size, reserved0;

    /* [any] Writes what `player` knows of `state`. `view_out` does not overlap `state`. */
    void (*view)(void *self, const void *state, uint32_t player, void *view_out);

    /* [any] Writes a full state drawn at random (uniformly over the deals that fit, unless the game says otherwise)
     * among those whose view for `player` is `view`. PARLOUR_E_FAIL if there is none. */
    parlour_status (*determinize)(void *self, const void *view, uint32_t player, parlour_rng *rng, void *state_out);
} parlour_game_hidden;

#ifdef __cplusplus
}
#endif
#endif
