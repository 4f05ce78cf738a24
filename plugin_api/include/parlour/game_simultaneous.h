/* parlour/game_simultaneous.h - extension "parlour.game.simultaneous/1": players who move at once.
 *
 * A turn word with PARLOUR_TURN_SIMULTANEOUS means that every active player chooses without seeing the others'
 * choice. Engines and windows need not know: the host's sequentialiser presents such a game as one of hidden
 * information in which the active players choose one after the other and the joint move is played with the last
 * choice.
 */
#ifndef PARLOUR_GAME_SIMULTANEOUS_H
#define PARLOUR_GAME_SIMULTANEOUS_H

#include <parlour/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARLOUR_GAME_SIMULTANEOUS_ID "parlour.game.simultaneous/1"

typedef struct parlour_game_simultaneous {
    uint32_t size, reserved0;

    /* [any] Who chooses at a simultaneous node: bit p set for player p, at least one bit. */
    uint64_t (*active)(void *self, const void *state);

    /* [any] An active player's choices; as legal() of parlour_game_api. */
    uint32_t (*legal_for)(void *self, const void *state, uint32_t player, uint32_t *moves, uint32_t capacity);

    /* [any] Plays one choice a player in place (`moves` has `players` entries, PARLOUR_MOVE_NONE for those not
     * active) and returns the new turn word. */
    uint32_t (*apply_joint)(void *self, void *state, const uint32_t *moves);

    /* [any] The text of a player's choice; as move_text() of parlour_game_api. */
    int32_t (*choice_text)(void *self, const void *state, uint32_t player, uint32_t move, char *buffer,
                           uint32_t capacity);
} parlour_game_simultaneous;

#ifdef __cplusplus
}
#endif
#endif
