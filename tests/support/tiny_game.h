/* A whole plugin in plain C, of one tiny game: two players take 1 to 3 counters from a heap of 9 in turn, and whoever
 * takes the last one wins. A test that needs a plugin with one thing wrong defines the thing and includes this:
 *
 *     #define TINY_MAJOR 2
 *     #include "support/tiny_game.h"
 *
 * Every function of the tables can be replaced by a macro of its name that names another function of the same form.
 */
#ifndef PARLOUR_TESTS_TINY_GAME_H
#define PARLOUR_TESTS_TINY_GAME_H

#include <parlour/parlour.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef TINY_MAGIC
#define TINY_MAGIC PARLOUR_ABI_MAGIC
#endif
#ifndef TINY_MAJOR
#define TINY_MAJOR PARLOUR_ABI_MAJOR
#endif
#ifndef TINY_MIN_MINOR
#define TINY_MIN_MINOR 0
#endif
#ifndef TINY_ENTRY_SIZE
#define TINY_ENTRY_SIZE sizeof(parlour_entry_t)
#endif
#ifndef TINY_FACTORY_SIZE
#define TINY_FACTORY_SIZE sizeof(parlour_game_factory)
#endif
#ifndef TINY_TABLE_SIZE
#define TINY_TABLE_SIZE sizeof(parlour_game_api)
#endif
#ifndef TINY_PLUGIN_ID
#define TINY_PLUGIN_ID TINY_ID
#endif
#ifndef TINY_NAME
#define TINY_NAME "Tiny"
#endif
#ifndef TINY_STATE_SIZE
#define TINY_STATE_SIZE sizeof(tiny_state)
#endif
#ifndef TINY_MAX_PLIES
#define TINY_MAX_PLIES 9
#endif

typedef struct tiny_state {
    uint8_t left, mover;
} tiny_state;

static inline parlour_status tiny_fail(parlour_error *error, parlour_status code, const char *sentence) {
    if (error != NULL) {
        error->code = code;
        error->line = 0;
        snprintf(error->text, sizeof error->text, "%s", sentence);
    }
    return code;
}

