/* Reports from eight threads at once. */
#define TINY_ID "info_from_threads"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <pthread.h>

static void *work(void *control) {
    for (int i = 0; i < 1000; ++i) tiny_say((const parlour_control *)control, "all at once");
    return NULL;
}

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    pthread_t threads[8];
    for (int i = 0; i < 8; ++i) pthread_create(&threads[i], NULL, work, (void *)(uintptr_t)control);
    for (int i = 0; i < 8; ++i) pthread_join(threads[i], NULL);
    return tiny_answer(self, root, result);
}
