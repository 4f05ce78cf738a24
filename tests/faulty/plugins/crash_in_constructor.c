/* Crashes before anybody calls it. */
#define TINY_ID "crash_in_constructor"
#include "support/tiny_game.h"
__attribute__((constructor)) static void begin(void) {
    *(volatile int *)(uintptr_t)64 = 1;
}