static inline uint32_t tiny_turn(void *self, const void *state) {
    const tiny_state *s = (const tiny_state *)state;
    (void)self;
    return s->left == 0 ? PARLOUR_TURN_TERMINAL : s->mover;
}
static inline uint32_t tiny_legal(void *self, const void *state, uint32_t *moves, uint32_t capacity) {
    const tiny_state *s = (const tiny_state *)state;
    uint32_t n = 0;
    (void)self;
    for (uint32_t take = 1; take <= 3 && take <= s->left; ++take, ++n) {
        if (n < capacity) moves[n] = take;
    }
    return n;
}
static inline uint32_t tiny_apply(void *self, void *state, uint32_t move) {
    tiny_state *s = (tiny_state *)state;
    s->left = (uint8_t)(s->left - move);
    s->mover ^= 1;
    return tiny_turn(self, state);
}
static inline void tiny_outcome(void *self, const void *state, float *util) {
    const tiny_state *s = (const tiny_state *)state;
    (void)self;
    util[s->mover & 1] = -1;
    util[1 - (s->mover & 1)] = 1;
}
static inline uint64_t tiny_hash(void *self, const void *state) {
    const tiny_state *s = (const tiny_state *)state;
    (void)self;
    return s->left * 2u + s->mover;
}
static inline uint32_t tiny_initial(void *self, void *state, uint64_t seed) {
    tiny_state *s = (tiny_state *)state;
    (void)seed;
    s->left = 9;
    s->mover = 0;
    return tiny_turn(self, state);
}
static inline void tiny_info(void *self, parlour_game_info *out) {
    parlour_game_info mine;
    const uint32_t theirs = out->size;
    (void)self;
    memset(&mine, 0, sizeof mine);
    mine.size = sizeof mine;
    mine.flags = PARLOUR_GAME_ZERO_SUM;
    mine.players = 2;
    mine.state_size = TINY_STATE_SIZE;
    mine.max_moves = 3;
    mine.move_space = 4;
    mine.max_plies = TINY_MAX_PLIES;
    mine.util_min = -1;
    mine.util_max = 1;
    mine.id = TINY_ID;
    mine.name = TINY_NAME;
    mine.variant = "";
    memcpy(out, &mine, theirs < sizeof mine ? theirs : sizeof mine);
}
static inline const void *tiny_get_extension(void *self, const char *id) {
    (void)self;
    (void)id;
    return NULL;
}
static inline parlour_status tiny_check(void *self, const void *state, parlour_error *error) {
    const tiny_state *s = (const tiny_state *)state;
    (void)self;
    if (s->left > 9 || s->mover > 1) return tiny_fail(error, PARLOUR_E_PARSE, "the heap has 0 to 9 counters");
    return PARLOUR_OK;
}
static inline int32_t tiny_move_text(void *self, const void *state, uint32_t move, char *buffer, uint32_t capacity) {
    (void)self;
    (void)state;
    return snprintf(buffer, capacity, "take %u", (unsigned)move);
}
static inline parlour_status tiny_parse_move(void *self, const void *state, const char *text, uint32_t *move,
                                             parlour_error *error) {
    const tiny_state *s = (const tiny_state *)state;
    (void)self;
    if (strncmp(text, "take ", 5) != 0 || text[5] < '1' || text[5] > '3' || text[6] != '\0')
        return tiny_fail(error, PARLOUR_E_PARSE, "a move is \"take 1\", \"take 2\" or \"take 3\"");
    if (text[5] - '0' > s->left) return tiny_fail(error, PARLOUR_E_ILLEGAL, "there are not so many counters left");
    *move = (uint32_t)(text[5] - '0');
    return PARLOUR_OK;
}
static inline int32_t tiny_state_text(void *self, const void *state, char *buffer, uint32_t capacity) {
    const tiny_state *s = (const tiny_state *)state;
    (void)self;
    return snprintf(buffer, capacity, "%u left, player %u", (unsigned)s->left, (unsigned)s->mover + 1);
}
static inline parlour_status tiny_parse_state(void *self, const char *text, void *state, parlour_error *error) {
    unsigned left = 0, player = 0;
    char end = '\0', again[40];
    tiny_state *s = (tiny_state *)state;
    (void)self;
    if (sscanf(text, "%2u left, player %1u%c", &left, &player, &end) != 2 || left > 9 || player < 1 || player > 2)
        return tiny_fail(error, PARLOUR_E_PARSE, "a position is like \"9 left, player 1\"");
    snprintf(again, sizeof again, "%u left, player %u", left, player);
    if (strcmp(again, text) != 0) return tiny_fail(error, PARLOUR_E_PARSE, "a position is like \"9 left, player 1\"");
    s->left = (uint8_t)left;
    s->mover = (uint8_t)(player - 1);
    return PARLOUR_OK;
}
static inline void tiny_destroy(void *self) {
    free(self);
}

#ifndef TINY_LEGAL
#define TINY_LEGAL tiny_legal
#endif
#ifndef TINY_APPLY
#define TINY_APPLY tiny_apply
#endif
#ifndef TINY_TURN
#define TINY_TURN tiny_turn
#endif
#ifndef TINY_OUTCOME
#define TINY_OUTCOME tiny_outcome
#endif
#ifndef TINY_HASH
#define TINY_HASH tiny_hash
#endif
#ifndef TINY_INITIAL
#define TINY_INITIAL tiny_initial
#endif
#ifndef TINY_INFO
#define TINY_INFO tiny_info
#endif
#ifndef TINY_GET_EXTENSION
#define TINY_GET_EXTENSION tiny_get_extension
#endif
#ifndef TINY_CHECK
#define TINY_CHECK tiny_check
#endif
#ifndef TINY_MOVE_TEXT
#define TINY_MOVE_TEXT tiny_move_text
#endif
#ifndef TINY_PARSE_MOVE
#define TINY_PARSE_MOVE tiny_parse_move
#endif
#ifndef TINY_STATE_TEXT
#define TINY_STATE_TEXT tiny_state_text
#endif
#ifndef TINY_PARSE_STATE
#define TINY_PARSE_STATE tiny_parse_state
#endif
#ifndef TINY_DESTROY
#define TINY_DESTROY tiny_destroy
#endif

