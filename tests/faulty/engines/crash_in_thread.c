/* A thread of its own crashes while it waits for it. */
#define TINY_ID "crash_in_thread"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <pthread.h>

static void *work(void *nothing) {
    fault_crash();
    return nothing;
}

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    return tiny_answer(self, root, result);
}
