/* parlour/engine.h - opponents: limits, control, progress, result, the engine table, the factory.
 *
 * An engine plays any game whose tables it is given. search() blocks on a thread of the host's; the host owns the
 * stop word and the deadline. Values are always in [-1, 1], from the view of the player to move at the root: the
 * utility scaled from util_min..util_max.
 */
#ifndef PARLOUR_ENGINE_H
#define PARLOUR_ENGINE_H

#include <parlour/abi.h>
#include <parlour/game.h>
#include <parlour/host.h>
#include <parlour/option.h>

#ifdef __cplusplus
extern "C" {
#endif

/* parlour_limits.mask: which limits hold. The first one reached ends the search. */
enum {
    PARLOUR_LIMIT_SOFT_TIME = 1, /* soft_ns: do not begin what cannot be finished by then */
    PARLOUR_LIMIT_HARD_TIME = 2, /* hard_ns: return by then */
    PARLOUR_LIMIT_NODES = 4,     /* nodes: positions looked at (alpha-beta) */
    PARLOUR_LIMIT_DEPTH = 8,     /* depth: plies */
    PARLOUR_LIMIT_PLAYOUTS = 16, /* playouts: simulations (Monte Carlo); a tree search takes it as nodes if alone */
    PARLOUR_LIMIT_STRENGTH = 32, /* strength: 0 beginner .. 1000 all it has */
    PARLOUR_LIMIT_MOVES = 64     /* only: consider no other moves at the root */
};

/* SIZED, host-owned, valid during the search. With mask 0 the search goes on until it is stopped. Times are from the
 * call of search(). The same seed, limits without time, options and root give the same result. */
typedef struct parlour_limits {
    uint32_t size, mask;
    uint64_t soft_ns, hard_ns, nodes, playouts, seed;
    uint32_t depth, lines; /* lines: how many best moves to report, at least 1 */
    uint32_t strength, n_only;
    const uint32_t *only;
} parlour_limits;

/* *parlour_control.stop */
enum {
    PARLOUR_GO = 0,
    PARLOUR_STOP_SOON = 1, /* end at the next good place, within 100 ms */
    PARLOUR_STOP_NOW = 2   /* return what there is, within 10 ms */
};

/* What a search knows of one root move. FROZEN, 24 bytes. */
typedef struct parlour_move_stat {
    uint32_t move, reserved0;
    uint64_t visits; /* simulations or nodes spent on it */
    float value;     /* [-1, 1] for the player to move at the root */
    float prior;     /* 0..1, 0 where there is none */
} parlour_move_stat;

/* parlour_info.mask: which fields are filled. */
enum {
    PARLOUR_INFO_DEPTH = 1,
    PARLOUR_INFO_NODES = 2,
    PARLOUR_INFO_VALUE = 4,
    PARLOUR_INFO_LINE = 8,
    PARLOUR_INFO_STATS = 16,
    PARLOUR_INFO_PROVEN = 32, /* no field: the value is exact, no deeper search would change it */
    PARLOUR_INFO_TEXT = 64
};

/* Progress, SIZED, engine to host; pointers die with the call. */
typedef struct parlour_info {
    uint32_t size, mask;
    uint32_t rank;  /* 1 = the best line, up to limits.lines */
    uint32_t depth; /* plies searched in full (alpha-beta) or the tree's deepest (Monte Carlo) */
    uint64_t nodes; /* nodes or simulations so far */
    float value;    /* [-1, 1] for the player to move at the root */
    uint32_t n_line, n_stats, reserved0;
    const uint32_t *line; /* the principal variation, chance moves included */
    const parlour_move_stat *stats;
    const char *text;
} parlour_info;

/* The host's side of a search, SIZED, valid during it. */
typedef struct parlour_control {
    uint32_t size, reserved0;
    void *context;
    const uint32_t *stop;           /* read with a relaxed atomic load, often */
    uint64_t (*now)(void *context); /* [search] monotonic nanoseconds since search() began */
    void (*info)(void *context, const parlour_info *progress); /* [search] copied at once; may be called often */
} parlour_control;

/* parlour_result.flags */
enum {
    PARLOUR_RESULT_RESIGN = 1, /* the engine gives up; move still names a legal move */
    PARLOUR_RESULT_PROVEN = 2, /* value is exact */
    PARLOUR_RESULT_VALUE = 4   /* value is filled */
};

/* SIZED; the host sets `size`, the engine fills the rest. */
typedef struct parlour_result {
    uint32_t size, flags;
    uint32_t move; /* legal at the root */
    float value;   /* [-1, 1] */
    uint64_t nodes;
    uint32_t depth, reserved0;
} parlour_result;

/* Where to search from, SIZED. Of hidden games `state` is the view of `player` (see parlour/game_hidden.h). `start`
 * and `moves` tell the way here, for engines that keep a tree or know openings; NULL and 0 where the host does not
 * say, and always in hidden games. */
typedef struct parlour_root {
    uint32_t size, player;
    const void *state; /* 16-byte aligned, state_size bytes */
    const void *start;
    const uint32_t *moves;
    uint32_t n_moves, reserved0;
} parlour_root;

/* SIZED. */
typedef struct parlour_engine_api {
    uint32_t size, reserved0;

    /* [search] A new game begins, or another one: forget everything. The game outlives the binding. */
    parlour_status (*bind)(void *self, const parlour_game *game, parlour_error *error);

    /* [search] Searches and returns; never at a finished or chance node. Without any result: a failure. */
    parlour_status (*search)(void *self, const parlour_root *root, const parlour_limits *limits,
                             const parlour_control *control, parlour_result *result, parlour_error *error);

    /* [main] Never during a search. */
    void (*destroy)(void *self);

    /* [search] Optional, since 1.1: the bound game, in which this engine has searched, is over. `last` is its last
     * position as search() is given positions, a finished one or not (who resigns ends a game too); `player` the seat
     * that the engine had. Half a second is given; a failure is told to people and changes nothing. */
    parlour_status (*game_over)(void *self, const parlour_root *last, parlour_error *error);
} parlour_engine_api;

/* FROZEN. */
typedef struct parlour_engine {
    const parlour_engine_api *api;
    void *self;
} parlour_engine;

/* SIZED; strings live until refresh(). */
typedef struct parlour_engine_desc {
    uint32_t size, flags;
    const char *id;      /* "mcts": lower case, digits, '_', ':'; unique among engines */
    const char *name;    /* "Monte Carlo" */
    const char *version; /* "1.0" */
    const char *author;
    const char *summary; /* one sentence */
} parlour_engine_desc;

/* parlour_engine_desc.flags: how the strength levels of a person's opponent map to limits. */
enum {
    PARLOUR_ENGINE_LEVELS = 1 /* understands PARLOUR_LIMIT_STRENGTH */
};

#define PARLOUR_ENGINES_FACTORY "parlour.engines/1"

/* SIZED; from parlour_entry_t.get_factory(PARLOUR_ENGINES_FACTORY). */
typedef struct parlour_engine_factory {
    uint32_t size, reserved0;
    uint64_t (*refresh)(void);                                                            /* [main] as for games */
    uint32_t (*count)(void);                                                              /* [main] */
    parlour_status (*describe)(uint32_t index, parlour_engine_desc *out);                 /* [main] */
    parlour_status (*option)(const char *engine_id, uint32_t index, parlour_option *out); /* [main] */

    /* [any] How well an engine plays a game: 0 not at all .. 100 made for it; below 1 `why` has the sentence. */
    int32_t (*supports)(const char *engine_id, const parlour_game *game, char *why, uint32_t capacity);

    /* [main] */
    parlour_status (*create)(const parlour_host *host, const char *engine_id, const parlour_kv *options,
                             uint32_t n_options, parlour_engine *out, parlour_error *error);
} parlour_engine_factory;

#ifdef __cplusplus
}
#endif
#endif
