/* Throws the environment away. */
#define TINY_ID "changes_environment"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    clearenv();
    return tiny_answer(self, root, result);
}
