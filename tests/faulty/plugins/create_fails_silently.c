/* Makes no game and fills its error with bytes that never end. */
#include "support/tiny_faults.h"
static parlour_status make(const parlour_host *host, const char *id, const parlour_kv *options, uint32_t n,
                           parlour_game *out, parlour_error *error);
#define TINY_ID "create_fails_silently"
#define TINY_CREATE make
#include "support/tiny_game.h"
static parlour_status make(const parlour_host *host, const char *id, const parlour_kv *options, uint32_t n,
                           parlour_game *out, parlour_error *error) {
    memset(error, 0xff, sizeof *error);
    return PARLOUR_E_FAIL;
}
