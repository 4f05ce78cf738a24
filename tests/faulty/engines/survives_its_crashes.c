/* Handles SIGSEGV by coming back to the instruction that made it: for ever. */
#define TINY_ID "survives_its_crashes"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static void shrug(int number) {
    (void)number;
}

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    signal(SIGSEGV, shrug);
    fault_crash();
    return tiny_answer(self, root, result);
}
