/* A thread goes on to work after the search, and for ever. */
#define TINY_ID "thread_outlives"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <pthread.h>

static void *work(void *nothing) {
    fault_loop();
    return nothing;
}

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, NULL) == 0) pthread_detach(thread);
    return tiny_answer(self, root, result);
}
