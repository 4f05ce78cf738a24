/* Null game: the same little game as in C++, against the bare C interface. There is a heap of ten counters, each
 * player takes one or two, and whoever takes the last one wins. Everything that an optional extension would add is
 * left out; parlour/game_*.h say what there is. */
#include <parlour/parlour.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the state: plain bytes ---- */
typedef struct state {
    uint8_t left, mover;
} state;
enum { COUNTERS = 10 };

static parlour_status fail(parlour_error *error, parlour_status code, const char *sentence) {
    if (error != NULL) {
        error->code = code;
        error->line = 0;
        snprintf(error->text, sizeof error->text, "%s", sentence);
    }
    return code;
}

/* ---- the rules ---- */
static uint32_t turn(void *self, const void *position) {
    const state *s = (const state *)position;
    (void)self;
    return s->left == 0 ? PARLOUR_TURN_TERMINAL : s->mover;
}
static uint32_t legal(void *self, const void *position, uint32_t *moves, uint32_t capacity) {
    const state *s = (const state *)position;
    uint32_t n = 0;
    (void)self;
    for (uint32_t take = 1; take <= 2 && take <= s->left; ++take, ++n) {
        if (n < capacity) moves[n] = take;
    }
    return n;
}
static uint32_t apply(void *self, void *position, uint32_t take) {
    state *s = (state *)position;
    if (take < 1 || take > 2 || take > s->left) return PARLOUR_TURN_FAULT;
    s->left = (uint8_t)(s->left - take);
    s->mover = (uint8_t)(1 - s->mover);
    return turn(self, position);
}
static void outcome(void *self, const void *position, float *util) {
    const state *s = (const state *)position;
    (void)self;
    util[s->mover] = -1.0f;
    util[1 - s->mover] = 1.0f;
}
static uint64_t hash(void *self, const void *position) {
    const state *s = (const state *)position;
    parlour_rng mixer;
    (void)self;
    mixer.state = (uint64_t)s->left * 2u + s->mover;
    return parlour_rng_next(&mixer);
}
static uint32_t initial(void *self, void *position, uint64_t seed) {
    state *s = (state *)position;
    (void)seed;
    s->left = COUNTERS;
    s->mover = 0;
    return turn(self, position);
}
static void info(void *self, parlour_game_info *out) {
    parlour_game_info mine;
    const uint32_t theirs = out->size;
    (void)self;
    memset(&mine, 0, sizeof mine);
    mine.size = theirs < sizeof mine ? theirs : (uint32_t)sizeof mine;
    mine.flags = PARLOUR_GAME_ZERO_SUM;
    mine.players = 2;
    mine.state_size = sizeof(state);
    mine.max_moves = 2;
    mine.move_space = 3;
    mine.max_plies = COUNTERS;
    mine.util_min = -1.0f;
    mine.util_max = 1.0f;
    mine.id = "null_game";
    mine.name = "Null game";
    mine.variant = "";
    memcpy(out, &mine, mine.size);
}
static const void *get_extension(void *self, const char *id) {
    (void)self;
    (void)id;
    return NULL;
}
static parlour_status check(void *self, const void *position, parlour_error *error) {
    const state *s = (const state *)position;
    (void)self;
    if (s->left > COUNTERS) return fail(error, PARLOUR_E_PARSE, "there are more counters than the game has");
    if (s->mover > 1) return fail(error, PARLOUR_E_PARSE, "there are two players");
    return PARLOUR_OK;
}

