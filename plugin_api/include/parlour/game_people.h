/* parlour/game_people.h - optional extensions by which a game explains itself to people: score, reason of the ending,
 * rules text, why a move is refused. All functions are [any] and reentrant; texts follow the snprintf rule of
 * parlour_game_api and are English UTF-8.
 */
#ifndef PARLOUR_GAME_PEOPLE_H
#define PARLOUR_GAME_PEOPLE_H

#include <parlour/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARLOUR_GAME_SCORE_ID "parlour.game.score/1"
#define PARLOUR_GAME_HELP_ID "parlour.game.help/1"

typedef struct parlour_game_score {
    uint32_t size, reserved0;
    /* A player's points as people count them (discs, money, a bank), at any time. */
    int64_t (*score)(void *self, const void *state, uint32_t player);
} parlour_game_score;

typedef struct parlour_game_help {
    uint32_t size, reserved0;
    /* The rules for a person who has never played, in Markdown (headings, paragraphs, lists, emphasis); "" when
     * there is no such text. */
    int32_t (*rules)(void *self, char *buffer, uint32_t capacity);
    /* How a finished game ended, to stand after "wins" or "draw": "by four in a row", "no moves left". Of a game for
     * one player that is neither won nor lost, a whole sentence with a capital letter: "Finished with 1488 points".
     * May be NULL. */
    int32_t (*reason)(void *self, const void *state, char *buffer, uint32_t capacity);
    /* One sentence on why nobody may touch `from` and then `to` (ids of cells; PARLOUR_CELL_NONE when only one was
     * touched): "That square is taken." Empty when the game cannot tell. May be NULL. */
    int32_t (*why_not)(void *self, const void *state, uint32_t from, uint32_t to, char *buffer, uint32_t capacity);
    /* What a player is called: "Black", "Red". May be NULL: "Player 1". */
    int32_t (*player_name)(void *self, uint32_t player, char *buffer, uint32_t capacity);
} parlour_game_help;

#ifdef __cplusplus
}
#endif
#endif
