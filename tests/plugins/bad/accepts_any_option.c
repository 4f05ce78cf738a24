/* Takes options that it does not have. */
#include <parlour/parlour.h>
static parlour_status make(const parlour_host *host, const char *id, const parlour_kv *options, uint32_t n,
                           parlour_game *out, parlour_error *error);
#define TINY_ID "accepts_any_option"
#define TINY_CREATE make
#include "support/tiny_game.h"
static parlour_status make(const parlour_host *host, const char *id, const parlour_kv *options, uint32_t n,
                           parlour_game *out, parlour_error *error) {
    (void)n;
    return tiny_create(host, id, options, 0, out, error);
}
