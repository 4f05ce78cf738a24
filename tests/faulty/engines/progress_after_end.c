/* A thread goes on to report after the search has ended. */
#define TINY_ID "progress_after_end"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <pthread.h>

static void *work(void *control) {
    for (;;) {
        tiny_say((const parlour_control *)control, "and another thing");
        fault_wait(1);
    }
    return NULL;
}

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, (void *)(uintptr_t)control) == 0) pthread_detach(thread);
    return tiny_answer(self, root, result);
}
