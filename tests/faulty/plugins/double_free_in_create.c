/* Frees the same memory twice. */
#include "support/tiny_faults.h"
static parlour_status make(const parlour_host *host, const char *id, const parlour_kv *options, uint32_t n,
                           parlour_game *out, parlour_error *error);
#define TINY_ID "double_free_in_create"
#define TINY_CREATE make
#include "support/tiny_game.h"
static parlour_status make(const parlour_host *host, const char *id, const parlour_kv *options, uint32_t n,
                           parlour_game *out, parlour_error *error) {
    void *volatile memory = malloc(40);
    free((void *)memory);
    free((void *)memory);
    return tiny_create(host, id, options, n, out, error);
}
