/* Says that it made a game, and made none. */
#include "support/tiny_faults.h"
static parlour_status make(const parlour_host *host, const char *id, const parlour_kv *options, uint32_t n,
                           parlour_game *out, parlour_error *error);
#define TINY_ID "creates_nothing"
#define TINY_CREATE make
#include "support/tiny_game.h"
static parlour_status make(const parlour_host *host, const char *id, const parlour_kv *options, uint32_t n,
                           parlour_game *out, parlour_error *error) {
    out->api = NULL;
    out->self = NULL;
    return PARLOUR_OK;
}