static inline uint64_t tiny_refresh(void) {
    return 1;
}
static inline uint32_t tiny_count(void) {
    return 1;
}
static inline parlour_status tiny_describe(uint32_t index, parlour_game_desc *out) {
    parlour_game_desc mine;
    const uint32_t theirs = out->size;
    if (index > 0) return PARLOUR_E_NOTFOUND;
    memset(&mine, 0, sizeof mine);
    mine.size = sizeof mine;
    mine.flags = PARLOUR_GAME_ZERO_SUM;
    mine.players_min = mine.players_max = 2;
    mine.id = TINY_ID;
    mine.name = TINY_NAME;
    mine.family = "row";
    mine.summary = "Take one to three; the last one wins.";
    memcpy(out, &mine, theirs < sizeof mine ? theirs : sizeof mine);
    return PARLOUR_OK;
}
static inline parlour_status tiny_option(const char *game_id, uint32_t index, parlour_option *out) {
    (void)game_id;
    (void)index;
    (void)out;
    return PARLOUR_E_NOTFOUND;
}
static inline parlour_status tiny_create(const parlour_host *host, const char *game_id, const parlour_kv *options,
                                         uint32_t n_options, parlour_game *out, parlour_error *error) {
    static const parlour_game_api api = {TINY_TABLE_SIZE,  0,
                                         TINY_LEGAL,       TINY_APPLY,
                                         TINY_TURN,        TINY_OUTCOME,
                                         TINY_HASH,        TINY_INITIAL,
                                         TINY_INFO,        TINY_GET_EXTENSION,
                                         TINY_CHECK,       TINY_MOVE_TEXT,
                                         TINY_PARSE_MOVE,  TINY_STATE_TEXT,
                                         TINY_PARSE_STATE, TINY_DESTROY};
    (void)host;
    (void)options;
    if (strcmp(game_id, TINY_ID) != 0) return tiny_fail(error, PARLOUR_E_NOTFOUND, "there is no such game here");
    if (n_options > 0) return tiny_fail(error, PARLOUR_E_ARG, "this game has no options");
    out->api = &api;
    out->self = malloc(1);
    return PARLOUR_OK;
}

#ifndef TINY_DESCRIBE
#define TINY_DESCRIBE tiny_describe
#endif
#ifndef TINY_OPTION
#define TINY_OPTION tiny_option
#endif
#ifndef TINY_CREATE
#define TINY_CREATE tiny_create
#endif
#ifndef TINY_COUNT
#define TINY_COUNT tiny_count
#endif

static inline parlour_status tiny_init(const parlour_host *host, const char *path, parlour_error *error) {
    (void)host;
    (void)path;
    (void)error;
    return PARLOUR_OK;
}
static inline void tiny_deinit(void) {}
static inline const void *tiny_get_factory(const char *id) {
    static const parlour_game_factory factory = {TINY_FACTORY_SIZE, 0,           tiny_refresh, TINY_COUNT,
                                                 TINY_DESCRIBE,     TINY_OPTION, TINY_CREATE};
    return strcmp(id, PARLOUR_GAMES_FACTORY) == 0 ? &factory : NULL;
}

#ifndef TINY_INIT
#define TINY_INIT tiny_init
#endif
#ifndef TINY_DEINIT
#define TINY_DEINIT tiny_deinit
#endif
#ifndef TINY_GET_FACTORY
#define TINY_GET_FACTORY tiny_get_factory
#endif

#ifndef TINY_NO_ENTRY
const parlour_entry_t parlour_entry = {
    TINY_MAGIC,  TINY_MAJOR,      PARLOUR_ABI_MINOR, TINY_MIN_MINOR, 0,  TINY_ENTRY_SIZE,       TINY_PLUGIN_ID,
    TINY_NAME,   "1.0",           "tests",           "MIT",          "", "A plugin for tests.", TINY_INIT,
    TINY_DEINIT, TINY_GET_FACTORY};
#endif

#endif