/* ---- texts ---- */
static int32_t move_text(void *self, const void *position, uint32_t take, char *buffer, uint32_t capacity) {
    (void)self;
    (void)position;
    return (int32_t)snprintf(buffer, capacity, "%u", (unsigned)take);
}
static parlour_status parse_move(void *self, const void *position, const char *text, uint32_t *move,
                                 parlour_error *error) {
    const state *s = (const state *)position;
    (void)self;
    if ((strcmp(text, "1") != 0 && strcmp(text, "2") != 0) || (uint32_t)(text[0] - '0') > s->left) {
        return fail(error, PARLOUR_E_ILLEGAL, "a move is 1 or 2, the number of counters to take");
    }
    *move = (uint32_t)(text[0] - '0');
    return PARLOUR_OK;
}
static int32_t state_text(void *self, const void *position, char *buffer, uint32_t capacity) {
    const state *s = (const state *)position;
    (void)self;
    return (int32_t)snprintf(buffer, capacity, "%u %s", (unsigned)s->left, s->mover == 0 ? "first" : "second");
}
static parlour_status parse_state(void *self, const char *text, void *position, parlour_error *error) {
    char known[16];
    for (uint8_t left = 0; left <= COUNTERS; ++left) {
        for (uint8_t mover = 0; mover < 2; ++mover) {
            state s;
            s.left = left;
            s.mover = mover;
            state_text(self, &s, known, sizeof known);
            if (strcmp(text, known) == 0) {
                memcpy(position, &s, sizeof s);
                return PARLOUR_OK;
            }
        }
    }
    return fail(error, PARLOUR_E_PARSE, "a position is the number of counters and who moves, like \"7 first\"");
}
static void destroy(void *self) {
    (void)self;
}

static const parlour_game_api api = {sizeof(parlour_game_api),
                                     0,
                                     legal,
                                     apply,
                                     turn,
                                     outcome,
                                     hash,
                                     initial,
                                     info,
                                     get_extension,
                                     check,
                                     move_text,
                                     parse_move,
                                     state_text,
                                     parse_state,
                                     destroy};

/* ---- the factory: one game ---- */
static uint64_t refresh(void) {
    return 1;
}
static uint32_t count(void) {
    return 1;
}
static parlour_status describe(uint32_t index, parlour_game_desc *out) {
    parlour_game_desc mine;
    const uint32_t theirs = out->size;
    if (index != 0) return PARLOUR_E_NOTFOUND;
    memset(&mine, 0, sizeof mine);
    mine.size = theirs < sizeof mine ? theirs : (uint32_t)sizeof mine;
    mine.flags = PARLOUR_GAME_ZERO_SUM;
    mine.players_min = 2;
    mine.players_max = 2;
    mine.id = "null_game";
    mine.name = "Null game";
    mine.family = "puzzle";
    mine.summary = "Take one or two counters; whoever takes the last one wins.";
    memcpy(out, &mine, mine.size);
    return PARLOUR_OK;
}
static parlour_status option(const char *game_id, uint32_t index, parlour_option *out) {
    (void)game_id;
    (void)index;
    (void)out;
    return PARLOUR_E_NOTFOUND;
}
static parlour_status create(const parlour_host *host, const char *game_id, const parlour_kv *options,
                             uint32_t n_options, parlour_game *out, parlour_error *error) {
    static char no_object;
    (void)host;
    (void)options;
    if (strcmp(game_id, "null_game") != 0) return fail(error, PARLOUR_E_NOTFOUND, "this plugin has no such game");
    if (n_options != 0) return fail(error, PARLOUR_E_ARG, "this game has no options");
    out->api = &api;
    out->self = &no_object;
    return PARLOUR_OK;
}
static const parlour_game_factory factory = {
    sizeof(parlour_game_factory), 0, refresh, count, describe, option, create};

/* ---- the entry ---- */
static parlour_status init(const parlour_host *host, const char *plugin_path, parlour_error *error) {
    (void)host;
    (void)plugin_path;
    (void)error;
    return PARLOUR_OK;
}
static void deinit(void) {}
static const void *get_factory(const char *factory_id) {
    return strcmp(factory_id, PARLOUR_GAMES_FACTORY) == 0 ? &factory : NULL;
}
const parlour_entry_t parlour_entry = {PARLOUR_ABI_MAGIC,
                                       PARLOUR_ABI_MAJOR,
                                       PARLOUR_ABI_MINOR,
                                       0,
                                       0,
                                       sizeof(parlour_entry_t),
                                       "null_game",
                                       "Null game",
                                       "1.0",
                                       "",
                                       "",
                                       "",
                                       "Take one or two counters; whoever takes the last one wins.",
                                       init,
                                       deinit,
                                       get_factory};
