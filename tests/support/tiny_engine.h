/* A whole engine plugin in plain C: it answers with the first legal move of any game. A test that needs an engine
 * with one thing wrong names it and defines it after including this:
 *
 *     #define TINY_ID "crash_in_search"
 *     #define TINY_SEARCH search
 *     #include "support/tiny_engine.h"
 *     static parlour_status search(TINY_SEARCH_ARGUMENTS) { ... }
 *
 * TINY_INIT, TINY_DESCRIBE, TINY_OPTION, TINY_SUPPORTS, TINY_CREATE, TINY_BIND, TINY_SEARCH and TINY_DESTROY name
 * functions of the plugin; where one is not defined, the right one stands.
 */
#ifndef PARLOUR_TESTS_TINY_ENGINE_H
#define PARLOUR_TESTS_TINY_ENGINE_H

#include "support/tiny_faults.h"

#ifndef TINY_NAME
#define TINY_NAME TINY_ID
#endif
#ifndef TINY_ENGINE_ID
#define TINY_ENGINE_ID TINY_ID
#endif
#ifndef TINY_FACTORY_SIZE
#define TINY_FACTORY_SIZE sizeof(parlour_engine_factory)
#endif
#ifndef TINY_TABLE_SIZE
#define TINY_TABLE_SIZE sizeof(parlour_engine_api)
#endif
#ifndef TINY_COUNT
#define TINY_COUNT 1
#endif

#define TINY_INIT_ARGUMENTS const parlour_host *host, const char *path, parlour_error *error
#define TINY_DESCRIBE_ARGUMENTS uint32_t index, parlour_engine_desc *out
#define TINY_OPTION_ARGUMENTS const char *engine_id, uint32_t index, parlour_option *out
#define TINY_SUPPORTS_ARGUMENTS const char *engine_id, const parlour_game *game, char *why, uint32_t capacity
#define TINY_CREATE_ARGUMENTS                                                                       \
    const parlour_host *host, const char *engine_id, const parlour_kv *options, uint32_t n_options, \
        parlour_engine *out, parlour_error *error
#define TINY_BIND_ARGUMENTS void *self, const parlour_game *game, parlour_error *error
#define TINY_SEARCH_ARGUMENTS                                                                           \
    void *self, const parlour_root *root, const parlour_limits *limits, const parlour_control *control, \
        parlour_result *result, parlour_error *error

typedef struct tiny_engine {
    parlour_game game; /* of the last bind */
} tiny_engine;

/* The host, from init on. */
static const parlour_host *tiny_host;

static inline parlour_status tiny_fail(parlour_error *error, parlour_status code, const char *sentence) {
    error->code = code;
    snprintf(error->text, sizeof error->text, "%s", sentence);
    return code;
}

/* Fills the result with the first legal move of the root. */
static inline parlour_status tiny_answer(void *self, const parlour_root *root, parlour_result *result) {
    const parlour_game *game = &((const tiny_engine *)self)->game;
    uint32_t first = PARLOUR_MOVE_NONE;
    game->api->legal(game->self, root->state, &first, 1);
    result->move = first;
    result->nodes = 1;
    return PARLOUR_OK;
}

/* Sends one line of text as progress. */
static inline void tiny_say(const parlour_control *control, const char *text) {
    parlour_info info;
    memset(&info, 0, sizeof info);
    info.size = sizeof info;
    info.mask = PARLOUR_INFO_TEXT;
    info.rank = 1;
    info.text = text;
    control->info(control->context, &info);
}

