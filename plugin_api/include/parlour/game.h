/* parlour/game.h - the rules of a game: description, the hot table, the factory.
 *
 * A game object is immutable after create; all rule functions are reentrant. A position ("state") is `state_size`
 * plain bytes in the caller's memory: no pointers, padding zeroed, the same moves give the same bytes. Copying the
 * bytes copies the position, so undo, save, replay, restart and hand-over to another process need nothing from the
 * game. The test for what belongs in a state: would a player expect undo to restore it?
 *
 * Moves are uint32_t, lossless, in a deterministic order. What does not fit one is split into several moves by the
 * same player. The game says who moves next after every move; nobody alternates on their own.
 */
#ifndef PARLOUR_GAME_H
#define PARLOUR_GAME_H

#include <parlour/abi.h>
#include <parlour/host.h>
#include <parlour/option.h>

#ifdef __cplusplus
extern "C" {
#endif

/* parlour_game_info.flags and parlour_game_desc.flags */
enum {
    PARLOUR_GAME_ZERO_SUM = 1,       /* utilities add up to zero in every final position */
    PARLOUR_GAME_CHANCE = 2,         /* has chance nodes: "parlour.game.chance/1" is there */
    PARLOUR_GAME_HIDDEN = 4,         /* has hidden information: "parlour.game.hidden/1" is there */
    PARLOUR_GAME_SIMULTANEOUS = 8,   /* players move at once: "parlour.game.simultaneous/1" is there */
    PARLOUR_GAME_SERIALIZED = 16,    /* slow, and one call at a time (rules written in a script) */
    PARLOUR_GAME_COMPOUND = 32,      /* the same player may move several times in a row */
    PARLOUR_GAME_PATH_DEPENDENT = 64 /* the outcome may depend on history, kept inside the state, not in its text */
};

/* A game instance's numbers, SIZED; the caller sets `size`, the game fills the rest. Constant for the instance. */
typedef struct parlour_game_info {
    uint32_t size, flags;
    uint32_t players;    /* 1..PARLOUR_MAX_PLAYERS, after options */
    uint32_t state_size; /* bytes, 1..PARLOUR_MAX_STATE_SIZE; states are given 16-byte aligned */
    uint32_t max_moves;  /* proven upper bound of what legal() returns */
    uint32_t move_space; /* 0, or every move is below it (so that a move may index a table) */
    uint32_t max_plies;  /* 0 = no bound known */
    uint32_t reserved0;
    float util_min, util_max; /* bounds of outcome() */
    const char *id, *name;    /* as in parlour_game_desc; belong to the game object */
    const char *variant;      /* the options that differ from their defaults, as "id=value,id=value"; may be "" */
} parlour_game_info;

#define PARLOUR_MAX_PLAYERS 16u
#define PARLOUR_MAX_STATE_SIZE 65536u

/* The turn word, result of initial, turn and apply: who moves next. */
#define PARLOUR_TURN_PLAYER(turn) ((turn)&0xffu)
#define PARLOUR_TURN_TERMINAL 0x0100u     /* the game is over */
#define PARLOUR_TURN_CHANCE 0x0200u       /* nature moves: see parlour/game_chance.h */
#define PARLOUR_TURN_SIMULTANEOUS 0x0400u /* several players move at once: see parlour/game_simultaneous.h */
#define PARLOUR_TURN_FAULT 0x8100u /* the rules failed; contains TERMINAL, so that engines need no extra case */

#define PARLOUR_MOVE_NONE 0xffffffffu
#define PARLOUR_COUNT_FAULT 0xffffffffu /* from legal(): the rules failed */

/* The hot table, SIZED. Every function is reentrant. Functions that fill text follow the snprintf rule: they write at
 * most `capacity` bytes with the NUL, and return the length without it that the whole text needs, or a negative
 * status. */
typedef struct parlour_game_api {
    uint32_t size, reserved0;

    /* ---- hot: [any], no allocation, no error text, arguments are trusted ---- */

    /* The legal moves in a fixed order; at a chance node, every outcome's move. Writes at most `capacity` of them and
     * returns how many there are, also beyond the capacity. 0 exactly when the game is over; a pass is a move. At a
     * simultaneous node returns the legal moves of the first active player. */
    uint32_t (*legal)(void *self, const void *state, uint32_t *moves, uint32_t capacity);

    /* Plays a legal move in place and returns the new turn word. An illegal move is undefined for the state's
     * content, but never for memory: it may return PARLOUR_TURN_FAULT. */
    uint32_t (*apply)(void *self, void *state, uint32_t move);

    /* Who moves: the word that the last apply returned. */
    uint32_t (*turn)(void *self, const void *state);

    /* Writes one utility a player into util[0..players-1], each in util_min..util_max. Only on finished games. */
    void (*outcome)(void *self, const void *state, float *util);

    /* A hash of everything that decides how the game goes on, but for repetition history. Equal states have equal
     * hashes. */
    uint64_t (*hash)(void *self, const void *state);

    /* ---- cold ---- */

    /* [any] Writes the starting position and returns its turn word. `seed` chooses among starting positions where a
     * game has many; games with one ignore it. */
    uint32_t (*initial)(void *self, void *state, uint64_t seed);

    /* [any] */
    void (*info)(void *self, parlour_game_info *out);

    /* [any] The table of an optional extension ("parlour.game.chance/1"), or NULL. Lives as long as the game. The
     * function itself may be NULL in a game without extensions; no other function of this table may. */
    const void *(*get_extension)(void *self, const char *id);

    /* [any] Whether untrusted bytes are a position that the other functions may be given. Must survive any bytes. */
    parlour_status (*check)(void *self, const void *state, parlour_error *error);

    /* [any] A legal move's text in the notation of the game's players. Different moves have different texts. */
    int32_t (*move_text)(void *self, const void *state, uint32_t move, char *buffer, uint32_t capacity);

    /* [any] The legal move that `text` names here. PARLOUR_E_PARSE: no move is written so; PARLOUR_E_ILLEGAL: one is,
     * but not here. */
    parlour_status (*parse_move)(void *self, const void *state, const char *text, uint32_t *move,
                                 parlour_error *error);

    /* [any] The position as one line of text that parse_state reads back. */
    int32_t (*state_text)(void *self, const void *state, char *buffer, uint32_t capacity);

    /* [any] The position of a text; on failure `state` is left as it was. */
    parlour_status (*parse_state)(void *self, const char *text, void *state, parlour_error *error);

    /* [main] Ends the object. Every engine bound to it is destroyed or bound elsewhere before. */
    void (*destroy)(void *self);
} parlour_game_api;

/* A game object. FROZEN. */
typedef struct parlour_game {
    const parlour_game_api *api;
    void *self;
} parlour_game;

/* What a gallery shows before anything is created, SIZED; filled by describe(). Strings live until refresh(). */
typedef struct parlour_game_desc {
    uint32_t size, flags; /* PARLOUR_GAME_* with default options */
    uint32_t players_min, players_max;
    const char *id;      /* "reversi": lower case, digits, '_', ':'; unique among games */
    const char *name;    /* "Reversi" */
    const char *family;  /* "row", "capture", "territory", "dice", "cards", "puzzle"...: groups tiles */
    const char *summary; /* one sentence */
} parlour_game_desc;

#define PARLOUR_GAMES_FACTORY "parlour.games/1"

/* The games of a plugin, SIZED; from parlour_entry_t.get_factory(PARLOUR_GAMES_FACTORY). */
typedef struct parlour_game_factory {
    uint32_t size, reserved0;

    /* [main] Looks again at whatever the games come from (scripts in a folder); returns a number that changes when
     * they did. Strings of describe() and option() die here. May be NULL: then nothing ever changes. */
    uint64_t (*refresh)(void);

    /* [main] How many games. */
    uint32_t (*count)(void);

    /* [main] The index-th game. PARLOUR_E_NOTFOUND beyond the last. */
    parlour_status (*describe)(uint32_t index, parlour_game_desc *out);

    /* [main] The index-th option of a game; PARLOUR_E_NOTFOUND ends the list. */
    parlour_status (*option)(const char *game_id, uint32_t index, parlour_option *out);

    /* [main] A game with these options; options not named have their defaults, unknown ones are PARLOUR_E_ARG. */
    parlour_status (*create)(const parlour_host *host, const char *game_id, const parlour_kv *options,
                             uint32_t n_options, parlour_game *out, parlour_error *error);
} parlour_game_factory;

#ifdef __cplusplus
}
#endif
#endif
