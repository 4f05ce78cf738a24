/* Exports a helper of its own. */
#define TINY_ID "exports_more"
#include "support/tiny_game.h"
int a_helper_of_its_own(void);
__attribute__((visibility("default"))) int a_helper_of_its_own(void) {
    return 1;
}