static inline parlour_status tiny_init(TINY_INIT_ARGUMENTS) {
    (void)path;
    (void)error;
    tiny_host = host;
    return PARLOUR_OK;
}
static inline parlour_status tiny_describe(TINY_DESCRIBE_ARGUMENTS) {
    parlour_engine_desc mine;
    const uint32_t theirs = out->size;
    if (index >= TINY_COUNT) return PARLOUR_E_NOTFOUND;
    memset(&mine, 0, sizeof mine);
    mine.size = sizeof mine;
    mine.id = TINY_ENGINE_ID;
    mine.name = TINY_NAME;
    mine.version = "1.0";
    mine.author = "tests";
    mine.summary = "Plays the first move.";
    memcpy(out, &mine, theirs < sizeof mine ? theirs : sizeof mine);
    return PARLOUR_OK;
}
static inline parlour_status tiny_option(TINY_OPTION_ARGUMENTS) {
    (void)engine_id;
    (void)index;
    (void)out;
    return PARLOUR_E_NOTFOUND;
}
static inline int32_t tiny_supports(TINY_SUPPORTS_ARGUMENTS) {
    (void)engine_id;
    (void)game;
    (void)why;
    (void)capacity;
    return 1;
}
static inline parlour_status tiny_bind(TINY_BIND_ARGUMENTS) {
    (void)error;
    ((tiny_engine *)self)->game = *game;
    return PARLOUR_OK;
}
static inline parlour_status tiny_search(TINY_SEARCH_ARGUMENTS) {
    (void)limits;
    (void)control;
    (void)error;
    return tiny_answer(self, root, result);
}
static inline void tiny_destroy(void *self) {
    free(self);
}

#ifdef TINY_INIT
static parlour_status TINY_INIT(TINY_INIT_ARGUMENTS);
#else
#define TINY_INIT tiny_init
#endif
#ifdef TINY_DESCRIBE
static parlour_status TINY_DESCRIBE(TINY_DESCRIBE_ARGUMENTS);
#else
#define TINY_DESCRIBE tiny_describe
#endif
#ifdef TINY_OPTION
static parlour_status TINY_OPTION(TINY_OPTION_ARGUMENTS);
#else
#define TINY_OPTION tiny_option
#endif
#ifdef TINY_SUPPORTS
static int32_t TINY_SUPPORTS(TINY_SUPPORTS_ARGUMENTS);
#else
#define TINY_SUPPORTS tiny_supports
#endif
#ifdef TINY_BIND
static parlour_status TINY_BIND(TINY_BIND_ARGUMENTS);
#else
#define TINY_BIND tiny_bind
#endif
#ifdef TINY_DESTROY
static void TINY_DESTROY(void *self);
#else
#define TINY_DESTROY tiny_destroy
#endif
#ifdef TINY_NO_SEARCH
#define TINY_SEARCH NULL
#elif defined TINY_SEARCH
static parlour_status TINY_SEARCH(TINY_SEARCH_ARGUMENTS);
#else
#define TINY_SEARCH tiny_search
#endif

static inline parlour_status tiny_create(TINY_CREATE_ARGUMENTS) {
    static const parlour_engine_api api = {TINY_TABLE_SIZE, 0, TINY_BIND, TINY_SEARCH, TINY_DESTROY, 0};
    (void)options;
    tiny_host = host;
    if (strcmp(engine_id, TINY_ENGINE_ID) != 0)
        return tiny_fail(error, PARLOUR_E_NOTFOUND, "there is no such engine here");
    if (n_options > 0) return tiny_fail(error, PARLOUR_E_ARG, "this engine has no options");
    out->api = &api;
    out->self = calloc(1, sizeof(tiny_engine));
    return PARLOUR_OK;
}

#ifdef TINY_CREATE
static parlour_status TINY_CREATE(TINY_CREATE_ARGUMENTS);
#else
#define TINY_CREATE tiny_create
#endif

static inline uint64_t tiny_refresh(void) {
    return 1;
}
static inline uint32_t tiny_count(void) {
    return TINY_COUNT;
}
static inline void tiny_deinit(void) {}
static inline const void *tiny_get_factory(const char *id) {
    static const parlour_engine_factory factory = {TINY_FACTORY_SIZE, 0,           tiny_refresh,  tiny_count,
                                                   TINY_DESCRIBE,     TINY_OPTION, TINY_SUPPORTS, TINY_CREATE};
    return strcmp(id, PARLOUR_ENGINES_FACTORY) == 0 ? &factory : NULL;
}

const parlour_entry_t parlour_entry = {PARLOUR_ABI_MAGIC,
                                       PARLOUR_ABI_MAJOR,
                                       PARLOUR_ABI_MINOR,
                                       0,
                                       0,
                                       sizeof(parlour_entry_t),
                                       TINY_ID,
                                       TINY_NAME,
                                       "1.0",
                                       "tests",
                                       "MIT",
                                       "",
                                       "An engine for tests.",
                                       TINY_INIT,
                                       tiny_deinit,
                                       tiny_get_factory};

#endif
