/* Starts threads as long as it may. */
#define TINY_ID "thread_bomb"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <pthread.h>

static void *work(void *nothing) {
    fault_sleep();
    return nothing;
}

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    pthread_t thread;
    for (int i = 0; i < 100000 && pthread_create(&thread, NULL, work, NULL) == 0; ++i) pthread_detach(thread);
    return tiny_answer(self, root, result);
}
