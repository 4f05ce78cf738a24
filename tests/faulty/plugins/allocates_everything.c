/* Takes memory until there is none. */
#include <parlour/parlour.h>
#include <stdlib.h>
#include <string.h>
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    (void)host;
    (void)path;
    for (;;) {
        char *block = malloc(256u << 20);
        if (block == NULL) break;
        block[0] = 1; /* the address space is what runs out, not the machine's memory */
    }
    strcpy(error->text, "there is not enough memory");
    return PARLOUR_E_NOMEM;
}
#define TINY_ID "allocates_everything"
#define TINY_INIT start
#include "support/tiny_game.h"
