/* Writes to the log without end. */
#define TINY_ID "floods_log"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    for (;;) tiny_host->log(tiny_host, PARLOUR_LOG_WARN, "this line is as good as any other");
    return tiny_answer(self, root, result);
}
