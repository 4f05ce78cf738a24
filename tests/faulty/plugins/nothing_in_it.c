/* A plugin without games and without engines. */
#define TINY_ID "nothing_in_it"
#define TINY_GET_FACTORY nothing
#include <parlour/parlour.h>
static const void *nothing(const char *id) {
    (void)id;
    return NULL;
}
#include "support/tiny_game.h"
