/* Never comes back from destroy, if it searched before. */
#define TINY_ID "endless_destroy"
#define TINY_DESTROY destroy
#include "support/tiny_engine.h"

static void destroy(void *self) {
    if (((tiny_engine *)self)->game.api != NULL) fault_loop();
    free(self);
}
