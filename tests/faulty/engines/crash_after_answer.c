/* Answers, and a thread of its own crashes a moment later. */
#define TINY_ID "crash_after_answer"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <pthread.h>

static void *work(void *nothing) {
    fault_wait(20);
    fault_crash();
    return nothing;
}

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, NULL) == 0) pthread_detach(thread);
    return tiny_answer(self, root, result);
}
