/* Works well, until the process ends. */
#define TINY_ID "crash_in_destructor"
#include "support/tiny_game.h"
__attribute__((destructor)) static void end(void) {
    *(volatile int *)(uintptr_t)64 = 1;
}
